// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/ranked_column.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metrics/golden_csv.h"
#include "metrics/ranking/sigmoid.h"

namespace cxr::metrics {
namespace {

using ::testing::HasSubstr;

constexpr double kTolerance = 1e-12;

struct Examples {
  std::vector<double> scores;
  std::vector<uint8_t> labels;
};

RankedColumn Ranked(const Examples& examples) {
  absl::StatusOr<RankedColumn> column =
      RankedColumn::Create(examples.scores, examples.labels);
  EXPECT_TRUE(column.ok()) << column.status();
  return *std::move(column);
}

// Both NaN, or close.
void ExpectSame(double actual, double expected) {
  if (std::isnan(expected)) {
    EXPECT_TRUE(std::isnan(actual)) << actual;
  } else {
    EXPECT_NEAR(actual, expected, kTolerance);
  }
}

Examples RandomExamples(int size, int levels, uint32_t seed) {
  std::mt19937 random(seed);
  Examples examples;
  for (int i = 0; i < size; ++i) {
    examples.scores.push_back(static_cast<double>(random() % levels));
    examples.labels.push_back(random() % 3 == 0);
  }
  return examples;
}

std::vector<int32_t> RandomCounts(int size, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<int32_t> counts(size);
  for (int i = 0; i < size; ++i) ++counts[random() % size];
  return counts;
}

Examples Repeated(const Examples& examples,
                  const std::vector<int32_t>& counts) {
  Examples repeated;
  for (size_t i = 0; i < counts.size(); ++i) {
    repeated.scores.insert(repeated.scores.end(), counts[i],
                           examples.scores[i]);
    repeated.labels.insert(repeated.labels.end(), counts[i],
                           examples.labels[i]);
  }
  return repeated;
}

// The Mann-Whitney statistic, pair by pair.
double PairwiseAuroc(const Examples& examples) {
  double twice_concordant = 0.0;
  double pairs = 0.0;
  for (size_t i = 0; i < examples.scores.size(); ++i) {
    for (size_t j = 0; j < examples.scores.size(); ++j) {
      if (!examples.labels[i] || examples.labels[j]) continue;
      pairs += 1.0;
      twice_concordant += (examples.scores[i] > examples.scores[j]) +
                          (examples.scores[i] >= examples.scores[j]);
    }
  }
  return twice_concordant / (2.0 * pairs);
}

// Mean over positives of the precision at their score as the threshold.
double PairwiseAveragePrecision(const Examples& examples) {
  double sum = 0.0;
  double positives = 0.0;
  for (size_t i = 0; i < examples.scores.size(); ++i) {
    if (!examples.labels[i]) continue;
    double retrieved = 0.0;
    double hits = 0.0;
    for (size_t j = 0; j < examples.scores.size(); ++j) {
      if (examples.scores[j] < examples.scores[i]) continue;
      retrieved += 1.0;
      hits += examples.labels[j];
    }
    positives += 1.0;
    sum += hits / retrieved;
  }
  return sum / positives;
}

void ExpectInvalid(const Examples& examples, const std::string& text) {
  const absl::StatusOr<RankedColumn> column =
      RankedColumn::Create(examples.scores, examples.labels);
  EXPECT_EQ(column.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(column.status().message()), HasSubstr(text));
}

TEST(RankedColumnTest, PerfectRankingScoresOneAndItsReverseZero) {
  const RankedColumn perfect =
      Ranked({{0.1, 0.2, 0.3, 0.4, 0.5}, {0, 0, 0, 1, 1}});
  EXPECT_EQ(perfect.Auroc(), 1.0);
  EXPECT_EQ(perfect.AveragePrecision(), 1.0);
  EXPECT_EQ(perfect.size(), 5);
  EXPECT_EQ(perfect.positives(), 2);
  EXPECT_EQ(perfect.negatives(), 3);
  EXPECT_EQ(Ranked({{-0.1, -0.2, -0.3}, {0, 0, 1}}).Auroc(), 0.0);
}

// scikit-learn 1.6.1: roc_auc_score(labels, scores) and
// average_precision_score(labels, scores).
TEST(RankedColumnTest, AgreesWithKnownValues) {
  struct Golden {
    Examples examples;
    double auroc;
    double average_precision;
  };
  const std::vector<Golden> table = {
      {{{.1, .4, .35, .8}, {0, 0, 1, 1}}, .75, .8333333333333333},
      {{{.5, .5, .5, .5, .5}, {0, 1, 0, 1, 1}}, .5, .6},
      {{{.1, .2, .2, .2, .7, .7, .9, .9}, {0, 1, 1, 0, 1, 0, 0, 1}},
       .5625,
       .5357142857142857},
      {{{.8, .9, .1}, {0, 0, 1}}, 0.0, .3333333333333333},
      {{{20, 18, 17.5, 30, -110, -120}, {0, 1, 0, 1, 0, 1}},
       .5555555555555556,
       .7222222222222222},
  };
  for (const Golden& golden : table) {
    const RankedColumn column = Ranked(golden.examples);
    EXPECT_NEAR(column.Auroc(), golden.auroc, kTolerance);
    EXPECT_NEAR(column.AveragePrecision(), golden.average_precision,
                kTolerance);
  }
}

TEST(RankedColumnTest, SaturatedFloatSigmoidsTie) {
  std::vector<double> scores;
  for (const float logit : {20.0f, 18.0f, 17.5f, 30.0f, -110.0f, -120.0f}) {
    scores.push_back(SigmoidFloat32(logit));
  }
  const RankedColumn column = Ranked({scores, {0, 1, 0, 1, 0, 1}});
  EXPECT_EQ(column.Auroc(), 0.5);
  EXPECT_EQ(column.AveragePrecision(), 0.5);
}

// testdata/make_ranking_golden.py
TEST(RankedColumnTest, AgreesWithScikitLearn) {
  const auto rows =
      ReadGoldenCsv("metrics/ranking/testdata/ranking_golden.csv");
  ASSERT_GE(rows.size(), 1000u);
  for (const std::vector<std::string>& row : rows) {
    SCOPED_TRACE(testing::PrintToString(row));
    ASSERT_EQ(row.size(), 7u);
    Examples examples{.scores = GoldenNumbers<double>(row[1]), .labels = {}};
    for (const char digit : row[0]) examples.labels.push_back(digit == '1');
    const std::vector<int32_t> counts = GoldenNumbers<int32_t>(row[2]);
    const RankedColumn column = Ranked(examples);
    ExpectSame(column.Auroc(), GoldenNumber(row[3]));
    ExpectSame(column.AveragePrecision(), GoldenNumber(row[4]));
    ExpectSame(column.Auroc(counts), GoldenNumber(row[5]));
    ExpectSame(column.AveragePrecision(counts), GoldenNumber(row[6]));
  }
}

TEST(RankedColumnTest, AgreesWithCountingPairs) {
  for (uint32_t seed = 0; seed < 40; ++seed) {
    const Examples examples = RandomExamples(120, 1 + seed * 7, seed);
    const RankedColumn column = Ranked(examples);
    EXPECT_EQ(column.Auroc(), PairwiseAuroc(examples));
    EXPECT_NEAR(column.AveragePrecision(), PairwiseAveragePrecision(examples),
                kTolerance);
    const std::vector<int32_t> counts = RandomCounts(120, seed + 1000);
    const Examples repeated = Repeated(examples, counts);
    EXPECT_EQ(column.Auroc(counts), PairwiseAuroc(repeated));
    EXPECT_NEAR(column.AveragePrecision(counts),
                PairwiseAveragePrecision(repeated), kTolerance);
  }
}

TEST(RankedColumnTest, OnlyTheOrderOfScoresCounts) {
  Examples examples = RandomExamples(200, 30, 5);
  const RankedColumn before = Ranked(examples);
  for (double& score : examples.scores) score = std::exp(score / 3.0) - 50.0;
  const RankedColumn after = Ranked(examples);
  EXPECT_EQ(after.Auroc(), before.Auroc());
  EXPECT_EQ(after.AveragePrecision(), before.AveragePrecision());
}

TEST(RankedColumnTest, NegatedScoresMirrorTheArea) {
  Examples examples = RandomExamples(200, 30, 6);
  const double area = Ranked(examples).Auroc();
  for (double& score : examples.scores) score = -score;
  EXPECT_NEAR(Ranked(examples).Auroc(), 1.0 - area, kTolerance);
}

TEST(RankedColumnTest, PositionsDoNotMatter) {
  const Examples examples = RandomExamples(200, 30, 7);
  const std::vector<int32_t> counts = RandomCounts(200, 8);
  std::vector<int> order(200);
  std::iota(order.begin(), order.end(), 0);
  std::shuffle(order.begin(), order.end(), std::mt19937(9));
  Examples shuffled;
  std::vector<int32_t> shuffled_counts;
  for (const int i : order) {
    shuffled.scores.push_back(examples.scores[i]);
    shuffled.labels.push_back(examples.labels[i]);
    shuffled_counts.push_back(counts[i]);
  }
  const RankedColumn column = Ranked(examples);
  const RankedColumn other = Ranked(shuffled);
  EXPECT_NE(other.Auroc(counts), column.Auroc(counts))
      << "counts belong to positions";
  EXPECT_EQ(other.Auroc(shuffled_counts), column.Auroc(counts));
  EXPECT_NEAR(other.AveragePrecision(shuffled_counts),
              column.AveragePrecision(counts), kTolerance);
}

TEST(RankedColumnTest, EqualCountsChangeNothing) {
  const RankedColumn column = Ranked(RandomExamples(200, 30, 10));
  for (const int32_t count : {1, 2, 1000000}) {
    const std::vector<int32_t> counts(200, count);
    EXPECT_NEAR(column.Auroc(counts), column.Auroc(), kTolerance);
    EXPECT_NEAR(column.AveragePrecision(counts), column.AveragePrecision(),
                kTolerance);
  }
}

TEST(RankedColumnTest, PairsOfTheLargestSumOfCountsDoNotOverflow) {
  const RankedColumn column = Ranked({{1.0, 2.0}, {0, 1}});
  EXPECT_EQ(column.Auroc({1 << 30, (1 << 30) - 1}), 1.0);
  EXPECT_EQ(column.AveragePrecision({1 << 30, (1 << 30) - 1}), 1.0);
}

TEST(RankedColumnTest, OneClassFollowsScikitLearn) {
  const RankedColumn negatives = Ranked({{0.1, 0.2}, {0, 0}});
  EXPECT_TRUE(std::isnan(negatives.Auroc()));
  EXPECT_EQ(negatives.AveragePrecision(), 0.0);
  const RankedColumn positives = Ranked({{0.1, 0.2}, {1, 1}});
  EXPECT_TRUE(std::isnan(positives.Auroc()));
  EXPECT_EQ(positives.AveragePrecision(), 1.0);
}

TEST(RankedColumnTest, OneClassLeftByCountsFollowsScikitLearn) {
  const RankedColumn column = Ranked({{0.1, 0.2, 0.3}, {0, 1, 0}});
  EXPECT_TRUE(std::isnan(column.Auroc({2, 0, 1})));
  EXPECT_EQ(column.AveragePrecision({2, 0, 1}), 0.0);
  EXPECT_TRUE(std::isnan(column.Auroc({0, 3, 0})));
  EXPECT_EQ(column.AveragePrecision({0, 3, 0}), 1.0);
  EXPECT_TRUE(std::isnan(column.Auroc({0, 0, 0})));
  EXPECT_EQ(column.AveragePrecision({0, 0, 0}), 0.0);
}

TEST(RankedColumnTest, NegativeZeroTiesWithZero) {
  EXPECT_EQ(Ranked({{-0.0, 0.0}, {0, 1}}).Auroc(), 0.5);
}

TEST(RankedColumnTest, BadInputNamesTheIndex) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  ExpectInvalid({{}, {}}, "0 examples");
  ExpectInvalid({{0.1, 0.2}, {1}}, "2 scores, 1 labels");
  ExpectInvalid({{0.1, nan}, {0, 1}}, "scores[1]: nan");
  ExpectInvalid({{-infinity, 0.1}, {0, 1}}, "scores[0]: -inf");
  ExpectInvalid({{0.1, 0.2, 0.3}, {0, 1, 2}}, "labels[2]: 2");
}

TEST(RankedColumnDeathTest, CountsOfAnotherSizeEndTheProgram) {
  const RankedColumn column = Ranked({{0.1, 0.2}, {0, 1}});
  EXPECT_DEATH(column.Auroc({1, 1, 1}), "one count per example");
  EXPECT_DEATH(column.AveragePrecision({1}), "one count per example");
}

}  // namespace
}  // namespace cxr::metrics
