// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/group_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/score/drawn_scores_testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

LabelledScores Grouped() {
  LabelledScores scores = Drawn(60);
  scores.groups = {{.name = "sex"}};
  for (int i = 0; i < 60; ++i) {
    scores.groups[0].cells.push_back(i % 10 == 0 ? "" : i % 2 == 0 ? "M" : "F");
  }
  return scores;
}

absl::StatusOr<spec::ScoreReport> ReportOf(const LabelledScores& scores,
                                           const ReportOptions& options = {
                                               .resamples = 100}) {
  spec::ScoreReport report;
  const absl::Status added =
      AddGroupValues(scores, *RankedTargets::Create(scores, options.profile),
                     options, &report);
  if (!added.ok()) return added;
  return report;
}

// Only the rows of one group.
double AurocAmong(const LabelledScores& scores, const std::string& group) {
  LabelledScores some = {.classes = {"edema"}, .labels = {{}}, .scores = {{}}};
  for (size_t i = 0; i < scores.ids.size(); ++i) {
    if (scores.groups[0].cells[i] != group) continue;
    some.labels[0].push_back(scores.labels[0][i]);
    some.scores[0].push_back(scores.scores[0][i]);
  }
  return RankedTargets::Create(some, spec::SCIKIT_LEARN)
      ->Value(RankMetric::kAuroc, 0);
}

TEST(GroupValuesTest, AGroupIsScoredByItselfAndAgainstTheRest) {
  const LabelledScores scores = Grouped();
  ASSERT_OK_AND_ASSIGN(const spec::ScoreReport report, ReportOf(scores));
  ASSERT_EQ(report.groups_size(), 2 * 6);
  const spec::GroupValue& women = report.groups(0);
  EXPECT_EQ(women.column(), "sex");
  EXPECT_EQ(women.group(), "F");
  EXPECT_EQ(women.value().metric(), "auroc");
  EXPECT_EQ(women.value().target(), "edema");
  EXPECT_EQ(women.value().images(), 30);
  EXPECT_FALSE(women.value().has_patients());
  EXPECT_EQ(women.value().value(), AurocAmong(scores, "F"));
  EXPECT_EQ(women.difference(),
            AurocAmong(scores, "F") - AurocAmong(scores, "M"));
  EXPECT_LT(women.difference_interval().low(), women.difference());
  EXPECT_GT(women.difference_interval().high(), women.difference());
  EXPECT_EQ(report.groups(6).group(), "M");
  EXPECT_EQ(report.groups(6).value().images(), 24);
  EXPECT_EQ(report.groups(6).difference(), -women.difference());
  EXPECT_EQ(report.groups(2).value().target(), "macro");
  EXPECT_EQ(report.groups(2).value().positives(),
            report.groups(0).value().positives() +
                report.groups(1).value().positives());
  EXPECT_EQ(report.notes(0),
            "groups: sex: empty in 6 of 60 rows, left out of all groups");
}

TEST(GroupValuesTest, CountsPatientsOfAGroup) {
  LabelledScores scores = Grouped();
  for (int i = 0; i < 60; ++i) {
    scores.patients.push_back(absl::StrCat(i % 10));
  }
  ASSERT_OK_AND_ASSIGN(const spec::ScoreReport report, ReportOf(scores));
  EXPECT_EQ(report.groups(0).value().patients(), 5);
  EXPECT_EQ(report.groups(6).value().patients(), 4);
}

TEST(GroupValuesTest, AGroupOfOneClassIsUndefined) {
  LabelledScores scores = Grouped();
  for (int i = 0; i < 60; ++i) {
    if (scores.groups[0].cells[i] == "F") scores.labels[0][i] = 0;
  }
  ASSERT_OK_AND_ASSIGN(const spec::ScoreReport report, ReportOf(scores));
  EXPECT_TRUE(std::isnan(report.groups(0).value().value()));
  EXPECT_FALSE(report.groups(0).value().has_interval());
  EXPECT_FALSE(report.groups(0).has_difference());
}

TEST(GroupValuesTest, AGroupOfOneClassIsWhatTheProfileMakesOfIt) {
  LabelledScores scores = Grouped();
  for (int i = 0; i < 60; ++i) {
    if (scores.groups[0].cells[i] != "F") continue;
    scores.labels[0][i] = 0;
    scores.labels[1][i] = 1;
  }
  ASSERT_OK_AND_ASSIGN(const spec::ScoreReport sklearn, ReportOf(scores));
  const spec::GroupValue& negatives = sklearn.groups(3);
  EXPECT_EQ(negatives.value().metric(), "auprc");
  EXPECT_EQ(negatives.value().value(), 0.0);
  EXPECT_FALSE(negatives.value().has_interval());
  // Men are the rest of women.
  EXPECT_EQ(negatives.difference(), -sklearn.groups(9).value().value());
  EXPECT_EQ(sklearn.groups(4).value().value(), 1.0);
  EXPECT_EQ(sklearn.groups(5).value().value(), 0.5);
  ASSERT_OK_AND_ASSIGN(const spec::ScoreReport old,
                       ReportOf(scores, {.profile = spec::CXFORMER_LINEAR_EVAL,
                                         .resamples = 10}));
  EXPECT_EQ(old.groups(0).value().value(), 0.0);
  EXPECT_TRUE(std::isnan(old.groups(3).value().value()));
  EXPECT_EQ(old.groups(5).value().value(), 1.0);
}

TEST(GroupValuesTest, OneGroupOnlyHasNoRest) {
  LabelledScores scores = Drawn(60);
  scores.groups = {{.name = "sex"}};
  scores.groups[0].cells.assign(60, "F");
  ASSERT_OK_AND_ASSIGN(const spec::ScoreReport report, ReportOf(scores));
  EXPECT_EQ(report.groups(0).value().value(), AurocAmong(scores, "F"));
  EXPECT_FALSE(report.groups(0).has_difference());
}

TEST(GroupValuesTest, CountsTheImagesBehindRowsOfPatients) {
  LabelledScores scores = Grouped();
  scores.images_of_row.assign(60, 3);
  scores.images_of_row[1] = 5;
  ASSERT_OK_AND_ASSIGN(const spec::ScoreReport report, ReportOf(scores));
  EXPECT_EQ(report.groups(0).value().images(), 3 * 30 + 2);
  EXPECT_EQ(report.groups(6).value().images(), 3 * 24);
}

TEST(GroupValuesTest, NotesThatIntervalsAreOfOneKind) {
  ASSERT_OK_AND_ASSIGN(
      const spec::ScoreReport report,
      ReportOf(Grouped(),
               {.interval = metrics::IntervalKind::kBasic, .resamples = 10}));
  EXPECT_THAT(report.notes(1), HasSubstr("are percentile intervals"));
}

TEST(GroupValuesTest, TooManyGroupsAreNone) {
  LabelledScores scores = Drawn(65);
  scores.groups = {{.name = "age", .cells = scores.ids}};
  EXPECT_THAT(
      ReportOf(scores),
      StatusIs(absl::StatusCode::kInvalidArgument,
               HasSubstr("labels.csv: age: found 65 different values")));
  scores.groups[0].cells.assign(65, "");
  EXPECT_THAT(ReportOf(scores),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("found 0 different values")));
}

}  // namespace
}  // namespace cxr
