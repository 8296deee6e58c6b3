// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/rank_exchange.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "cxr/base/testing.h"
#include "metrics/ranking/auroc.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;

using Scores = std::vector<double>;
using Labels = std::vector<uint8_t>;

double AurocOf(const Scores& scores, const Labels& labels) {
  return *metrics::Auroc(absl::MakeConstSpan(scores), labels);
}

TEST(RankExchangeTest, EqualScoresShareTheirMeanRank) {
  EXPECT_THAT(MeanRanks({0.5, 0.1, 0.5, 0.9}), ElementsAre(2.5, 1.0, 2.5, 4.0));
}

// Exchanging the ranks by hand, then ranking again.
TEST(RankExchangeTest, IsTheDifferenceAfterExchangingRanks) {
  const Scores first = {0.1, 0.7, 0.4, 0.4, 0.9, 0.3};
  const Scores second = {10, 30, 20, 60, 50, 40};
  const Labels labels = {0, 0, 1, 0, 1, 1};
  ASSERT_OK_AND_ASSIGN(const RankExchange exchange,
                       RankExchange::Create({first}, {second}, {labels}));
  for (int pattern = 0; pattern < 64; ++pattern) {
    Scores one = MeanRanks(first);
    Scores other = MeanRanks(second);
    std::vector<int32_t> swapped;
    for (int i = 0; i < 6; ++i) {
      swapped.push_back(pattern >> i & 1);
      if (swapped[i] == 1) std::swap(one[i], other[i]);
    }
    EXPECT_NEAR(exchange.Difference(swapped),
                AurocOf(one, labels) - AurocOf(other, labels), 1e-15)
        << pattern;
  }
}

TEST(RankExchangeTest, TakesTheMeanOverTargets) {
  const Labels labels = {0, 1};
  ASSERT_OK_AND_ASSIGN(const RankExchange exchange,
                       RankExchange::Create({{1, 2}, {1, 2}}, {{1, 2}, {2, 1}},
                                            {labels, labels}));
  EXPECT_EQ(exchange.Difference({0, 0}), 0.5);
  EXPECT_EQ(exchange.Difference({1, 1}), -0.5);
}

TEST(RankExchangeTest, ATargetOfOneClassIsUndefined) {
  ASSERT_OK_AND_ASSIGN(const RankExchange exchange,
                       RankExchange::Create({{1, 2}}, {{1, 2}}, {{1, 1}}));
  EXPECT_TRUE(std::isnan(exchange.Difference({0, 0})));
}

}  // namespace
}  // namespace cxr
