// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/epoch_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::IsNan;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

// Four images of two targets. scikit-learn 1.6.1: AUROC 0.75 and 1, average
// precision 0.8333333 and 1.
const std::vector<float> kLogits = {0.1f, 3, 0.4f, -1, 0.35f, 2, 0.8f, -2};
const std::vector<float> kLabels = {0, 1, 0, 0, 1, 1, 1, 0};

TEST(EpochChoiceTest, MeansAreOverTargets) {
  EXPECT_THAT(SelectionValue(spec::BEST_MACRO_AUROC, kLogits, kLabels, 2),
              IsOkAndHolds(0.875));
  ASSERT_OK_AND_ASSIGN(
      const double auprc,
      SelectionValue(spec::BEST_MACRO_AUPRC, kLogits, kLabels, 2));
  EXPECT_NEAR(auprc, (0.8333333333333333 + 1) / 2, 1e-12);
}

TEST(EpochChoiceTest, LossIsThatOfTheLogitsWithAMinus) {
  double sum = 0;
  for (size_t k = 0; k < kLogits.size(); ++k) {
    const double p = 1 / (1 + std::exp(-double{kLogits[k]}));
    sum -= kLabels[k] > 0 ? std::log(p) : std::log(1 - p);
  }
  ASSERT_OK_AND_ASSIGN(const double value,
                       SelectionValue(spec::LOWEST_LOSS, kLogits, kLabels, 2));
  EXPECT_NEAR(value, -sum / 8, 1e-7);
}

TEST(EpochChoiceTest, LossOfSureMistakesIsFinite) {
  EXPECT_THAT(SelectionValue(spec::LOWEST_LOSS, {1000, -1000}, {0, 1}, 1),
              IsOkAndHolds(-1000));
}

TEST(EpochChoiceTest, TargetsOfOneClassAndLabelsLeftOutDoNotCount) {
  EXPECT_THAT(SelectionValue(spec::BEST_MACRO_AUROC, {1, 1, 2, 2, 3, 3},
                             {0, 1, 1, 1, kNan, 1}, 2),
              IsOkAndHolds(1));
}

TEST(EpochChoiceTest, WithoutAnythingToChooseByThereIsNoValue) {
  EXPECT_THAT(SelectionValue(spec::BEST_MACRO_AUROC, {1, 2}, {1, 1}, 1),
              IsOkAndHolds(IsNan()));
  EXPECT_THAT(SelectionValue(spec::LOWEST_LOSS, {1, 2}, {kNan, kNan}, 1),
              IsOkAndHolds(IsNan()));
}

}  // namespace
}  // namespace cxr
