// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/target_plots.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/string_view.h"
#include "cxr/base/status_macros.h"
#include "metrics/interval/proportion.h"
#include "metrics/ranking/calibration.h"
#include "metrics/ranking/curve.h"
#include "metrics/ranking/operating_point.h"
#include "metrics/ranking/threshold_counts.h"
#include "reports/plot.h"

namespace cxr::reports {
namespace {

constexpr auto kPoints = metrics::CurvePoints::kDropIntermediate;
constexpr int kReliabilityBins = 10;
constexpr double kConfidence = 0.95;
// Of the second operating point; the rest is Youden's.
constexpr double kSpecificity = 0.9;

OperatingRow RowOf(absl::string_view name,
                   const metrics::OperatingPoint& point) {
  return {.name = std::string(name),
          .threshold = point.threshold,
          .sensitivity = point.confusion.Sensitivity(),
          .specificity = point.confusion.Specificity(),
          .precision = point.confusion.PositivePredictiveValue()};
}

std::string RocPlot(const metrics::ThresholdCounts& counts,
                    const std::vector<OperatingRow>& rows) {
  Plot plot{.title = "ROC",
            .x_label = "1 - specificity",
            .y_label = "sensitivity",
            .reference = {{0, 0}, {1, 1}}};
  for (const metrics::RocPoint& point : metrics::RocCurve(counts, kPoints)) {
    plot.line.push_back({point.false_positive_rate, point.true_positive_rate});
  }
  for (const OperatingRow& row : rows) {
    plot.rings.push_back({1.0 - row.specificity, row.sensitivity});
  }
  return ToSvg(plot);
}

// In steps: precision between two thresholds is that of the lower one, as in an
// average precision.
std::string PrecisionRecallPlot(const metrics::ThresholdCounts& counts,
                                const std::vector<OperatingRow>& rows) {
  const double prevalence =
      static_cast<double>(counts.positives) /
      static_cast<double>(counts.positives + counts.negatives);
  Plot plot{.title = "Precision and recall",
            .x_label = "recall (sensitivity)",
            .y_label = "precision",
            .reference = {{0, prevalence}, {1, prevalence}}};
  for (const metrics::PrecisionRecallPoint& point :
       metrics::PrecisionRecallCurve(counts, kPoints)) {
    if (!plot.line.empty()) {
      plot.line.push_back({point.recall, plot.line.back().y});
    }
    plot.line.push_back({point.recall, point.precision});
  }
  for (const OperatingRow& row : rows) {
    if (row.sensitivity > 0.0) {
      plot.rings.push_back({row.sensitivity, row.precision});
    }
  }
  return ToSvg(plot);
}

absl::StatusOr<std::string> ReliabilityPlot(
    absl::Span<const double> probabilities, absl::Span<const uint8_t> labels) {
  CXR_ASSIGN_OR_RETURN(
      const std::vector<metrics::ReliabilityBin> bins,
      metrics::EqualMassReliability(probabilities, labels, kReliabilityBins));
  Plot plot{.title = "Reliability",
            .x_label = "mean probability that was predicted",
            .y_label = "share of positives"};
  double largest = 0.0;
  for (const metrics::ReliabilityBin& bin : bins) {
    if (bin.count == 0) continue;
    CXR_ASSIGN_OR_RETURN(
        const metrics::Bounds bounds,
        metrics::WilsonBounds(bin.positives, bin.count, kConfidence));
    plot.dots.push_back({.at = {bin.mean_probability, bin.positive_fraction},
                         .low = bounds.low,
                         .high = bounds.high});
    largest = std::max({largest, bin.mean_probability, bounds.high});
  }
  plot.limit = PlotLimit(largest);
  plot.reference = {{0, 0}, {plot.limit, plot.limit}};
  return ToSvg(plot);
}

}  // namespace

absl::StatusOr<TargetPlots> MakeTargetPlots(
    absl::Span<const double> probabilities, absl::Span<const uint8_t> labels) {
  TargetPlots plots;
  CXR_ASSIGN_OR_RETURN(plots.reliability,
                       ReliabilityPlot(probabilities, labels));
  CXR_ASSIGN_OR_RETURN(const metrics::ThresholdCounts counts,
                       metrics::CountAtThresholds(probabilities, labels));
  if (counts.positives == 0 || counts.negatives == 0) return plots;
  CXR_ASSIGN_OR_RETURN(const metrics::OperatingPoint youden,
                       metrics::LargestYoudenJ(counts));
  CXR_ASSIGN_OR_RETURN(const metrics::OperatingPoint specific,
                       metrics::SensitivityAtSpecificity(counts, kSpecificity));
  plots.points = {RowOf("largest Youden's J", youden),
                  RowOf("specificity of 90 % or more", specific)};
  plots.roc = RocPlot(counts, plots.points);
  plots.precision_recall = PrecisionRecallPlot(counts, plots.points);
  return plots;
}

}  // namespace cxr::reports
