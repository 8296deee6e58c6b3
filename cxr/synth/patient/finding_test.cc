// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/patient/finding.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace cxr::synth {
namespace {

TEST(FindingTest, NamesAreThoseOfTheEnumerators) {
  EXPECT_EQ(FindingName(Finding::kEnlargedCardiomediastinum),
            "EnlargedCardiomediastinum");
  EXPECT_EQ(FindingName(Finding::kCardiomegaly), "Cardiomegaly");
  EXPECT_EQ(FindingName(Finding::kTuberculosis), "Tuberculosis");
  EXPECT_EQ(FindingName(Finding::kPleuralEffusion), "PleuralEffusion");
  EXPECT_EQ(FindingName(Finding::kSupportDevices), "SupportDevices");
}

TEST(FindingTest, EachOneHasANameOfItsOwn) {
  std::set<std::string> names;
  for (int i = 0; i < kFindings; ++i) {
    const std::string name(FindingName(FindingAt(i)));
    EXPECT_FALSE(name.empty()) << i;
    EXPECT_TRUE(names.insert(name).second) << name;
  }
}

TEST(FindingTest, SupportDevicesAreTheLast) {
  EXPECT_EQ(FindingAt(kFindings - 1), Finding::kSupportDevices);
}

TEST(FindingTest, ValuesAreKeptByFinding) {
  PerFinding<int> sides;
  sides[Finding::kNodule] = -1;
  EXPECT_EQ(sides[Finding::kNodule], -1);
  EXPECT_EQ(sides[Finding::kMass], 0);
}

}  // namespace
}  // namespace cxr::synth
