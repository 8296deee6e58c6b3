// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/pictures/finding_sheet.h"

#include <gtest/gtest.h>

namespace cxr::synth {
namespace {

FindingSheetOptions Small(uint64_t seed, int threads) {
  return {.seed = seed, .film_pixels = 64, .threads = threads};
}

TEST(FindingSheetTest, ASeedGivesOneSheetWhateverTheThreads) {
  const RgbImage sheet = FindingSheet(Finding::kMass, Small(1, 1));
  EXPECT_GT(sheet.width, 5 * 200);
  EXPECT_GT(sheet.height, 4 * 200);
  EXPECT_EQ(sheet, FindingSheet(Finding::kMass, Small(1, 3)));
  EXPECT_FALSE(sheet == FindingSheet(Finding::kMass, Small(2, 1)));
}

TEST(FindingSheetTest, FindingsDiffer) {
  EXPECT_FALSE(FindingSheet(Finding::kMass, Small(1, 1)) ==
               FindingSheet(Finding::kEdema, Small(1, 1)));
}

TEST(FindingSheetTest, TheNormalSheetHasThreeRows) {
  const RgbImage sheet = NormalSheet(Small(1, 2));
  EXPECT_GT(sheet.width, 6 * 200);
  EXPECT_GT(sheet.height, 3 * 200);
}

}  // namespace
}  // namespace cxr::synth
