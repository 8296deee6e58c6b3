// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/classification_report.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/group_values.h"
#include "cxr/score/interval_notes.h"
#include "cxr/score/operating_rates.h"
#include "cxr/score/probability_scores.h"
#include "cxr/score/ranked_averages.h"
#include "cxr/score/ranked_targets.h"
#include "cxr/score/score_comparisons.h"
#include "cxr/score/undefined_resamples.h"
#include "metrics/interval/delong.h"
#include "metrics/interval/proportion.h"

namespace cxr {
namespace {

using Counts = absl::Span<const int32_t>;

// Everything that is computed on every resample: ranked targets, averages, then
// of each class its probabilities' scores, and rates if rows depend on each
// other.
class AllStatistics {
 public:
  static absl::StatusOr<AllStatistics> Create(const LabelledScores& scores,
                                              const ReportOptions& options) {
    const spec::ScorerProfile profile = options.profile;
    CXR_ASSIGN_OR_RETURN(RankedTargets targets,
                         RankedTargets::Create(scores, profile));
    CXR_ASSIGN_OR_RETURN(RankedAverages averages,
                         RankedAverages::Create(scores, profile));
    AllStatistics all(std::move(targets), std::move(averages));
    all.resamples_rates_ = !RowsAreIndependent(scores);
    all.ranked_ = ProfileScores(scores.scores, profile);
    const std::vector<std::vector<double>>& ranked = all.ranked_;
    const bool probabilities = IsFloat32(profile) || scores.outside.empty();
    for (size_t k = 0; k < ranked.size(); ++k) {
      if (probabilities) {
        CXR_ASSIGN_OR_RETURN(
            ProbabilityScores of_class,
            ProbabilityScores::Create(ranked[k], scores.labels[k],
                                      IsFloat32(profile)
                                          ? ProbabilityScores::Type::kFloat
                                          : ProbabilityScores::Type::kDouble));
        all.probabilities_.push_back(std::move(of_class));
      }
      CXR_ASSIGN_OR_RETURN(OperatingRates rates,
                           FindOperatingRates(ranked[k], scores.labels[k],
                                              options.at_sensitivity));
      all.rates_.push_back(std::move(rates));
    }
    return all;
  }

  // Scores (targets, rows) as the profile ranks them.
  const std::vector<std::vector<double>>& ranked() const { return ranked_; }
  const RankedTargets& targets() const { return targets_; }
  const RankedAverages& averages() const { return averages_; }
  // A class each; empty if scores are no probabilities.
  const std::vector<ProbabilityScores>& probabilities() const {
    return probabilities_;
  }
  const OperatingRates& rates(int64_t target) const { return rates_[target]; }

  // Where the values of each part begin.
  int64_t averages_begin() const { return targets_.statistics(); }
  int64_t probabilities_begin() const {
    return averages_begin() + RankedAverages::kStatistics;
  }
  int64_t rates_begin() const {
    return probabilities_begin() +
           std::ssize(probabilities_) * ProbabilityScores::kStatistics;
  }
  int64_t size() const {
    int64_t size = rates_begin();
    if (!resamples_rates_) return size;
    for (const OperatingRates& rates : rates_) size += std::ssize(rates.rates);
    return size;
  }

  void Fill(Counts counts, absl::Span<double> values) const {
    const absl::Span<double> ranked = values.subspan(0, averages_begin());
    targets_.Fill(counts, ranked);
    averages_.Fill(
        counts, ranked,
        values.subspan(averages_begin(), RankedAverages::kStatistics));
    int64_t next = probabilities_begin();
    for (const ProbabilityScores& of_class : probabilities_) {
      of_class.Fill(counts,
                    values.subspan(next, ProbabilityScores::kStatistics));
      next += ProbabilityScores::kStatistics;
    }
    if (!resamples_rates_) return;
    for (const OperatingRates& rates : rates_) {
      for (const OperatingRate& rate : rates.rates) {
        values[next++] = rate.On(counts);
      }
    }
  }

 private:
  AllStatistics(RankedTargets targets, RankedAverages averages)
      : targets_(std::move(targets)), averages_(std::move(averages)) {}

  std::vector<std::vector<double>> ranked_;
  RankedTargets targets_;
  RankedAverages averages_;
  std::vector<ProbabilityScores> probabilities_;
  std::vector<OperatingRates> rates_;
  bool resamples_rates_ = false;  // independent rows have Wilson's interval
};

// Whether any interval rests on a part of the resamples only.
bool LeavesOut(const spec::ScoreReport& report) {
  bool found = false;
  for (const spec::MetricValue& value : report.values()) {
    found = found || SaysLeftOut(value.interval().kind());
  }
  for (const spec::GroupValue& group : report.groups()) {
    found = found || SaysLeftOut(group.value().interval().kind()) ||
            SaysLeftOut(group.difference_interval().kind());
  }
  for (const spec::ScoreComparison& row : report.comparisons()) {
    found = found || SaysLeftOut(row.interval().kind());
  }
  return found;
}

class Reporter {
 public:
  Reporter(const LabelledScores& scores, const ReportOptions& options,
           AllStatistics statistics)
      : scores_(scores),
        options_(options),
        statistics_(std::move(statistics)),
        targets_(statistics_.targets()),
        patients_(CountPatients(scores)),
        independent_(RowsAreIndependent(scores)) {}

  absl::StatusOr<spec::ScoreReport> Make() {
    report_.set_task("classification");
    CXR_RETURN_IF_ERROR(
        CheckWork(scores_, options_, statistics_.size(), /*copies=*/1));
    CXR_RETURN_IF_ERROR(Resample());
    for (const RankMetric metric : kRankMetrics) {
      CXR_RETURN_IF_ERROR(AddRanking(metric));
    }
    AddProbabilities();
    CXR_RETURN_IF_ERROR(AddRates());
    AddNotes();
    CXR_RETURN_IF_ERROR(AddGroupValues(scores_, targets_, options_, &report_));
    if (!scores_.other_scores.empty()) {
      CXR_RETURN_IF_ERROR(AddComparisons(scores_, options_, &report_));
    }
    AddIntervalNotes();
    return std::move(report_);
  }

 private:
  absl::Status Resample() {
    CXR_ASSIGN_OR_RETURN(const metrics::ResamplingUnits units,
                         UnitsOf(scores_));
    units_ = units.units();
    small_strata_ = SmallStrataNote(scores_, units);
    const auto fill = [&](Counts counts, absl::Span<double> values) {
      statistics_.Fill(counts, values);
    };
    CXR_ASSIGN_OR_RETURN(
        estimates_, metrics::Bootstrap(
                        units, ToBootstrapOptions(options_), options_.interval,
                        {.size = statistics_.size(), .fill = fill}));
    return absl::OkStatus();
  }

  // Adds a value with no interval yet.
  spec::MetricValue* Add(absl::string_view metric, absl::string_view target,
                         int64_t positives, double value) {
    spec::MetricValue* result = report_.add_values();
    result->set_metric(std::string(metric));
    result->set_target(std::string(target));
    result->set_value(value);
    result->set_images(scores_.images);
    if (patients_ > 0) result->set_patients(patients_);
    result->set_positives(positives);
    result->set_profile(spec::ScorerProfile_Name(options_.profile));
    return result;
  }

  spec::MetricValue* AddOfClass(absl::string_view metric, int64_t k,
                                double value) {
    return Add(metric, targets_.name(k), targets_.column(k).positives(), value);
  }

  void SetBootstrap(int64_t place, spec::MetricValue* value) const {
    if (std::isnan(value->value())) return;
    const std::optional<spec::Interval> interval = ToInterval(
        options_, options_.interval, scores_, estimates_[place].interval);
    if (interval.has_value()) *value->mutable_interval() = *interval;
  }

  absl::Status AddRanking(RankMetric metric) {
    const absl::string_view name = NameOf(metric);
    for (int64_t k = 0; k < targets_.size(); ++k) {
      SetBootstrap(targets_.Place(metric, k),
                   AddOfClass(name, k, targets_.ProfileValue(metric, k)));
      if (metric == RankMetric::kAuroc && independent_) {
        CXR_RETURN_IF_ERROR(AddDelong(k));
      }
    }
    const RankedAverages& averages = statistics_.averages();
    const int64_t begin = statistics_.averages_begin();
    const int64_t positives = targets_.positives();
    SetBootstrap(targets_.MacroPlace(metric),
                 Add(name, "macro", positives, targets_.Macro(metric)));
    SetBootstrap(begin + RankedAverages::MicroPlace(metric),
                 Add(name, "micro", positives, averages.Micro(metric)));
    SetBootstrap(begin + RankedAverages::WeightedPlace(metric),
                 Add(name, "weighted", positives, averages.Weighted(metric)));
    return absl::OkStatus();
  }

  absl::Status AddDelong(int64_t k) {
    CXR_ASSIGN_OR_RETURN(
        const metrics::DelongAurocs aurocs,
        metrics::Delong({statistics_.ranked()[k]}, scores_.labels[k]));
    const metrics::Bounds bounds = metrics::DelongBounds(
        aurocs, 0, options_.confidence, metrics::AurocRange::kClipped);
    if (std::isnan(bounds.low)) return absl::OkStatus();
    SetBounds(bounds, "DeLong, cut off at 0 and 1",
              AddOfClass(NameOf(RankMetric::kAuroc), k,
                         targets_.ProfileValue(RankMetric::kAuroc, k)));
    return absl::OkStatus();
  }

  void SetBounds(const metrics::Bounds& bounds, absl::string_view name,
                 spec::MetricValue* value) const {
    value->mutable_interval()->set_low(bounds.low);
    value->mutable_interval()->set_high(bounds.high);
    value->mutable_interval()->set_kind(NamedKind(options_.confidence, name));
  }

  void AddProbabilities() {
    const std::vector<ProbabilityScores>& all = statistics_.probabilities();
    for (int64_t s = 0; s < ProbabilityScores::kStatistics; ++s) {
      for (size_t k = 0; k < all.size(); ++k) {
        SetBootstrap(
            statistics_.probabilities_begin() +
                static_cast<int64_t>(k) * ProbabilityScores::kStatistics + s,
            AddOfClass(ProbabilityScores::kNames[s], static_cast<int64_t>(k),
                       all[k].values()[s]));
      }
    }
  }

  absl::Status AddRates() {
    int64_t place = statistics_.rates_begin();
    for (int64_t k = 0; k < targets_.size(); ++k) {
      const OperatingRates& rates = statistics_.rates(k);
      for (const OperatingThreshold& threshold : rates.thresholds) {
        AddOfClass(threshold.name, k, threshold.threshold);
      }
      for (const OperatingRate& rate : rates.rates) {
        CXR_RETURN_IF_ERROR(
            SetRate(rate, place++, AddOfClass(rate.name, k, rate.value())));
      }
    }
    return absl::OkStatus();
  }

  absl::Status SetRate(const OperatingRate& rate, int64_t place,
                       spec::MetricValue* value) const {
    if (!independent_) {
      SetBootstrap(place, value);
      return absl::OkStatus();
    }
    CXR_ASSIGN_OR_RETURN(
        const metrics::Bounds bounds,
        metrics::WilsonBounds(std::ssize(rate.right), rate.rows(),
                              options_.confidence));
    SetBounds(bounds, "Wilson, the threshold taken as given", value);
    return absl::OkStatus();
  }

  void AddNotes() {
    for (int64_t k = 0; k < targets_.size(); ++k) {
      if (targets_.HasBothClasses(k)) continue;
      report_.add_notes(absl::StrCat(
          targets_.name(k), ": all labels are ",
          targets_.column(k).positives() > 0 ? 1 : 0,
          ": AUROC and AP as the profile has them, no interval for them"));
    }
    if (statistics_.probabilities().empty()) {
      report_.add_notes(
          absl::StrCat("no brier, log_loss, ece: scores are no probabilities (",
                       scores_.outside, ", expected 0 to 1)"));
    } else {
      report_.add_notes(
          "ece: mean over 15 bins of equal width, as torchmetrics 1.9; "
          "ece_equal_mass: over 15 of equally many rows, as scikit-learn's "
          "quantile bins; resamples have larger ones than the rows, so that "
          "percentile intervals of both lie rather high");
    }
    if (options_.profile == spec::CXFORMER_FINETUNE &&
        scores_.outside.empty()) {
      report_.add_notes(
          "all scores are in [0, 1], but this profile takes logits and puts "
          "them through a sigmoid");
    }
    if (HasThresholds()) {
      report_.add_notes(
          "thresholds were chosen on these rows, so rates there are rather too "
          "good");
    }
    const std::string level = LevelNote(scores_);
    if (!level.empty()) report_.add_notes(level);
  }

  bool HasThresholds() const {
    for (int64_t k = 0; k < targets_.size(); ++k) {
      if (!statistics_.rates(k).thresholds.empty()) return true;
    }
    return false;
  }

  // What is to be said of intervals, once all are there.
  void AddIntervalNotes() {
    if (!small_strata_.empty()) report_.add_notes(small_strata_);
    if (LeavesOut(report_)) report_.add_notes(std::string(LeftOutNote()));
    AddNoWidthNotes({.units = units_, .resamples = options_.resamples},
                    &report_);
    AddBeyondNote([](absl::string_view metric) { return metric != "log_loss"; },
                  &report_);
  }

  const LabelledScores& scores_;
  const ReportOptions& options_;
  const AllStatistics statistics_;
  const RankedTargets& targets_;
  const int64_t patients_;
  const bool independent_;
  std::vector<metrics::BootstrapEstimate> estimates_;
  int64_t units_ = 0;         // rows or patients that are drawn
  std::string small_strata_;  // a note, maybe none
  spec::ScoreReport report_;
};

}  // namespace

absl::StatusOr<spec::ScoreReport> MakeClassificationReport(
    const LabelledScores& scores, const ReportOptions& options) {
  if (scores.ids.empty() || scores.classes.empty()) {
    return absl::InvalidArgumentError("there are no scores");
  }
  CXR_ASSIGN_OR_RETURN(AllStatistics statistics,
                       AllStatistics::Create(scores, options));
  return Reporter(scores, options, std::move(statistics)).Make();
}

}  // namespace cxr
