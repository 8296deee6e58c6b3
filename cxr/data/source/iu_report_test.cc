// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/iu_report.h"

#include <gtest/gtest.h>

namespace cxr {
namespace {

TEST(IuReportTest, SectionsStandInOrder) {
  EXPECT_EQ(IuReportText({.indication = "Cough.",
                          .comparison = "None.",
                          .findings = "Clear lungs.",
                          .impression = "Normal."}),
            "INDICATION: Cough.\nCOMPARISON: None.\nFINDINGS: Clear lungs.\n"
            "IMPRESSION: Normal.\n");
}

TEST(IuReportTest, EmptySectionsAreLeftOut) {
  EXPECT_EQ(IuReportText({.findings = "Clear lungs."}),
            "FINDINGS: Clear lungs.\n");
  EXPECT_EQ(IuReportText({}), "");
}

}  // namespace
}  // namespace cxr
