// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/score_comparisons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/score/drawn_scores_testing.h"
#include "cxr/score/p_value_adjustment.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

// The second system is the first, but worse for one class.
LabelledScores Compared() {
  LabelledScores scores = Drawn(60);
  scores.other_scores = scores.scores;
  for (size_t i = 0; i < 60; ++i) {
    scores.other_scores[0][i] +=
        0.3 * std::cos(i * 11.0) - 0.25 * scores.labels[0][i];
  }
  return scores;
}

spec::ScoreReport ReportOf(const LabelledScores& scores, int threads = 1) {
  spec::ScoreReport report;
  EXPECT_OK(
      AddComparisons(scores, {.resamples = 100, .threads = threads}, &report));
  return report;
}

TEST(ScoreComparisonsTest, EveryTestOfEveryTargetIsARow) {
  const spec::ScoreReport report = ReportOf(Compared());
  ASSERT_EQ(report.comparisons_size(), 3 + 3 + 2 + 1);
  const spec::ScoreComparison& first = report.comparisons(0);
  EXPECT_EQ(first.metric(), "auroc");
  EXPECT_EQ(first.target(), "edema");
  EXPECT_EQ(first.test(), "paired bootstrap");
  EXPECT_EQ(first.difference(), first.first() - first.second());
  EXPECT_LE(first.interval().low(), first.difference());
  EXPECT_GE(first.interval().high(), first.difference());
  EXPECT_EQ(report.comparisons(2).target(), "macro");
  EXPECT_FALSE(report.comparisons(2).has_adjusted_p());
  EXPECT_EQ(report.comparisons(3).metric(), "auprc");
  EXPECT_EQ(report.comparisons(6).test(), "DeLong");
  EXPECT_EQ(report.comparisons(8).test(), "paired permutation");
  EXPECT_EQ(report.comparisons(8).target(), "macro");
}

TEST(ScoreComparisonsTest, PValuesOfTargetsAreAdjustedByHolm) {
  const spec::ScoreReport report = ReportOf(Compared());
  const spec::ScoreComparison& differs = report.comparisons(6);
  EXPECT_LT(differs.p(), 0.25);
  EXPECT_EQ(differs.adjusted_p(), 2 * differs.p());
  EXPECT_EQ(report.comparisons(7).p(), 1.0);
  EXPECT_EQ(report.comparisons(7).adjusted_p(), 1.0);
}

TEST(ScoreComparisonsTest, PValuesMayBeAdjustedByBenjaminiHochberg) {
  LabelledScores scores = Compared();
  for (size_t i = 0; i < 60; ++i) {
    scores.other_scores[1][i] += 0.1 * std::cos(i * 7.0);
  }
  spec::ScoreReport report;
  ASSERT_OK(AddComparisons(
      scores,
      {.resamples = 100, .adjustment = PValueAdjustment::kBenjaminiHochberg},
      &report));
  const double low = report.comparisons(6).p();
  const double high = report.comparisons(7).p();
  ASSERT_LT(low, high);
  EXPECT_EQ(report.comparisons(6).adjusted_p(), std::min(2 * low, high));
  EXPECT_EQ(report.comparisons(7).adjusted_p(), high);
  EXPECT_EQ(report.comparisons(7).adjustment(), "Benjamini-Hochberg");
  EXPECT_THAT(report.notes(0), HasSubstr("by Benjamini-Hochberg"));
}

spec::ScoreReport WithMargin(double margin) {
  spec::ScoreReport report;
  EXPECT_OK(AddComparisons(Compared(), {.resamples = 100, .margin = margin},
                           &report));
  return report;
}

TEST(ScoreComparisonsTest, AMarginAddsAVerdict) {
  const spec::ScoreReport narrow = WithMargin(0.001);
  const spec::ScoreReport wide = WithMargin(0.9);
  for (const int row : {0, 3, 6}) {
    EXPECT_FALSE(narrow.comparisons(row).equivalence().equivalent());
    EXPECT_GT(narrow.comparisons(row).equivalence().p(), 0.05);
    EXPECT_TRUE(wide.comparisons(row).equivalence().equivalent());
    EXPECT_LT(wide.comparisons(row).equivalence().p(), 0.05);
    EXPECT_EQ(wide.comparisons(row).equivalence().margin(), 0.9);
  }
  EXPECT_EQ(wide.comparisons(8).test(), "paired permutation");
  EXPECT_FALSE(wide.comparisons(8).has_equivalence());
  EXPECT_FALSE(ReportOf(Compared()).comparisons(0).has_equivalence());
  EXPECT_THAT(wide.notes(1), HasSubstr("0.9 or more either way"));
}

TEST(ScoreComparisonsTest, EqualSystemsHaveNoVerdict) {
  LabelledScores scores = Drawn(60);
  scores.other_scores = scores.scores;
  spec::ScoreReport report;
  ASSERT_OK(AddComparisons(scores, {.resamples = 100, .margin = 0.1}, &report));
  for (const spec::ScoreComparison& row : report.comparisons()) {
    EXPECT_FALSE(row.has_equivalence()) << row.test();
  }
  EXPECT_THAT(report.notes(1), HasSubstr("none where the standard error is 0"));
}

// Two one-sided tests are the interval of twice the level.
TEST(ScoreComparisonsTest, TheVerdictIsThatOfAShorterInterval) {
  const spec::ScoreComparison row = WithMargin(0.25).comparisons(6);
  const double error =
      (row.interval().high() - row.difference()) / 1.959963984540054;
  const double z = (0.25 - std::abs(row.difference())) / error;
  EXPECT_NEAR(row.equivalence().p(), 0.5 * std::erfc(z / std::sqrt(2.0)),
              1e-12);
}

TEST(ScoreComparisonsTest, AMarginNeedsALevelBelowOneHalf) {
  spec::ScoreReport report;
  EXPECT_THAT(AddComparisons(
                  Compared(),
                  {.resamples = 10, .confidence = 0.4, .margin = 0.1}, &report),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("alpha")));
}

TEST(ScoreComparisonsTest, EqualSystemsDoNotDiffer) {
  LabelledScores scores = Drawn(60);
  scores.other_scores = scores.scores;
  const spec::ScoreReport report = ReportOf(scores);
  for (const spec::ScoreComparison& row : report.comparisons()) {
    EXPECT_EQ(row.difference(), 0.0);
    EXPECT_EQ(row.p(), 1.0) << row.test();
  }
}

TEST(ScoreComparisonsTest, SeveralImagesOfAPatientLeaveDelongOut) {
  LabelledScores scores = Compared();
  for (int i = 0; i < 60; ++i) {
    scores.patients.push_back(absl::StrCat(i / 2));
  }
  const spec::ScoreReport report = ReportOf(scores);
  EXPECT_EQ(report.comparisons_size(), 3 + 3 + 1);
  EXPECT_THAT(report.comparisons(0).interval().kind(),
              HasSubstr("resamples of patients"));
}

TEST(ScoreComparisonsTest, ATargetOfOneClassHasNoP) {
  LabelledScores scores = Compared();
  scores.labels[1].assign(60, 0);
  const spec::ScoreReport report = ReportOf(scores);
  EXPECT_TRUE(std::isnan(report.comparisons(1).p()));
  EXPECT_TRUE(std::isnan(report.comparisons(1).adjusted_p()));
  EXPECT_FALSE(report.comparisons(1).has_interval());
  EXPECT_EQ(report.comparisons(0).adjusted_p(), report.comparisons(0).p());
  ASSERT_EQ(report.notes_size(), 2);
  EXPECT_EQ(report.notes(0),
            "comparisons: no test of macro (p is NaN), nor of these, whose "
            "labels are all the same: mass");
}

TEST(ScoreComparisonsTest, ThreadsChangeNothing) {
  EXPECT_EQ(ReportOf(Compared(), 1).SerializeAsString(),
            ReportOf(Compared(), 3).SerializeAsString());
}

}  // namespace
}  // namespace cxr
