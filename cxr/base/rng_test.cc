// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/rng.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Random123, tests/kat_vectors, lines "philox4x32 10".
TEST(RngTest, PhiloxGivesTheKnownAnswersOfRandom123) {
  EXPECT_THAT(Philox4x32({0, 0, 0, 0}, {0, 0}),
              ElementsAre(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8));
  const uint32_t ones = 0xffffffff;
  EXPECT_THAT(Philox4x32({ones, ones, ones, ones}, {ones, ones}),
              ElementsAre(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd));
  EXPECT_THAT(Philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                         {0xa4093822, 0x299f31d0}),
              ElementsAre(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1));
}

// FNV-1a 64 of the empty text is 0xcbf29ce484222325 (its offset basis).
TEST(RngTest, SeedIsTheKeyAndPurposeAndIndexTheCounter) {
  const std::array<uint32_t, 4> block =
      Philox4x32({7, 1, 0x84222325, 0xcbf29ce4}, {3, 2});
  const CounterRng rng((uint64_t{2} << 32) | 3, "");
  EXPECT_EQ(rng.Bits((uint64_t{1} << 32) | 7),
            (uint64_t{block[1]} << 32) | block[0]);
}

TEST(RngTest, SeedPurposeAndIndexEachChangeTheValue) {
  const CounterRng rng(1, "a");
  EXPECT_EQ(rng.Bits(5), CounterRng(1, "a").Bits(5));
  EXPECT_NE(rng.Bits(5), rng.Bits(6));
  EXPECT_NE(rng.Bits(5), CounterRng(2, "a").Bits(5));
  EXPECT_NE(rng.Bits(5), CounterRng(1, "b").Bits(5));
}

// Bounds below are five standard errors of the estimate.
TEST(RngTest, UniformHasTheMomentsOfTheUniform) {
  constexpr int kCount = 200000;
  const CounterRng rng(11, "uniform");
  double sum = 0, squares = 0;
  for (int i = 0; i < kCount; ++i) {
    const double u = rng.Uniform(i);
    ASSERT_TRUE(u >= 0 && u < 1) << u;
    sum += u;
    squares += u * u;
  }
  EXPECT_NEAR(sum / kCount, 0.5, 5 * std::sqrt(1.0 / 12 / kCount));
  EXPECT_NEAR(squares / kCount, 1.0 / 3, 5 * std::sqrt(4.0 / 45 / kCount));
}

TEST(RngTest, NormalHasTheMomentsAndTailsOfTheNormal) {
  constexpr int kCount = 200000;
  const CounterRng rng(12, "normal");
  double sum = 0, squares = 0, neighbours = 0, beyond = 0, last = 0;
  for (int i = 0; i < kCount; ++i) {
    const double z = rng.Normal(i);
    sum += z;
    squares += z * z;
    neighbours += z * last;
    beyond += std::abs(z) > 1.959963984540054 ? 1 : 0;
    last = z;
  }
  EXPECT_NEAR(sum / kCount, 0, 5 * std::sqrt(1.0 / kCount));
  EXPECT_NEAR(squares / kCount, 1, 5 * std::sqrt(2.0 / kCount));
  EXPECT_NEAR(neighbours / kCount, 0, 5 * std::sqrt(1.0 / kCount));
  EXPECT_NEAR(beyond / kCount, 0.05, 5 * std::sqrt(0.05 * 0.95 / kCount));
}

TEST(RngTest, BelowCoversItsRangeEvenly) {
  constexpr int kCount = 70000;
  const CounterRng rng(13, "below");
  std::map<uint64_t, int> counts;
  for (int i = 0; i < kCount; ++i) ++counts[rng.Below(i, 7)];
  ASSERT_EQ(counts.size(), 7u);
  EXPECT_EQ(counts.rbegin()->first, 6u);
  for (const auto& [value, count] : counts) {
    EXPECT_NEAR(count, 10000, 5 * std::sqrt(10000.0 * 6 / 7)) << value;
  }
  EXPECT_EQ(rng.Below(0, 1), 0u);
  EXPECT_LT(rng.Below(0, uint64_t{1} << 32), uint64_t{1} << 32);
}

TEST(RngTest, PermutationsOfThreeAreEquallyFrequent) {
  constexpr int kCount = 60000;
  std::map<std::vector<int64_t>, int> counts;
  for (int seed = 0; seed < kCount; ++seed) {
    ++counts[Permutation(CounterRng(seed, "order"), 3)];
  }
  ASSERT_EQ(counts.size(), 6u);
  for (const auto& [order, count] : counts) {
    EXPECT_NEAR(count, 10000, 5 * std::sqrt(10000.0 * 5 / 6));
  }
}

TEST(RngTest, PermutationHoldsEveryNumberOnce) {
  const CounterRng rng(14, "order");
  std::vector<int64_t> order = Permutation(rng, 1000);
  EXPECT_FALSE(std::is_sorted(order.begin(), order.end()));
  EXPECT_EQ(order, Permutation(rng, 1000));
  std::sort(order.begin(), order.end());
  for (int64_t i = 0; i < 1000; ++i) EXPECT_EQ(order[i], i);
  EXPECT_THAT(Permutation(rng, 0), IsEmpty());
}

TEST(RngDeathTest, BelowRefusesAnEmptyRange) {
  EXPECT_DEATH(CounterRng(1, "a").Below(0, 0), "check failed: bound >= 1");
}

}  // namespace
}  // namespace cxr
