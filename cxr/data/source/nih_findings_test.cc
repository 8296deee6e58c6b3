// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/nih_findings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

TEST(NihFindingsTest, AreSortedSoThatEachIsFoundAtItsPlace) {
  EXPECT_TRUE(std::is_sorted(kNihFindings.begin(), kNihFindings.end()));
  for (int i = 0; i < 14; ++i) {
    EXPECT_EQ(FindNihFinding(kNihFindings[i]), i);
  }
  EXPECT_EQ(FindNihFinding("Infiltrate"), std::nullopt);
  EXPECT_EQ(FindNihFinding("effusion"), std::nullopt);
  EXPECT_EQ(FindNihFinding(""), std::nullopt);
  EXPECT_EQ(FindNihFinding("Z"), std::nullopt);
}

TEST(NihFindingsTest, NamedFindingsAreOneAndTheOthersZero) {
  ASSERT_OK_AND_ASSIGN(const std::vector<float> labels,
                       ParseNihFindings("Pneumothorax|Cardiomegaly"));
  EXPECT_EQ(labels, (std::vector<float>{0, 1, 0, 0, 0, 0, 0,  //
                                        0, 0, 0, 0, 0, 0, 1}));
}

TEST(NihFindingsTest, NoFindingIsZeroThroughout) {
  ASSERT_OK_AND_ASSIGN(const std::vector<float> labels,
                       ParseNihFindings("No Finding"));
  EXPECT_EQ(labels, std::vector<float>(14, 0.0f));
}

TEST(NihFindingsTest, NoFindingBesideAFindingIsRefused) {
  EXPECT_THAT(ParseNihFindings("Hernia|No Finding"),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("found 'Hernia|No Finding', expected No "
                                 "Finding to stand alone")));
}

TEST(NihFindingsTest, UnknownFindingIsRefused) {
  for (const char* cell : {"Mass|Covid", "Covid"}) {
    EXPECT_THAT(
        ParseNihFindings(cell),
        StatusIs(absl::StatusCode::kDataLoss,
                 HasSubstr("found 'Covid', expected No Finding or findings out "
                           "of Atelectasis, Cardiomegaly")));
  }
  EXPECT_THAT(ParseNihFindings(""),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("found '', expected No Finding or")));
}

}  // namespace
}  // namespace cxr
