// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/classification_report.h"

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

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

spec::ScoreReport ReportOf(const LabelledScores& scores,
                           const ReportOptions& options = {.resamples = 100}) {
  const absl::StatusOr<spec::ScoreReport> report =
      MakeClassificationReport(scores, options);
  EXPECT_OK(report.status());
  return *report;
}

// The `place`-th value of that name; an empty one if there is none.
spec::MetricValue Find(const spec::ScoreReport& report,
                       const std::string& metric, const std::string& target,
                       int place = 0) {
  for (const spec::MetricValue& value : report.values()) {
    if (value.metric() == metric && value.target() == target && place-- == 0) {
      return value;
    }
  }
  return {};
}

TEST(ClassificationReportTest, AClassHasAllItsValuesWithIntervals) {
  const LabelledScores scores = Drawn(80);
  const spec::ScoreReport report = ReportOf(scores);
  for (const std::string metric :
       {"auroc", "auprc", "brier", "log_loss", "ece", "sensitivity_at_youden",
        "specificity_at_youden", "sensitivity_at_specificity_0.9"}) {
    const spec::MetricValue value = Find(report, metric, "mass");
    EXPECT_TRUE(value.has_interval()) << metric;
    EXPECT_LE(value.interval().low(), value.value()) << metric;
    EXPECT_GE(value.interval().high(), value.value()) << metric;
    EXPECT_EQ(value.images(), 80);
    EXPECT_FALSE(value.has_patients());
    EXPECT_EQ(value.profile(), "SCIKIT_LEARN");
  }
  EXPECT_THAT(Find(report, "auroc", "mass", 1).interval().kind(),
              HasSubstr("DeLong"));
  EXPECT_THAT(Find(report, "sensitivity_at_youden", "mass").interval().kind(),
              HasSubstr("Wilson"));
  EXPECT_EQ(report.comparisons_size(), 0);
  EXPECT_EQ(report.groups_size(), 0);
}

TEST(ClassificationReportTest, AveragesCountPositivesOfAllClasses) {
  const spec::ScoreReport report = ReportOf(Drawn(80));
  const int64_t positives = Find(report, "auroc", "edema").positives() +
                            Find(report, "auroc", "mass").positives();
  for (const std::string target : {"macro", "micro", "weighted"}) {
    EXPECT_EQ(Find(report, "auprc", target).positives(), positives);
    EXPECT_TRUE(Find(report, "auprc", target).has_interval());
  }
}

TEST(ClassificationReportTest, BootstrapIntervalsHaveTheirMedian) {
  const spec::ScoreReport report = ReportOf(Drawn(80));
  for (const std::string metric :
       {"auroc", "auprc", "brier", "log_loss", "ece", "ece_equal_mass"}) {
    const spec::Interval interval = Find(report, metric, "mass").interval();
    EXPECT_LT(interval.low(), interval.median()) << metric;
    EXPECT_GT(interval.high(), interval.median()) << metric;
  }
  EXPECT_FALSE(Find(report, "auroc", "mass", 1).interval().has_median());
}

TEST(ClassificationReportTest, TheGeneratorChangesResamplesAndIsNamed) {
  const auto interval = [](metrics::RandomGenerator generator) {
    return Find(ReportOf(Drawn(80), {.resamples = 100, .generator = generator}),
                "auroc", "mass")
        .interval();
  };
  const spec::Interval fast = interval(metrics::RandomGenerator::kFast);
  const spec::Interval numpy =
      interval(metrics::RandomGenerator::kNumpyDefaultRng);
  EXPECT_NE(fast.low(), numpy.low());
  EXPECT_THAT(fast.kind(), HasSubstr("fast generator of cxr"));
  EXPECT_THAT(numpy.kind(), HasSubstr("numpy default_rng"));
}

TEST(ClassificationReportTest, StrataKeepTheirSizes) {
  LabelledScores scores = Drawn(80);
  scores.labels[1].assign(80, 0);
  scores.labels[1][7] = 1;
  scores.strata = {.name = "mass"};
  for (const uint8_t label : scores.labels[1]) {
    scores.strata.cells.push_back(label == 1 ? "1" : "0");
  }
  const spec::ScoreReport report = ReportOf(scores);
  // Every resample has the one positive, so none is left out.
  EXPECT_EQ(Find(report, "auroc", "mass").interval().kind(),
            "95 % percentile bootstrap, 100 resamples of images in strata of "
            "mass, seed 0, numpy RandomState");
  EXPECT_THAT(report.notes(),
              Contains(HasSubstr("mass: 1 of 2 strata hold one image or "
                                 "patient only")));
}

TEST(ClassificationReportTest, SpecificityAtASensitivityIsAValue) {
  const spec::ScoreReport report =
      ReportOf(Drawn(80), {.resamples = 10, .at_sensitivity = 0.95});
  EXPECT_THAT(
      Find(report, "specificity_at_sensitivity_0.95", "mass").interval().kind(),
      HasSubstr("Wilson"));
  EXPECT_TRUE(
      Find(report, "threshold_at_sensitivity_0.95", "mass").has_value());
}

TEST(ClassificationReportTest, APerfectRankingIsNoCertainty) {
  LabelledScores scores = Drawn(80);
  for (size_t i = 0; i < 80; ++i) {
    scores.scores[1][i] = 0.25 + 0.5 * scores.labels[1][i];
  }
  const spec::ScoreReport report = ReportOf(scores);
  EXPECT_EQ(Find(report, "auroc", "mass", 1).interval().low(), 1.0);
  EXPECT_THAT(report.notes(),
              Contains(AllOf(HasSubstr("DeLong's variance is 0"),
                             HasSubstr("auroc of mass"))));
  EXPECT_THAT(report.notes(),
              Contains(HasSubstr("all resamples have the same value")));
  EXPECT_THAT(ReportOf(Drawn(80)).notes(),
              Not(Contains(HasSubstr("without width"))));
}

TEST(ClassificationReportTest, OneImageAndOneResampleAreNoCertainty) {
  EXPECT_THAT(ReportOf(Drawn(1)).notes(),
              Contains(HasSubstr("one image or patient only")));
  EXPECT_THAT(ReportOf(Drawn(80), {.resamples = 1}).notes(),
              Contains(HasSubstr("one resample only")));
}

TEST(ClassificationReportTest, BasicIntervalsBeyondOneAreNoted) {
  LabelledScores scores = Drawn(80);
  for (size_t i = 0; i < 80; ++i) scores.scores[1][i] += scores.labels[1][i];
  scores.scores[1][0] = scores.labels[1][0] == 1 ? 0.0 : 2.0;
  scores.outside = "scores.csv:2: mass: found 2";
  const spec::ScoreReport report = ReportOf(
      scores, {.interval = metrics::IntervalKind::kBasic, .resamples = 100});
  ASSERT_GT(Find(report, "auroc", "mass").interval().high(), 1.0);
  EXPECT_THAT(report.notes(),
              Contains(AllOf(HasSubstr("not cut off at 0 and 1"),
                             HasSubstr("auroc of mass"))));
}

TEST(ClassificationReportTest, PatientsAreResampledWhole) {
  LabelledScores scores = Drawn(80);
  for (int i = 0; i < 80; ++i) scores.patients.push_back(absl::StrCat(i / 4));
  const spec::ScoreReport report = ReportOf(scores);
  EXPECT_EQ(Find(report, "auroc", "mass").patients(), 20);
  EXPECT_FALSE(Find(report, "auroc", "mass", 1).has_metric());
  for (const std::string metric : {"auroc", "sensitivity_at_youden"}) {
    EXPECT_THAT(Find(report, metric, "mass").interval().kind(),
                HasSubstr("100 resamples of patients"));
  }
}

TEST(ClassificationReportTest, OneClassIsUndefinedAndNoted) {
  LabelledScores scores = Drawn(80);
  scores.labels[1].assign(80, 0);
  const spec::ScoreReport report = ReportOf(scores);
  EXPECT_TRUE(std::isnan(Find(report, "auroc", "mass").value()));
  EXPECT_FALSE(Find(report, "auroc", "mass").has_interval());
  EXPECT_TRUE(std::isnan(Find(report, "auroc", "macro").value()));
  EXPECT_FALSE(Find(report, "auprc", "macro").has_interval());
  EXPECT_TRUE(Find(report, "auroc", "micro").has_interval());
  EXPECT_TRUE(Find(report, "auroc", "edema").has_interval());
  EXPECT_FALSE(Find(report, "youden_threshold", "mass").has_metric());
  EXPECT_THAT(
      report.notes(0),
      HasSubstr("mass: all labels are 0: AUROC and AP as the profile has "
                "them, no interval for them"));
  // torchmetrics counts it as 0.
  const spec::ScoreReport other =
      ReportOf(scores, {.profile = spec::TORCHMETRICS, .resamples = 10});
  EXPECT_EQ(Find(other, "auroc", "macro").value(),
            0.5 * Find(other, "auroc", "edema").value());
  EXPECT_EQ(Find(other, "auroc", "mass").value(), 0.0);
  EXPECT_FALSE(Find(other, "auroc", "mass").has_interval());
}

TEST(ClassificationReportTest, ThresholdsAreNotedIfThereAreAny) {
  LabelledScores scores = Drawn(80);
  const auto note = Contains(HasSubstr("thresholds were chosen on these rows"));
  scores.labels[1].assign(80, 0);
  EXPECT_THAT(ReportOf(scores).notes(), note);
  scores.labels[0].assign(80, 1);
  EXPECT_THAT(ReportOf(scores).notes(), Not(note));
}

TEST(ClassificationReportTest, RareResamplesAreToldApart) {
  LabelledScores scores = Drawn(80);
  scores.labels[1].assign(80, 0);
  scores.labels[1][7] = 1;
  const spec::ScoreReport report = ReportOf(scores);
  EXPECT_THAT(Find(report, "auroc", "mass").interval().kind(),
              HasSubstr(" of them with both classes, the others left out"));
  EXPECT_THAT(report.notes(),
              Contains(HasSubstr("records of runs draw another one")));
  EXPECT_EQ(Find(report, "auroc", "edema").interval().kind(),
            "95 % percentile bootstrap, 100 resamples of images, seed 0, numpy "
            "RandomState");
}

TEST(ClassificationReportTest, ScoresBeyondProbabilitiesAreRankedOnly) {
  LabelledScores scores = Drawn(80);
  scores.outside = "scores.csv:9: mass: found -3";
  const spec::ScoreReport report = ReportOf(scores);
  EXPECT_FALSE(Find(report, "brier", "mass").has_metric());
  EXPECT_TRUE(Find(report, "sensitivity_at_youden", "mass").has_metric());
  EXPECT_THAT(report.notes(0), HasSubstr("scores.csv:9: mass: found -3"));
  // A profile that takes a sigmoid has probabilities.
  EXPECT_TRUE(Find(ReportOf(scores, {.profile = spec::CXFORMER_FINETUNE,
                                     .resamples = 10}),
                   "brier", "mass")
                  .has_metric());
}

TEST(ClassificationReportTest, ThreadsChangeNothing) {
  LabelledScores scores = Drawn(80);
  for (const auto kind :
       {metrics::IntervalKind::kPercentile, metrics::IntervalKind::kBca}) {
    EXPECT_EQ(
        ReportOf(scores, {.interval = kind, .resamples = 50, .threads = 1})
            .SerializeAsString(),
        ReportOf(scores, {.interval = kind, .resamples = 50, .threads = 3})
            .SerializeAsString());
  }
}

TEST(ClassificationReportTest, NothingToScoreIsAnError) {
  EXPECT_THAT(
      MakeClassificationReport({}, {}),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no scores")));
}

}  // namespace
}  // namespace cxr
