// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/epoch_choice.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

// Four images of two targets. scikit-learn 1.6.1: AUROC 0.75 and 1, average
// precision 0.8333333 and 1.
const std::vector<float> kLogits = {0.1f, 3, 0.4f, -1, 0.35f, 2, 0.8f, -2};
const std::vector<float> kLabels = {0, 1, 0, 0, 1, 1, 1, 0};

double Value(spec::SelectionMetric metric, const std::vector<float>& logits,
             const std::vector<float>& labels, int64_t targets) {
  const absl::StatusOr<double> value =
      SelectionValue(metric, logits, labels, targets);
  EXPECT_OK(value);
  return value.value_or(0);
}

TEST(EpochChoiceTest, MeansAreOverTargets) {
  EXPECT_EQ(Value(spec::BEST_MACRO_AUROC, kLogits, kLabels, 2), 0.875);
  EXPECT_NEAR(Value(spec::BEST_MACRO_AUPRC, kLogits, kLabels, 2),
              (0.8333333333333333 + 1) / 2, 1e-12);
}

TEST(EpochChoiceTest, LossIsThatOfTheLogitsWithAMinus) {
  double sum = 0;
  for (size_t k = 0; k < kLogits.size(); ++k) {
    const double p = 1 / (1 + std::exp(-double{kLogits[k]}));
    sum -= kLabels[k] > 0 ? std::log(p) : std::log(1 - p);
  }
  EXPECT_NEAR(Value(spec::LOWEST_LOSS, kLogits, kLabels, 2), -sum / 8, 1e-7);
}

TEST(EpochChoiceTest, LossOfSureMistakesIsFinite) {
  EXPECT_EQ(Value(spec::LOWEST_LOSS, {1000, -1000}, {0, 1}, 1), -1000);
}

TEST(EpochChoiceTest, TargetsOfOneClassAndLabelsLeftOutDoNotCount) {
  EXPECT_EQ(Value(spec::BEST_MACRO_AUROC, {1, 1, 2, 2, 3, 3},
                  {0, 1, 1, 1, kNan, 1}, 2),
            1);
}

TEST(EpochChoiceTest, WithoutAnythingToChooseByThereIsNoValue) {
  EXPECT_TRUE(std::isnan(Value(spec::BEST_MACRO_AUROC, {1, 2}, {1, 1}, 1)));
  EXPECT_TRUE(std::isnan(Value(spec::LOWEST_LOSS, {1, 2}, {kNan, kNan}, 1)));
}

}  // namespace
}  // namespace cxr
