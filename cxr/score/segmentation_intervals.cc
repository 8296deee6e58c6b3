// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/segmentation_intervals.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/score/generator_kind.h"
#include "cxr/score/interval_kind.h"
#include "cxr/score/report_options.h"

namespace cxr {
namespace {

// Of values that were summed in different order.
constexpr double kRounding = 1e-12;

// "dice (left lung, heart), hd95 (mean)".
std::string Listed(const std::map<std::string, std::vector<std::string>>& all) {
  return absl::StrJoin(all, ", ", [](std::string* text, const auto& metric) {
    absl::StrAppend(text, metric.first, " (",
                    absl::StrJoin(metric.second, ", "), ")");
  });
}

}  // namespace

bool IsDegenerate(const metrics::BootstrapEstimate& estimate) {
  if (estimate.interval.resamples < 2) return true;
  const double scale = std::max(1.0, std::abs(estimate.value));
  return estimate.standard_error <= kRounding * scale;
}

std::optional<spec::Interval> SegmentationIntervals::Of(
    const MaskStatistic& statistic,
    const metrics::BootstrapEstimate& estimate) {
  ++asked_;
  if (std::isnan(estimate.value)) return std::nullopt;
  if (estimate.interval.resamples > 0 && IsDegenerate(estimate)) {
    ++equal_values_;
    equal_[statistic.metric].push_back(statistic.target);
    return std::nullopt;
  }
  return Defined(statistic, estimate);
}

std::optional<spec::Interval> SegmentationIntervals::OfDifference(
    const MaskStatistic& statistic, const metrics::BootstrapEstimate& group,
    const metrics::BootstrapEstimate& rest,
    const metrics::BootstrapEstimate& difference) {
  // What is to be said of the group's own interval is said there.
  if (std::isnan(difference.value) || IsDegenerate(group)) return std::nullopt;
  if (IsDegenerate(rest) || IsDegenerate(difference)) {
    equal_difference_[statistic.metric].push_back(statistic.target);
    return std::nullopt;
  }
  return Defined(statistic, difference);
}

std::optional<spec::Interval> SegmentationIntervals::Defined(
    const MaskStatistic& statistic,
    const metrics::BootstrapEstimate& estimate) {
  std::optional<spec::Interval> interval = DefinedInterval(
      estimate.interval, report_.resamples, Kind(estimate.interval));
  if (!interval.has_value()) {
    undefined_[statistic.metric].push_back(statistic.target);
  }
  return interval;
}

std::string SegmentationIntervals::Kind(
    const metrics::BootstrapInterval& interval) const {
  std::string kind =
      NamedKind(report_.confidence,
                absl::StrCat(IntervalKindText(options_.kind), " bootstrap, ",
                             report_.resamples, " resamples of ", options_.unit,
                             "s, seed ", report_.seed, ", ",
                             GeneratorText(report_.generator)));
  if (interval.resamples < report_.resamples) {
    absl::StrAppend(&kind, ", ", interval.resamples, " of them defined");
  }
  return kind;
}

void SegmentationIntervals::AddNotes(spec::ScoreReport* report) const {
  if (options_.units == 1) {
    report->add_notes(absl::StrCat(options_.where, "no intervals: of one ",
                                   options_.unit,
                                   " only, all resamples are the same"));
    return;
  }
  if (report_.resamples == 1) {
    report->add_notes(absl::StrCat(
        options_.where,
        "no intervals: one resample does not show how values vary"));
    return;
  }
  if (!equal_.empty() && equal_values_ == asked_) {
    report->add_notes(absl::StrCat(
        options_.where,
        "no intervals, as all resamples give the same values, which does not "
        "make them certain"));
  } else if (!equal_.empty()) {
    report->add_notes(
        absl::StrCat(options_.where,
                     "no interval, as all resamples give the same value, "
                     "which does not make it certain: ",
                     Listed(equal_)));
  }
  if (!undefined_.empty()) {
    report->add_notes(
        absl::StrCat(options_.where,
                     "no interval, as this kind is undefined or less than "
                     "one resample in a hundred defines the value: ",
                     Listed(undefined_)));
  }
  if (!equal_difference_.empty()) {
    report->add_notes(
        absl::StrCat(options_.where,
                     "no interval of the difference, as all resamples give "
                     "it or the rest the same value: ",
                     Listed(equal_difference_)));
  }
}

}  // namespace cxr
