// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/operating_rates.h"

#include <cstddef>
#include <limits>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/status_macros.h"
#include "metrics/ranking/operating_point.h"
#include "metrics/ranking/threshold_counts.h"

namespace cxr {
namespace {

constexpr double kSpecificity = 0.9;

// The rows with `label` at a threshold.
OperatingRate RateAt(double threshold, int label,
                     absl::Span<const double> scores,
                     absl::Span<const uint8_t> labels) {
  OperatingRate rate;
  for (size_t i = 0; i < scores.size(); ++i) {
    if (labels[i] != label) continue;
    const bool right = (scores[i] >= threshold) == (label == 1);
    (right ? rate.right : rate.wrong).push_back(static_cast<int32_t>(i));
  }
  return rate;
}

int64_t Sum(absl::Span<const int32_t> counts,
            const std::vector<int32_t>& rows) {
  int64_t sum = 0;
  for (const int32_t row : rows) sum += counts[row];
  return sum;
}

}  // namespace

double OperatingRate::On(absl::Span<const int32_t> counts) const {
  const int64_t right_here = Sum(counts, right);
  const int64_t rows_here = right_here + Sum(counts, wrong);
  return rows_here == 0
             ? std::numeric_limits<double>::quiet_NaN()
             : static_cast<double>(right_here) / static_cast<double>(rows_here);
}

absl::StatusOr<OperatingRates> FindOperatingRates(
    absl::Span<const double> scores, absl::Span<const uint8_t> labels,
    std::optional<double> at_sensitivity) {
  CXR_ASSIGN_OR_RETURN(const metrics::ThresholdCounts counts,
                       metrics::CountAtThresholds(scores, labels));
  OperatingRates found;
  if (counts.positives == 0 || counts.negatives == 0) return found;
  CXR_ASSIGN_OR_RETURN(const metrics::OperatingPoint youden,
                       metrics::LargestYoudenJ(counts));
  CXR_ASSIGN_OR_RETURN(const metrics::OperatingPoint specific,
                       metrics::SensitivityAtSpecificity(counts, kSpecificity));
  found.thresholds = {{"youden_threshold", youden.threshold},
                      {"threshold_at_specificity_0.9", specific.threshold}};
  const auto add = [&](absl::string_view name, double threshold, int label) {
    found.rates.push_back(RateAt(threshold, label, scores, labels));
    found.rates.back().name = std::string(name);
  };
  add("sensitivity_at_youden", youden.threshold, 1);
  add("specificity_at_youden", youden.threshold, 0);
  add("sensitivity_at_specificity_0.9", specific.threshold, 1);
  if (!at_sensitivity.has_value()) return found;
  CXR_ASSIGN_OR_RETURN(
      const metrics::OperatingPoint sensitive,
      metrics::SpecificityAtSensitivity(counts, *at_sensitivity));
  const std::string name = absl::StrCat("at_sensitivity_", *at_sensitivity);
  found.thresholds.push_back(
      {absl::StrCat("threshold_", name), sensitive.threshold});
  add(absl::StrCat("specificity_", name), sensitive.threshold, 0);
  return found;
}

}  // namespace cxr
