// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/pretrain/drop_path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace cxr {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr DropPathOptions kOptions = {
    .drop = 0.3, .depth = 3, .group_images = 5, .local_count = 4, .seed = 7};

std::vector<int64_t> Places(const KeptSequences& kept) {
  const int64_t* first = kept.places.const_data_ptr<int64_t>();
  return std::vector<int64_t>(first, first + kept.places.numel());
}

std::vector<BlockDrops> Draw(const GroupRange& groups,
                             const DropPathOptions& options = kOptions) {
  return DrawDropPath(options, groups, at::kCPU);
}

TEST(DropPathTest, EachGroupKeepsTheSameNumberOfItsCrops) {
  const std::vector<BlockDrops> drops =
      Draw({.batch = 2, .first = 0, .last = 2});
  ASSERT_THAT(drops, SizeIs(3));
  for (const BlockDrops& block : drops) {
    for (const auto* branch : {&block.attention, &block.mlp}) {
      ASSERT_THAT(*branch, SizeIs(2));
      // int(10 * 0.7) of 10 global crops, int(20 * 0.7) of 20 local ones.
      const std::vector<int64_t> global = Places((*branch)[0]);
      ASSERT_THAT(global, SizeIs(14));
      EXPECT_TRUE(std::is_sorted(global.begin(), global.end()));
      EXPECT_THAT(std::set<int64_t>(global.begin(), global.end()), SizeIs(14));
      EXPECT_LT(global[6], 10);
      EXPECT_GE(global[7], 10);
      EXPECT_LT(global[13], 20);
      EXPECT_THAT((*branch)[0].scale, DoubleNear(10.0 / 7, 1e-15));
      EXPECT_THAT(Places((*branch)[1]), SizeIs(28));
      EXPECT_THAT((*branch)[1].scale, DoubleNear(20.0 / 14, 1e-15));
    }
  }
}

TEST(DropPathTest, AGroupsDrawsAreTheSameInWhicheverProcess) {
  const std::vector<BlockDrops> all = Draw({.batch = 2, .first = 0, .last = 3});
  const std::vector<BlockDrops> last =
      Draw({.batch = 2, .first = 2, .last = 3});
  for (size_t i = 0; i < all.size(); ++i) {
    std::vector<int64_t> of_last;
    for (const int64_t place : Places(all[i].mlp[1])) {
      if (place >= 40) of_last.push_back(place - 40);
    }
    EXPECT_EQ(of_last, Places(last[i].mlp[1]));
  }
}

TEST(DropPathTest, BatchesBlocksBranchesAndSeedsDiffer) {
  const GroupRange one = {.batch = 2, .first = 0, .last = 1};
  const std::vector<BlockDrops> drops = Draw(one);
  DropPathOptions reseeded = kOptions;
  reseeded.seed = 8;
  const std::set<std::vector<int64_t>> different = {
      Places(drops[0].attention[1]),
      Places(drops[0].mlp[1]),
      Places(drops[1].attention[1]),
      Places(Draw({.batch = 3, .first = 0, .last = 1})[0].attention[1]),
      Places(Draw({.batch = 2, .first = 1, .last = 2})[0].attention[1]),
      Places(Draw(one, reseeded)[0].attention[1])};
  EXPECT_THAT(different, SizeIs(6));
}

TEST(DropPathTest, EveryCropIsKeptAsOftenAsAnother) {
  std::vector<int> kept(10);
  constexpr int kDraws = 2000;
  for (int batch = 0; batch < kDraws; ++batch) {
    for (const int64_t place :
         Places(Draw({.batch = batch, .first = 0, .last = 1})[0].mlp[0])) {
      ++kept[static_cast<size_t>(place)];
    }
  }
  // 0.7 of the draws; five standard deviations are 102.
  for (const int count : kept) EXPECT_NEAR(count, 0.7 * kDraws, 102);
}

TEST(DropPathTest, NothingIsDroppedAtZeroAndOneCropStaysAtMost) {
  DropPathOptions options = kOptions;
  options.drop = 0;
  EXPECT_THAT(Draw({.batch = 0, .first = 0, .last = 1}, options), IsEmpty());
  options = {.drop = 0.99, .depth = 1, .group_images = 2};
  const std::vector<BlockDrops> drops =
      Draw({.batch = 0, .first = 0, .last = 1}, options);
  ASSERT_THAT(drops[0].mlp, SizeIs(1));  // There are no local crops.
  EXPECT_THAT(Places(drops[0].mlp[0]), SizeIs(1));
  EXPECT_EQ(drops[0].mlp[0].scale, 4);
}

}  // namespace
}  // namespace cxr
