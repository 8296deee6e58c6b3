// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/seed_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/score/drawn_scores_testing.h"
#include "cxr/score/ranked_targets.h"

namespace cxr {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

// Three runs that differ a little.
LabelledScores Runs(int64_t rows = 60) {
  LabelledScores scores = Drawn(rows);
  for (int run = 1; run <= 2; ++run) {
    scores.other_runs.push_back(scores.scores);
    for (auto& column : scores.other_runs.back()) {
      for (size_t i = 0; i < column.size(); ++i) {
        column[i] += 0.05 * run * std::cos(static_cast<double>(i) * run);
      }
    }
  }
  return scores;
}

spec::ScoreReport ReportOf(const LabelledScores& scores, int threads = 1) {
  const absl::StatusOr<spec::ScoreReport> report =
      MakeSeedReport(scores, {.resamples = 100, .threads = threads});
  EXPECT_OK(report.status());
  return *report;
}

TEST(SeedReportTest, EachValueIsThatOfARunAlone) {
  const LabelledScores scores = Runs();
  const spec::ScoreReport report = ReportOf(scores);
  ASSERT_EQ(report.seeds_size(), 2 * 3);
  EXPECT_EQ(report.values_size(), 0);
  for (int run = 0; run < 3; ++run) {
    LabelledScores alone = Drawn(60);
    if (run > 0) alone.scores = scores.other_runs[run - 1];
    ASSERT_OK_AND_ASSIGN(const RankedTargets targets,
                         RankedTargets::Create(alone, spec::SCIKIT_LEARN));
    EXPECT_EQ(report.seeds(1).runs(run), targets.Value(RankMetric::kAuroc, 1));
    EXPECT_EQ(report.seeds(5).runs(run), targets.Macro(RankMetric::kAuprc));
  }
  EXPECT_EQ(report.seeds(1).mean().target(), "mass");
  EXPECT_EQ(report.seeds(5).mean().metric(), "auprc");
  EXPECT_EQ(report.seeds(5).mean().target(), "macro");
  EXPECT_EQ(report.seeds(5).mean().images(), 60);
}

TEST(SeedReportTest, TheIntervalsAreThoseOfStudentsT) {
  const spec::ScoreReport report = ReportOf(Runs());
  const spec::SeedValue& value = report.seeds(0);
  const double mean = value.mean().value();
  EXPECT_DOUBLE_EQ(mean, (value.runs(0) + value.runs(1) + value.runs(2)) / 3);
  // scipy.stats.t.ppf(0.975, 2)
  const double reach = 4.302652729696142 * value.standard_deviation();
  EXPECT_NEAR(value.mean_interval().low(), mean - reach / std::sqrt(3.0), 1e-9);
  EXPECT_NEAR(value.prediction().high(), mean + reach * std::sqrt(4.0 / 3.0),
              1e-9);
  EXPECT_EQ(value.mean_interval().kind(),
            "95 % Student's t, of the mean of runs on these images");
}

TEST(SeedReportTest, TheBootstrapDrawsRunsAndImages) {
  const spec::ScoreReport report = ReportOf(Runs());
  const spec::SeedValue& value = report.seeds(0);
  EXPECT_EQ(value.mean().interval().kind(),
            "95 % percentile bootstrap, 100 resamples of images, seed 0, numpy "
            "RandomState, and of the 3 runs");
  EXPECT_LT(value.mean().interval().low(), value.mean().interval().median());
  EXPECT_GT(value.mean().interval().high(), value.mean().value());
  EXPECT_GT(value.run_standard_error(), 0.0);
  EXPECT_GT(value.image_standard_error(), value.run_standard_error());
}

TEST(SeedReportTest, EqualRunsAreNoCertainty) {
  LabelledScores scores = Drawn(60);
  scores.other_runs = {scores.scores};
  const spec::ScoreReport report = ReportOf(scores);
  EXPECT_EQ(report.seeds(0).standard_deviation(), 0.0);
  EXPECT_THAT(report.notes(report.notes_size() - 1),
              HasSubstr("all runs have one value: mean auroc of edema"));
}

TEST(SeedReportTest, OneClassIsUndefinedAndNoted) {
  LabelledScores scores = Runs();
  scores.labels[1].assign(60, 0);
  const spec::ScoreReport report = ReportOf(scores);
  EXPECT_TRUE(std::isnan(report.seeds(1).mean().value()));
  EXPECT_FALSE(report.seeds(1).has_mean_interval());
  EXPECT_FALSE(report.seeds(4).mean().has_interval());
  EXPECT_THAT(report.notes(0), HasSubstr("mass: all labels are 0"));
}

TEST(SeedReportTest, PatientsAreDrawnWhole) {
  LabelledScores scores = Runs();
  for (int i = 0; i < 60; ++i) scores.patients.push_back(absl::StrCat(i / 3));
  const spec::ScoreReport report = ReportOf(scores);
  EXPECT_EQ(report.seeds(0).mean().patients(), 20);
  EXPECT_THAT(report.seeds(0).mean().interval().kind(),
              HasSubstr("100 resamples of patients"));
}

TEST(SeedReportTest, PatientsMayBeScoredByTheirLargestScore) {
  LabelledScores scores = Runs();
  for (int i = 0; i < 60; ++i) scores.patients.push_back(absl::StrCat(i % 21));
  // Images of one patient are seven apart, or a multiple: labels agree.
  ASSERT_OK_AND_ASSIGN(const LabelledScores patients, MaxOfPatients(scores));
  const spec::ScoreReport report = ReportOf(patients);
  EXPECT_EQ(report.seeds(0).mean().images(), 60);
  EXPECT_EQ(report.seeds(0).mean().patients(), 21);
  EXPECT_THAT(report.notes(1), HasSubstr("scored are the 21 patients"));
}

TEST(SeedReportTest, StrataOfOneAreNoted) {
  LabelledScores scores = Runs();
  scores.strata = {.name = "site", .cells = std::vector<std::string>(60, "a")};
  const auto note = Contains(HasSubstr("site: 1 of 2 strata hold one image"));
  scores.strata.cells[3] = scores.strata.cells[4] = "b";
  EXPECT_THAT(ReportOf(scores).notes(), Not(note));
  scores.strata.cells[3] = "a";
  EXPECT_THAT(ReportOf(scores).notes(), note);
}

TEST(SeedReportTest, ThreadsChangeNothing) {
  EXPECT_EQ(ReportOf(Runs(), 1).SerializeAsString(),
            ReportOf(Runs(), 3).SerializeAsString());
}

TEST(SeedReportTest, WhatIsNotOfSeveralRunsIsRefused) {
  constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
  EXPECT_THAT(MakeSeedReport(Drawn(60), {}),
              StatusIs(kInvalid, HasSubstr("found 1 run")));
  EXPECT_THAT(MakeSeedReport(Runs(), {.interval = metrics::IntervalKind::kBca}),
              StatusIs(kInvalid, HasSubstr("percentile intervals only")));
  LabelledScores compared = Runs();
  compared.other_scores = compared.scores;
  EXPECT_THAT(MakeSeedReport(compared, {}),
              StatusIs(kInvalid, HasSubstr("expected neither")));
}

}  // namespace
}  // namespace cxr
