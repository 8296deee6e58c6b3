// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/distillation/block_masks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

constexpr BlockMaskOptions kReleased = {.grid = 37, .limit_patches = 666};

int Masked(const BlockMask& mask) {
  return std::accumulate(mask.begin(), mask.end(), 0);
}

// Numbers of masked patches of the crops that have some, smallest first.
std::vector<int> SortedCounts(const std::vector<BlockMask>& masks) {
  std::vector<int> counts;
  for (const BlockMask& mask : masks) {
    if (Masked(mask) > 0) counts.push_back(Masked(mask));
  }
  std::sort(counts.begin(), counts.end());
  return counts;
}

// Those of testdata/make_block_masks_golden.py.
using Statistics = std::map<std::string, double>;

Statistics StatisticsOf(const BlockMask& mask, int grid) {
  const auto at = [&](int row, int column) -> bool {
    return mask[static_cast<size_t>(row * grid + column)] != 0;
  };
  double row_borders = 0;
  double column_borders = 0;
  double rows = 0;
  double columns = 0;
  for (int i = 0; i < grid; ++i) {
    bool in_row = false;
    bool in_column = false;
    for (int j = 0; j < grid; ++j) {
      in_row |= at(i, j);
      in_column |= at(j, i);
      if (j == 0) continue;
      row_borders += at(i, j) != at(i, j - 1) ? 1 : 0;
      column_borders += at(j, i) != at(j - 1, i) ? 1 : 0;
    }
    rows += in_row ? 1 : 0;
    columns += in_column ? 1 : 0;
  }
  const double patches = Masked(mask);
  const double all = grid * grid;
  return {{"patches", patches},
          {"patches_squared", patches * patches},
          {"below_20_percent", patches < 0.2 * all ? 1 : 0},
          {"below_40_percent", patches < 0.4 * all ? 1 : 0},
          {"row_borders", row_borders},
          {"column_borders", column_borders},
          {"rows", rows},
          {"columns", columns},
          {"corner", at(0, 0) ? 1 : 0},
          {"edge", at(0, grid / 2) ? 1 : 0},
          {"center", at(grid / 2, grid / 2) ? 1 : 0}};
}

struct GoldenValue {
  double value = 0;
  double error = 0;
};

std::map<std::string, GoldenValue> LoadGolden() {
  const absl::StatusOr<CsvTable> table = CsvTable::Load(
      TestData("cxr/model/distillation/testdata/block_masks_golden.csv"));
  EXPECT_OK(table);
  std::map<std::string, GoldenValue> golden;
  for (const CsvTable::Row& row : table->rows()) {
    GoldenValue& value = golden[row.cells[0]];
    EXPECT_TRUE(absl::SimpleAtod(row.cells[1], &value.value));
    EXPECT_TRUE(absl::SimpleAtod(row.cells[2], &value.error));
  }
  return golden;
}

// Each mean over as many groups as the golden's is where that is, to five of
// the errors of their difference.
void ExpectGoldenStatistics(const std::string& name,
                            const BlockMaskOptions& options, int crops) {
  std::map<std::string, double> sums;
  int count = 0;
  for (int64_t step = 0; step < 2000; ++step) {
    for (const BlockMask& mask : DrawBlockMasks(options, crops, 5, step, 0)) {
      if (Masked(mask) == 0) continue;
      ++count;
      for (const auto& [what, value] : StatisticsOf(mask, options.grid)) {
        sums[what] += value;
      }
    }
  }
  const std::map<std::string, GoldenValue> golden = LoadGolden();
  for (const auto& [what, sum] : sums) {
    const GoldenValue& expected = golden.at(absl::StrCat(name, "/", what));
    EXPECT_NEAR(sum / count, expected.value, 5 * std::sqrt(2) * expected.error)
        << name << " " << what;
  }
}

TEST(BlockMasksTest, AreDistributedAsTheReferencesAtReleasedSettings) {
  ExpectGoldenStatistics("released", kReleased, 8);
}

TEST(BlockMasksTest, AreDistributedAsTheReferencesAtOneRatio) {
  BlockMaskOptions options = kReleased;
  options.ratio_min = options.ratio_max = 0.3;
  options.limit_patches = 684;
  ExpectGoldenStatistics("one_ratio", options, 4);
}

TEST(BlockMasksTest, AreDistributedAsTheReferencesInSmallBlocks) {
  ExpectGoldenStatistics("small_blocks",
                         {.grid = 16,
                          .masked_crops_fraction = 1,
                          .ratio_min = 0.4,
                          .ratio_max = 0.4,
                          .limit_patches = 20},
                         4);
}

TEST(BlockMasksTest, AreDistributedAsTheReferencesWhenFewBlocksFill) {
  ExpectGoldenStatistics("one_block",
                         {.grid = 14,
                          .masked_crops_fraction = 1,
                          .ratio_min = 0.1,
                          .ratio_max = 0.1,
                          .limit_patches = 98},
                         4);
}

TEST(BlockMasksTest, TheBoundEqualsTheReferences) {
  const std::map<std::string, GoldenValue> golden = LoadGolden();
  int found = 0;
  for (const int grid : {37, 32, 16, 14, 7}) {
    for (const int crops : {1, 2, 3, 4, 7, 20, 52, 64, 104, 128, 256}) {
      ++found;
      const std::string name = absl::StrCat("bound/", crops, "/", grid);
      EXPECT_EQ(MostMaskedPatches({.grid = grid, .limit_patches = 100}, crops),
                golden.at(name).value)
          << name;
    }
  }
  EXPECT_EQ(found, 55);
}

// The i-th smallest mask holds no more than the i-th part's upper ratio.
TEST(BlockMasksTest, CropsAndPatchesStayWithinTheirCounts) {
  for (const int crops : {2, 5, 20, 128}) {
    for (int64_t step = 0; step < 20; ++step) {
      const std::vector<BlockMask> masks =
          DrawBlockMasks(kReleased, crops, 1, step, 0);
      ASSERT_EQ(masks.size(), static_cast<size_t>(crops));
      const std::vector<int> counts = SortedCounts(masks);
      const int masked = crops / 2;
      ASSERT_EQ(counts.size(), static_cast<size_t>(masked));
      for (int i = 0; i < masked; ++i) {
        EXPECT_LE(counts[static_cast<size_t>(i)],
                  1369 * (0.1 + 0.4 * (i + 1) / masked) + 1e-3);
      }
      EXPECT_LE(std::accumulate(counts.begin(), counts.end(), 0),
                MostMaskedPatches(kReleased, crops));
    }
  }
}

TEST(BlockMasksTest, BytesAreZeroOrOne) {
  for (const BlockMask& mask : DrawBlockMasks(kReleased, 16, 1, 2, 3)) {
    EXPECT_EQ(mask.size(), 37u * 37u);
    EXPECT_LE(*std::max_element(mask.begin(), mask.end()), 1);
  }
}

TEST(BlockMasksTest, AreAFunctionOfSeedStepAndGroup) {
  const auto draw = [](uint64_t seed, int64_t step, int64_t group) {
    return DrawBlockMasks(kReleased, 8, seed, step, group);
  };
  EXPECT_EQ(draw(1, 2, 3), draw(1, 2, 3));
  EXPECT_NE(draw(1, 2, 3), draw(0, 2, 3));
  EXPECT_NE(draw(1, 2, 3), draw(1, 3, 3));
  EXPECT_NE(draw(1, 2, 3), draw(1, 2, 4));
  EXPECT_NE(draw(1, 12, 3), draw(1, 1, 23));
}

// Which crops are masked, and how much, does not depend on where they stand.
TEST(BlockMasksTest, AreDealtOutEvenly) {
  constexpr int kSteps = 4000;
  std::vector<double> masked(4);
  std::vector<double> patches(4);
  for (int64_t step = 0; step < kSteps; ++step) {
    const std::vector<BlockMask> masks =
        DrawBlockMasks(kReleased, 4, 9, step, 0);
    for (size_t i = 0; i < masks.size(); ++i) {
      masked[i] += Masked(masks[i]) > 0 ? 1 : 0;
      patches[i] += Masked(masks[i]);
    }
  }
  for (size_t i = 0; i < masked.size(); ++i) {
    // Deviations of one crop: 0.5 and some 235 patches.
    EXPECT_NEAR(masked[i] / kSteps, 0.5, 5 * 0.5 / std::sqrt(kSteps));
    EXPECT_NEAR(patches[i] / kSteps, 205, 5 * 235 / std::sqrt(kSteps));
  }
}

TEST(BlockMasksTest, NoCropsNoFractionAndNoRatioMaskNothing) {
  EXPECT_TRUE(DrawBlockMasks(kReleased, 0, 1, 2, 3).empty());
  BlockMaskOptions none = kReleased;
  none.masked_crops_fraction = 0;
  EXPECT_EQ(MostMaskedPatches(none, 8), 0);
  EXPECT_TRUE(SortedCounts(DrawBlockMasks(none, 8, 1, 2, 3)).empty());
  none = kReleased;
  none.ratio_min = none.ratio_max = 0;
  EXPECT_EQ(MostMaskedPatches(none, 8), 0);
  EXPECT_TRUE(SortedCounts(DrawBlockMasks(none, 8, 1, 2, 3)).empty());
}

// A block must be smaller than the grid, so of 2 x 2 patches one at a time.
TEST(BlockMasksTest, TinyGridsEnd) {
  BlockMaskOptions tiny = {.grid = 2,
                           .masked_crops_fraction = 1,
                           .ratio_min = 1,
                           .ratio_max = 1,
                           .limit_patches = 4,
                           .min_block_patches = 1};
  EXPECT_FALSE(SortedCounts(DrawBlockMasks(tiny, 50, 1, 2, 3)).empty());
  tiny.grid = 1;
  EXPECT_TRUE(SortedCounts(DrawBlockMasks(tiny, 50, 1, 2, 3)).empty());
}

TEST(BlockMasksTest, BlocksOfNoPatchMaskNothing) {
  for (const BlockMask& mask : DrawBlockMasks(
           {.grid = 3, .ratio_max = 0.3, .limit_patches = 0}, 4, 1, 2, 3)) {
    EXPECT_EQ(mask, BlockMask(9));
  }
}

TEST(BlockMasksDeathTest, OptionsOutOfRange) {
  EXPECT_DEATH(DrawBlockMasks({.grid = 37, .limit_patches = -1}, 2, 1, 2, 3),
               "blocks of 4 to -1");
  BlockMaskOptions options = kReleased;
  options.ratio_max = 0.05;
  EXPECT_DEATH(MostMaskedPatches(options, 2), "ratios 0.1 to 0.05");
}

}  // namespace
}  // namespace cxr
