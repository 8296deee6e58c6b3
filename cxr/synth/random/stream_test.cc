// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/random/stream.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <vector>

#include "gtest/gtest.h"

namespace cxr::synth {
namespace {

constexpr int kDraws = 200'000;

struct Moments {
  double mean = 0.0;
  double deviation = 0.0;
};

Moments MomentsOf(const std::function<double()>& draw) {
  double sum = 0.0;
  double squares = 0.0;
  for (int i = 0; i < kDraws; ++i) {
    const double value = draw();
    sum += value;
    squares += value * value;
  }
  const double mean = sum / kDraws;
  return {.mean = mean, .deviation = std::sqrt(squares / kDraws - mean * mean)};
}

TEST(RandomKeyTest, ChildrenDifferByPurposeIndexAndParent) {
  std::set<uint64_t> seen;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    for (const char* purpose : {"", "a", "b", "ab", "patient"}) {
      for (uint64_t index = 0; index < 50; ++index) {
        seen.insert(RandomKey(seed).Child(purpose, index).bits());
        seen.insert(RandomKey(seed).Child("x").Child(purpose, index).bits());
      }
    }
  }
  EXPECT_EQ(seen.size(), 20u * 5 * 50 * 2);
}

TEST(RandomKeyTest, OrderOfChildrenMatters) {
  const RandomKey root(1);
  EXPECT_NE(root.Child("a").Child("b").bits(),
            root.Child("b").Child("a").bits());
}

// Numbers that every build must give: files made from a seed depend on them.
TEST(RandomKeyTest, BitsAreTheSameEverywhere) {
  const RandomKey key = RandomKey(7).Child("patient", 3);
  EXPECT_EQ(key.bits(), 4076001608606982268u);
  EXPECT_EQ(key.At(0), 11187213080707726608u);
  RandomStream stream(key);
  EXPECT_EQ(stream.Beta(1.6, 2.2), 0x1.c5b87652a5cbep-3);
  EXPECT_EQ(stream.Normal(1.0, 0.06), 0x1.e7193d70a3d71p-1);
}

TEST(RandomStreamTest, GivesTheBitsOfItsKeyInTurn) {
  const RandomKey key(5);
  RandomStream stream(key);
  EXPECT_EQ(stream.Bits(), key.At(0));
  EXPECT_EQ(stream.Bits(), key.At(1));
}

TEST(RandomStreamTest, UniformIsUniform) {
  RandomStream stream(RandomKey(1));
  const Moments moments = MomentsOf([&] { return stream.Uniform(); });
  EXPECT_NEAR(moments.mean, 0.5, 0.003);
  EXPECT_NEAR(moments.deviation, std::sqrt(1.0 / 12), 0.002);
}

TEST(RandomStreamTest, NormalIsNormal) {
  RandomStream stream(RandomKey(2));
  int beyond_two = 0;
  const Moments moments = MomentsOf([&] {
    const double value = stream.Normal(3.0, 2.0);
    beyond_two += std::fabs(value - 3.0) > 4.0 ? 1 : 0;
    return value;
  });
  EXPECT_NEAR(moments.mean, 3.0, 0.02);
  EXPECT_NEAR(moments.deviation, 2.0, 0.02);
  // 4.55 % of a normal distribution; of twelve numbers' sum 4.46 %.
  EXPECT_NEAR(beyond_two / double{kDraws}, 0.0450, 0.002);
}

TEST(RandomStreamTest, BetaHasItsMoments) {
  RandomStream stream(RandomKey(3));
  const Moments moments = MomentsOf([&] { return stream.Beta(1.6, 2.2); });
  EXPECT_NEAR(moments.mean, 1.6 / 3.8, 0.003);
  EXPECT_NEAR(moments.deviation, std::sqrt(1.6 * 2.2 / (3.8 * 3.8 * 4.8)),
              0.003);
}

TEST(RandomStreamTest, BelowReachesEachValueEquallyOften) {
  RandomStream stream(RandomKey(4));
  std::vector<int> counts(7);
  for (int i = 0; i < kDraws; ++i) {
    ++counts[stream.Below(7)];
  }
  for (const int count : counts) {
    EXPECT_NEAR(count, kDraws / 7.0, 5 * std::sqrt(kDraws / 7.0));
  }
}

TEST(RandomStreamTest, ChanceAndSignKeepTheirShares) {
  RandomStream stream(RandomKey(6));
  const Moments chance =
      MomentsOf([&] { return stream.Chance(0.3) ? 1.0 : 0.0; });
  EXPECT_NEAR(chance.mean, 0.3, 0.005);
  const Moments sign = MomentsOf([&] { return double{1.0} * stream.Sign(); });
  EXPECT_NEAR(sign.mean, 0.0, 0.01);
}

TEST(RandomStreamTest, NeighbouringStreamsAreIndependent) {
  double product = 0.0;
  for (int i = 0; i < kDraws; ++i) {
    RandomStream a(RandomKey(9).Child("film", i));
    RandomStream b(RandomKey(9).Child("film", i + 1));
    product += (a.Uniform() - 0.5) * (b.Uniform() - 0.5);
  }
  // Of independent numbers the deviation is sqrt(n) / 12.
  EXPECT_LT(std::fabs(product), 4 * std::sqrt(kDraws) / 12);
}

}  // namespace
}  // namespace cxr::synth
