// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/seed_report.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/interval_notes.h"
#include "cxr/score/ranked_targets.h"
#include "cxr/score/undefined_resamples.h"
#include "metrics/interval/hierarchical.h"
#include "metrics/interval/seed_interval.h"

namespace cxr {
namespace {

using Counts = absl::Span<const int32_t>;

class SeedReporter {
 public:
  SeedReporter(const LabelledScores& scores, const ReportOptions& options,
               metrics::ResamplingUnits units, std::vector<RankedTargets> runs)
      : scores_(scores),
        options_(options),
        units_(std::move(units)),
        runs_(std::move(runs)) {}

  absl::StatusOr<spec::ScoreReport> Make() {
    report_.set_task("classification");
    for (const RankMetric metric : kRankMetrics) {
      for (int64_t k = 0; k <= runs_[0].size(); ++k) {
        CXR_RETURN_IF_ERROR(Add(metric, k));
      }
    }
    AddNotes();
    return std::move(report_);
  }

 private:
  bool IsMacro(int64_t target) const { return target == runs_[0].size(); }

  // Adds one metric of one target, or of their mean behind the last.
  absl::Status Add(RankMetric metric, int64_t target) {
    spec::SeedValue* result = report_.add_seeds();
    SetCounts(metric, target, result->mutable_mean());
    for (const RankedTargets& run : runs_) {
      result->add_runs(IsMacro(target) ? run.Macro(metric)
                                       : run.ProfileValue(metric, target));
    }
    CXR_ASSIGN_OR_RETURN(
        const metrics::SeedInterval seeds,
        metrics::MakeSeedInterval(result->runs(), options_.confidence));
    result->mutable_mean()->set_value(seeds.mean);
    result->set_standard_deviation(seeds.standard_deviation);
    if (std::isnan(seeds.mean)) return absl::OkStatus();
    SetBounds(seeds.bounds, "Student's t, of the mean of runs on these images",
              result->mutable_mean_interval());
    SetBounds(seeds.prediction, "Student's t, of one more run on these images",
              result->mutable_prediction());
    return AddBootstrap(metric, target, result);
  }

  void SetCounts(RankMetric metric, int64_t target, spec::MetricValue* value) {
    const RankedTargets& run = runs_[0];
    value->set_metric(std::string(NameOf(metric)));
    value->set_target(IsMacro(target) ? "macro" : run.name(target));
    value->set_images(scores_.images);
    if (!scores_.patients.empty()) value->set_patients(CountPatients(scores_));
    value->set_positives(IsMacro(target) ? run.positives()
                                         : run.column(target).positives());
    value->set_profile(spec::ScorerProfile_Name(options_.profile));
  }

  void SetBounds(const metrics::Bounds& bounds, absl::string_view name,
                 spec::Interval* interval) const {
    interval->set_low(bounds.low);
    interval->set_high(bounds.high);
    interval->set_kind(NamedKind(options_.confidence, name));
  }

  absl::Status AddBootstrap(RankMetric metric, int64_t target,
                            spec::SeedValue* result) {
    const auto statistic = [&](int64_t seed, Counts counts) {
      return IsMacro(target) ? runs_[seed].Macro(metric, counts)
                             : runs_[seed].Value(metric, target, counts);
    };
    const auto count = std::ssize(runs_);
    CXR_ASSIGN_OR_RETURN(
        const metrics::HierarchicalEstimate estimate,
        metrics::HierarchicalBootstrap(units_, ToBootstrapOptions(options_),
                                       {.seeds = count}, statistic));
    const auto interval =
        DefinedInterval(estimate.interval, options_.resamples,
                        absl::StrCat(BootstrapKind(options_, options_.interval,
                                                   scores_, estimate.interval),
                                     ", and of the ", count, " runs"));
    if (!interval.has_value()) return absl::OkStatus();
    *result->mutable_mean()->mutable_interval() = *interval;
    const double runs = static_cast<double>(count);
    result->set_run_standard_error(
        std::sqrt(estimate.seed_variance * runs / (runs - 1.0)));
    if (std::isnan(estimate.example_variance)) return absl::OkStatus();
    result->set_image_standard_error(std::sqrt(estimate.example_variance));
    return absl::OkStatus();
  }

  void AddNotes() {
    bool left_out = false;
    for (const spec::SeedValue& value : report_.seeds()) {
      left_out = left_out || SaysLeftOut(value.mean().interval().kind());
    }
    for (int64_t k = 0; k < runs_[0].size(); ++k) {
      if (runs_[0].HasBothClasses(k)) continue;
      report_.add_notes(absl::StrCat(
          runs_[0].name(k), ": all labels are ",
          runs_[0].column(k).positives() > 0 ? 1 : 0,
          ": AUROC and AP as the profile has them, no bootstrap interval"));
    }
    report_.add_notes(
        "Student's t takes runs for independent and normally distributed and "
        "may leave 0 to 1; it knows nothing of other images, the bootstrap of "
        "runs and images does");
    const std::string level = LevelNote(scores_);
    if (!level.empty()) report_.add_notes(level);
    const std::string small_strata = SmallStrataNote(scores_, units_);
    if (!small_strata.empty()) report_.add_notes(small_strata);
    if (left_out) report_.add_notes(std::string(LeftOutNote()));
    AddNoWidthNotes({.units = units_.units(), .resamples = options_.resamples},
                    &report_);
  }

  const LabelledScores& scores_;
  const ReportOptions& options_;
  const metrics::ResamplingUnits units_;
  const std::vector<RankedTargets> runs_;
  spec::ScoreReport report_;
};

absl::Status CheckOptions(const LabelledScores& scores,
                          const ReportOptions& options) {
  if (scores.ids.empty() || scores.classes.empty()) {
    return absl::InvalidArgumentError("there are no scores");
  }
  if (scores.other_runs.empty()) {
    return absl::InvalidArgumentError("found 1 run, expected 2 or more");
  }
  if (!scores.other_scores.empty() || !scores.groups.empty()) {
    return absl::InvalidArgumentError(
        "several runs: found a second system or groups, expected neither");
  }
  if (options.interval != metrics::IntervalKind::kPercentile) {
    return absl::InvalidArgumentError(
        "several runs have percentile intervals only");
  }
  // Each class twice a run and metric: for itself and in the mean.
  const int64_t runs = 1 + std::ssize(scores.other_runs);
  return CheckWork(scores, options, /*statistics=*/1 + runs,
                   /*copies=*/2 * std::ssize(kRankMetrics) * runs);
}

}  // namespace

absl::StatusOr<spec::ScoreReport> MakeSeedReport(const LabelledScores& scores,
                                                 const ReportOptions& options) {
  CXR_RETURN_IF_ERROR(CheckOptions(scores, options));
  CXR_ASSIGN_OR_RETURN(metrics::ResamplingUnits units, UnitsOf(scores));
  std::vector<RankedTargets> runs;
  CXR_ASSIGN_OR_RETURN(RankedTargets first,
                       RankedTargets::Create(scores, options.profile));
  runs.push_back(std::move(first));
  for (const std::vector<std::vector<double>>& run : scores.other_runs) {
    CXR_ASSIGN_OR_RETURN(
        RankedTargets targets,
        RankedTargets::CreateRanked(scores.classes,
                                    ProfileScores(run, options.profile),
                                    scores.labels, options.profile));
    runs.push_back(std::move(targets));
  }
  return SeedReporter(scores, options, std::move(units), std::move(runs))
      .Make();
}

}  // namespace cxr
