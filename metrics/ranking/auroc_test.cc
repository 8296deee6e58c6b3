// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/auroc.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metrics/ranking/golden_testing.h"
#include "metrics/ranking/ranked_column.h"
#include "metrics/ranking/sigmoid.h"

namespace cxr::metrics {
namespace {

using ::testing::HasSubstr;

template <typename Score>
double AurocOf(const std::vector<Score>& scores,
               const std::vector<uint8_t>& labels) {
  const auto value = Auroc(absl::MakeConstSpan(scores), labels);
  EXPECT_TRUE(value.ok()) << value.status();
  return *value;
}

template <typename Score>
double ApOf(const std::vector<Score>& scores,
            const std::vector<uint8_t>& labels) {
  const auto value = AveragePrecision(absl::MakeConstSpan(scores), labels);
  EXPECT_TRUE(value.ok()) << value.status();
  return *value;
}

// scikit-learn 1.6.1
TEST(AurocTest, AgreesWithKnownValues) {
  struct Golden {
    std::vector<double> scores;
    std::vector<uint8_t> labels;
    double auroc;
    double average_precision;
  };
  const std::vector<Golden> table = {
      {{.1, .4, .35, .8}, {0, 0, 1, 1}, .75, .8333333333333333},
      {{.5, .5, .5, .5, .5}, {0, 1, 0, 1, 1}, .5, .6},
      {{.1, .2, .2, .2, .7, .7, .9, .9},
       {0, 1, 1, 0, 1, 0, 0, 1},
       .5625,
       .5357142857142857},
      {{.8, .9, .1}, {0, 0, 1}, 0.0, .3333333333333333},
      {{20, 18, 17.5, 30, -110, -120},
       {0, 1, 0, 1, 0, 1},
       .5555555555555556,
       .7222222222222222},
  };
  for (const Golden& golden : table) {
    const std::vector<float> floats(golden.scores.begin(), golden.scores.end());
    ExpectGolden(AurocOf(golden.scores, golden.labels), golden.auroc);
    ExpectGolden(AurocOf(floats, golden.labels), golden.auroc);
    ExpectGolden(ApOf(golden.scores, golden.labels), golden.average_precision);
    ExpectGolden(ApOf(floats, golden.labels), golden.average_precision);
  }
}

TEST(AurocTest, SigmoidsTieInFloatButNotInDouble) {
  const std::vector<uint8_t> labels = {0, 1, 0, 1, 0, 1};
  std::vector<float> floats;
  std::vector<double> doubles;
  for (const float logit : {20.0f, 18.0f, 17.5f, 30.0f, -110.0f, -120.0f}) {
    floats.push_back(SigmoidFloat32(logit));
    doubles.push_back(1.0 / (1.0 + std::exp(-double{logit})));
  }
  EXPECT_EQ(AurocOf(floats, labels), .5);
  EXPECT_EQ(ApOf(floats, labels), .5);
  ExpectGolden(AurocOf(doubles, labels), .5555555555555556);
}

TEST(AurocTest, OneClassFollowsScikitLearn) {
  const std::vector<float> scores = {.1f, .2f};
  EXPECT_TRUE(std::isnan(AurocOf(scores, {0, 0})));
  EXPECT_TRUE(std::isnan(AurocOf(scores, {1, 1})));
  EXPECT_EQ(ApOf(scores, {0, 0}), 0.0);
  EXPECT_EQ(ApOf(scores, {1, 1}), 1.0);
}

// testdata/make_columns_golden.py
TEST(AurocTest, AgreesWithScikitLearn) {
  for (const GoldenCase& golden : ReadGoldenCases("ranking_cases_golden.csv")) {
    SCOPED_TRACE(golden.number);
    const ColumnCase column = MakeColumnCase(golden.number);
    const std::vector<float> floats = column.FloatScores();
    ExpectGolden(AurocOf(column.scores, column.labels), golden.values[0]);
    ExpectGolden(ApOf(column.scores, column.labels), golden.values[1]);
    ExpectGolden(AurocOf(floats, column.labels), golden.values[2]);
    ExpectGolden(ApOf(floats, column.labels), golden.values[3]);
  }
}

// More examples than are sorted by comparing; scores whose keys are short, long
// and long with runs that agree in their high bits.
template <typename Score>
std::vector<std::vector<Score>> ManyScores() {
  std::mt19937_64 random(1);
  std::vector<std::vector<Score>> columns(6);
  for (int i = 0; i < 5000; ++i) {
    const double unit = static_cast<double>(random() >> 11) * 0x1p-53;
    columns[0].push_back(static_cast<Score>(unit));
    columns[1].push_back(static_cast<Score>(std::log(unit + 1e-300)));
    columns[2].push_back(static_cast<Score>(std::floor(unit * 50) / 50));
    columns[3].push_back(static_cast<float>(unit));
    columns[4].push_back(Score{1} + std::numeric_limits<Score>::epsilon() *
                                        static_cast<Score>(random() % 500));
    // Thousands of near ones beside a far one.
    columns[5].push_back(i == 0 ? Score{-1e30f}
                                : Score{1} + static_cast<Score>(unit * 1e-6));
  }
  return columns;
}

template <typename Score>
void ExpectSameAsRankedColumn() {
  for (const std::vector<Score>& scores : ManyScores<Score>()) {
    std::mt19937 random(2);
    std::vector<uint8_t> labels;
    for (size_t i = 0; i < scores.size(); ++i) {
      labels.push_back(random() % 3 == 0);
    }
    double twice_concordant = 0.0;
    double pairs = 0.0;
    for (size_t i = 0; i < scores.size(); ++i) {
      if (!labels[i]) continue;
      for (size_t j = 0; j < scores.size(); ++j) {
        if (labels[j]) continue;
        pairs += 1.0;
        twice_concordant += (scores[i] > scores[j]) + (scores[i] >= scores[j]);
      }
    }
    EXPECT_EQ(AurocOf(scores, labels), twice_concordant / (2.0 * pairs));
    const auto column =
        RankedColumn::Create(absl::MakeConstSpan(scores), labels);
    ASSERT_TRUE(column.ok()) << column.status();
    EXPECT_EQ(column->Auroc(), twice_concordant / (2.0 * pairs));
    ExpectGolden(ApOf(scores, labels), column->AveragePrecision());
  }
}

TEST(AurocTest, ManyScoresAgreeWithCountingPairsAndWithRankedColumn) {
  ExpectSameAsRankedColumn<float>();
  ExpectSameAsRankedColumn<double>();
}

TEST(AurocTest, BadInputNamesTheIndex) {
  const std::vector<float> scores = {1.0f,
                                     std::numeric_limits<float>::quiet_NaN()};
  const auto value = Auroc(absl::MakeConstSpan(scores), {0, 1});
  EXPECT_EQ(value.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(value.status().message()),
              HasSubstr("scores[1]: nan"));
  EXPECT_FALSE(AveragePrecision(absl::MakeConstSpan(scores), {0, 1}).ok());
}

}  // namespace
}  // namespace cxr::metrics
