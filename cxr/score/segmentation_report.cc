// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/segmentation_report.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/mask_statistics.h"
#include "cxr/score/segmentation_comparisons.h"
#include "cxr/score/segmentation_groups.h"
#include "cxr/score/segmentation_intervals.h"
#include "cxr/score/segmentation_value.h"
#include "metrics/interval/bootstrap.h"
#include "metrics/segmentation/lungs_and_heart.h"

namespace cxr {
namespace {

using Images = absl::Span<const MaskPairScore>;
using Counts = absl::Span<const int32_t>;

absl::string_view MeaningOf(metrics::EmptyRule rule) {
  switch (rule) {
    case metrics::EmptyRule::kOne:
    case metrics::EmptyRule::kZeroDivision:  // by default
      return "counts as 1";
    case metrics::EmptyRule::kZero:
      return "counts as 0";
    case metrics::EmptyRule::kLeftOut:
      return "is left out";
    case metrics::EmptyRule::kNan:
      return "is NaN";
  }
  return "";
}

// What is missing of a class, if anything is.
std::string MissingNote(Images images, int label, int classes) {
  int64_t no_truth = 0;
  int64_t no_prediction = 0;
  int64_t neither = 0;
  for (const MaskPairScore& image : images) {
    const metrics::ClassCounts& counts = image.counts[label];
    if (counts.truth > 0 && counts.predicted > 0) continue;
    int64_t& which = counts.truth > 0       ? no_prediction
                     : counts.predicted > 0 ? no_truth
                                            : neither;
    ++which;
  }
  const int64_t missing = no_truth + no_prediction + neither;
  if (missing == 0) return "";
  return absl::StrCat(
      MaskClassName(label, classes), ": distances are undefined in ", missing,
      " of ", images.size(), " images and left out: ", no_prediction,
      " without a predicted pixel (image-wise Dice and IoU 0), ", no_truth,
      " without a true one (0), ", neither, " without either (left out)");
}

void AddMissingNotes(Images images, int classes, absl::string_view of,
                     spec::ScoreReport* report) {
  for (int label = 1; label < classes; ++label) {
    const std::string note = MissingNote(images, label, classes);
    if (!note.empty()) report->add_notes(absl::StrCat(of, note));
  }
}

void AddNotes(const SegmentationInput& input, const MaskStatistics& statistics,
              const SegmentationReportOptions& options,
              spec::ScoreReport* report) {
  if (options.classes == metrics::kLungsAndHeartClasses) {
    report->add_notes(
        "four classes are taken for 0 background, 1 left lung, 2 right lung, 3 "
        "heart");
  }
  const metrics::OverlapRule& rule = RuleOf(options.profile);
  if (statistics.empty() > 0) {
    report->add_notes(absl::StrCat(
        rule.name, ": ", statistics.empty(),
        statistics.empty() == 1 ? " fraction has" : " fractions have",
        " neither a predicted nor a true pixel; such a one ",
        MeaningOf(rule.neither)));
  }
  report->add_notes(
      "hd95 and assd are MONAI's, contour_hd95 and contour_distance_... those "
      "of surface-distance (DeepMind): they differ by design; all are in "
      "pixels; means leave infinite distances out, which MONAI would keep");
  if (input.table.patients.empty()) {
    report->add_notes("images are taken as independent");
  }
  AddMissingNotes(input.images, options.classes, "", report);
}

absl::Status AddValues(const SegmentationInput& input,
                       const MaskStatistics& statistics,
                       const SegmentationReportOptions& options,
                       spec::ScoreReport* report) {
  const std::vector<std::string>& patients = input.table.patients;
  CXR_ASSIGN_OR_RETURN(const metrics::ResamplingUnits units,
                       UnitsOfImages(std::ssize(input.images), patients));
  const bool jackknife = options.interval == metrics::IntervalKind::kBca;
  CXR_RETURN_IF_ERROR(CheckWork({.images = std::ssize(input.images),
                                 .statistics = std::ssize(statistics.all()),
                                 .left_out = jackknife ? units.units() : 0},
                                options));
  const auto fill = [&](Counts counts, absl::Span<double> values) {
    statistics.Fill(counts, values);
  };
  CXR_ASSIGN_OR_RETURN(
      const std::vector<metrics::BootstrapEstimate> estimates,
      metrics::Bootstrap(units, ToBootstrapOptions(options), options.interval,
                         {.size = std::ssize(statistics.all()), .fill = fill}));
  SegmentationIntervals intervals(options,
                                  {.kind = options.interval,
                                   .unit = std::string(UnitName(input.table)),
                                   .units = units.units()});
  for (size_t k = 0; k < estimates.size(); ++k) {
    const MaskStatistic& statistic = statistics.all()[k];
    spec::MetricValue* value = report->add_values();
    *value = ToMetricValue(statistic, patients, estimates[k].value);
    if (const auto interval = intervals.Of(statistic, estimates[k])) {
      *value->mutable_interval() = *interval;
    }
  }
  intervals.AddNotes(report);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<spec::ScoreReport> MakeSegmentationReport(
    const SegmentationInput& input, const SegmentationReportOptions& options) {
  CXR_ASSIGN_OR_RETURN(const MaskStatistics statistics,
                       StatisticsOf(input.images, options, /*partner=*/{}));
  spec::ScoreReport report;
  report.set_task("segmentation");
  AddNotes(input, statistics, options, &report);
  CXR_RETURN_IF_ERROR(AddValues(input, statistics, options, &report));
  CXR_RETURN_IF_ERROR(AddSegmentationGroups(input, options, &report));
  if (!input.others.empty()) {
    CXR_RETURN_IF_ERROR(AddSegmentationComparisons(input, options, &report));
    AddMissingNotes(input.others, options.classes, "second: ", &report);
  }
  return report;
}

}  // namespace cxr
