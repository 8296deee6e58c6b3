// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/probability_scores.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

const std::vector<double> kProbabilities = {0.125, 0.25, 0.75, 1.0, 0.26};
const std::vector<uint8_t> kLabels = {0, 1, 1, 1, 0};

ProbabilityScores Make(const std::vector<double>& probabilities,
                       const std::vector<uint8_t>& labels) {
  return *ProbabilityScores::Create(probabilities, labels,
                                    ProbabilityScores::Type::kDouble);
}

// By hand: bins of 1/15: 0.25 and 0.26 share one.
TEST(ProbabilityScoresTest, ValuesAreThoseOfTheirDefinitions) {
  const ProbabilityScores scores = Make(kProbabilities, kLabels);
  EXPECT_NEAR(scores.values()[0],
              (0.015625 + 0.5625 + 0.0625 + 0.0 + 0.0676) / 5, 1e-15);
  EXPECT_NEAR(
      scores.values()[1],
      -(std::log(0.875) + std::log(0.25) + std::log(0.75) + std::log(0.74)) / 5,
      1e-12);
  EXPECT_NEAR(scores.values()[2],
              (0.125 + std::abs(0.51 - 1.0) + 0.25 + 0.0) / 5, 1e-15);
  // A bin each: there are more bins than rows.
  EXPECT_NEAR(scores.values()[3], (0.125 + 0.75 + 0.25 + 0.0 + 0.26) / 5,
              1e-15);
}

TEST(ProbabilityScoresTest, AResampleIsItsRowsRepeated) {
  const std::vector<int32_t> counts = {3, 0, 2, 1, 1};
  std::vector<double> probabilities;
  std::vector<uint8_t> labels;
  for (size_t i = 0; i < counts.size(); ++i) {
    probabilities.insert(probabilities.end(), counts[i], kProbabilities[i]);
    labels.insert(labels.end(), counts[i], kLabels[i]);
  }
  std::vector<double> values(ProbabilityScores::kStatistics);
  Make(kProbabilities, kLabels).Fill(counts, absl::MakeSpan(values));
  const ProbabilityScores repeated = Make(probabilities, labels);
  for (size_t k = 0; k < values.size(); ++k) {
    EXPECT_NEAR(values[k], repeated.values()[k], 1e-14);
  }
}

TEST(ProbabilityScoresTest, NoRowsAreUndefined) {
  std::vector<double> values(ProbabilityScores::kStatistics);
  const std::vector<int32_t> none(5, 0);
  Make(kProbabilities, kLabels).Fill(none, absl::MakeSpan(values));
  for (const double value : values) EXPECT_TRUE(std::isnan(value));
}

// Clipped by the epsilon of float32, 2^-23, a certain mistake costs less.
TEST(ProbabilityScoresTest, LogLossClipsByTheTypesEpsilon) {
  const std::vector<double> wrong = {0.0};
  const std::vector<uint8_t> label = {1};
  ASSERT_OK_AND_ASSIGN(
      const ProbabilityScores scores,
      ProbabilityScores::Create(wrong, label, ProbabilityScores::Type::kFloat));
  EXPECT_NEAR(scores.values()[1], 23 * std::log(2.0), 1e-6);
  EXPECT_NEAR(Make(wrong, label).values()[1], 52 * std::log(2.0), 1e-6);
}

TEST(ProbabilityScoresTest, RefusesWhatIsNoProbability) {
  const std::vector<double> large = {0.5, 1.5};
  const std::vector<uint8_t> labels = {0, 1};
  EXPECT_THAT(ProbabilityScores::Create(large, labels,
                                        ProbabilityScores::Type::kDouble),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("1.5")));
}

}  // namespace
}  // namespace cxr
