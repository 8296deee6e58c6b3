// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/replacement.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace cxr {
namespace {

std::vector<int64_t> All(uint64_t seed, int64_t position, int64_t images) {
  Replacements replacements(seed, position, images);
  std::vector<int64_t> sequence;
  std::optional<int64_t> image = replacements.After(0);
  while (image.has_value()) {
    sequence.push_back(*image);
    image = replacements.After(*image);
  }
  return sequence;
}

TEST(ReplacementTest, EveryOtherImageComesOnce) {
  const std::vector<int64_t> sequence = All(1, 2, 20);
  const std::set<int64_t> distinct(sequence.begin(), sequence.end());
  EXPECT_EQ(sequence.size(), 19u);
  EXPECT_EQ(distinct.size(), 19u);
  EXPECT_EQ(*distinct.begin(), 1);
  EXPECT_EQ(*distinct.rbegin(), 19);
}

TEST(ReplacementTest, SeedAndPositionDetermineTheSequence) {
  EXPECT_EQ(All(1, 2, 20), All(1, 2, 20));
  EXPECT_NE(All(1, 2, 20), All(1, 3, 20));
  EXPECT_NE(All(1, 2, 20), All(2, 2, 20));
}

TEST(ReplacementTest, ASingleImageHasNoReplacement) {
  EXPECT_EQ(Replacements(1, 0, 1).After(0), std::nullopt);
}

}  // namespace
}  // namespace cxr
