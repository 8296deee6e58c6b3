// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/equal_mass_error.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "cxr/base/status_macros.h"
#include "metrics/ranking/calibration.h"

namespace cxr {

absl::StatusOr<EqualMassError> EqualMassError::Create(
    absl::Span<const double> probabilities, absl::Span<const uint8_t> labels) {
  CXR_ASSIGN_OR_RETURN(
      const std::vector<metrics::ReliabilityBin> bins,
      metrics::EqualMassReliability(probabilities, labels, kBins));
  EqualMassError error;
  error.value_ =
      metrics::CalibrationError(bins, metrics::CalibrationNorm::kMean);
  for (size_t i = 0; i < probabilities.size(); ++i) {
    error.rows_.push_back({.probability = probabilities[i],
                           .place = static_cast<int32_t>(i),
                           .label = labels[i]});
  }
  std::sort(
      error.rows_.begin(), error.rows_.end(),
      [](const Row& a, const Row& b) { return a.probability < b.probability; });
  return error;
}

std::vector<double> EqualMassError::InnerEdges(
    absl::Span<const int64_t> ends) const {
  const int64_t last = ends.back() - 1;
  const auto at = [&](int64_t number) {
    const auto row = std::upper_bound(ends.begin(), ends.end(), number);
    return rows_[row - ends.begin()].probability;
  };
  std::vector<double> edges;
  for (int k = 1; k < kBins; ++k) {
    // As numpy.percentile does of numpy.linspace(0, 1, kBins + 1).
    const double fraction = k * (1.0 / kBins) * 100.0 / 100.0;
    const double place = fraction * static_cast<double>(last);
    const auto below = static_cast<int64_t>(std::floor(place));
    const double low = at(below);
    const double high = at(std::min(below + 1, last));
    const double weight = place - static_cast<double>(below);
    edges.push_back(weight < 0.5 ? low + (high - low) * weight
                                 : high - (high - low) * (1.0 - weight));
  }
  return edges;
}

double EqualMassError::On(absl::Span<const int32_t> counts) const {
  std::vector<int64_t> ends;
  ends.reserve(rows_.size());
  int64_t total = 0;
  for (const Row& row : rows_) ends.push_back(total += counts[row.place]);
  if (total == 0) return std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> edges = InnerEdges(ends);
  double distance = 0.0;
  double of_bin = 0.0;  // the sum of probability - label
  size_t bin = 0;
  for (const Row& row : rows_) {
    // A bin has its upper edge.
    while (bin < edges.size() && edges[bin] < row.probability) {
      distance += std::abs(of_bin);
      of_bin = 0.0;
      ++bin;
    }
    of_bin += counts[row.place] * (row.probability - row.label);
  }
  return (distance + std::abs(of_bin)) / static_cast<double>(total);
}

}  // namespace cxr
