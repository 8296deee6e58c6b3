// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/probability_scores.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>

#include "cxr/base/status_macros.h"
#include "metrics/ranking/brier.h"
#include "metrics/ranking/log_loss.h"

namespace cxr {
namespace {

absl::StatusOr<double> LogLossAs(ProbabilityScores::Type type,
                                 absl::Span<const double> probabilities,
                                 absl::Span<const uint8_t> labels) {
  if (type == ProbabilityScores::Type::kDouble) {
    return metrics::LogLoss(probabilities, labels);
  }
  const std::vector<float> floats(probabilities.begin(), probabilities.end());
  return metrics::LogLoss(absl::MakeConstSpan(floats), labels);
}

// The bin whose lower edge is the last one that is not above.
int32_t BinOf(const std::vector<metrics::ReliabilityBin>& bins,
              double probability) {
  const auto above =
      std::upper_bound(bins.begin(), bins.end(), probability,
                       [](double value, const metrics::ReliabilityBin& bin) {
                         return value < bin.lower;
                       });
  return static_cast<int32_t>(std::distance(bins.begin(), above) - 1);
}

}  // namespace

absl::StatusOr<ProbabilityScores> ProbabilityScores::Create(
    absl::Span<const double> probabilities, absl::Span<const uint8_t> labels,
    Type type) {
  CXR_ASSIGN_OR_RETURN(EqualMassError equal_mass,
                       EqualMassError::Create(probabilities, labels));
  ProbabilityScores scores(std::move(equal_mass));
  scores.values_[3] = scores.equal_mass_.value();
  CXR_ASSIGN_OR_RETURN(scores.values_[0],
                       metrics::BrierScore(probabilities, labels));
  CXR_ASSIGN_OR_RETURN(scores.values_[1],
                       LogLossAs(type, probabilities, labels));
  CXR_ASSIGN_OR_RETURN(
      const std::vector<metrics::ReliabilityBin> bins,
      metrics::EqualWidthReliability(probabilities, labels, kBins));
  scores.values_[2] =
      metrics::CalibrationError(bins, metrics::CalibrationNorm::kMean);
  scores.bins_ = std::ssize(bins);
  for (size_t i = 0; i < probabilities.size(); ++i) {
    const double error = probabilities[i] - labels[i];
    CXR_ASSIGN_OR_RETURN(
        const double log_loss,
        LogLossAs(type, probabilities.subspan(i, 1), labels.subspan(i, 1)));
    scores.rows_.push_back({.probability = probabilities[i],
                            .squared_error = error * error,
                            .log_loss = log_loss,
                            .bin = BinOf(bins, probabilities[i]),
                            .label = labels[i]});
  }
  return scores;
}

void ProbabilityScores::Fill(absl::Span<const int32_t> counts,
                             absl::Span<double> values) const {
  double squared_errors = 0.0;
  double log_losses = 0.0;
  int64_t total = 0;
  // Of each bin, the sum of probability - label.
  std::vector<double> distances(bins_, 0.0);
  for (size_t i = 0; i < rows_.size(); ++i) {
    const Row& row = rows_[i];
    const double count = counts[i];
    squared_errors += count * row.squared_error;
    log_losses += count * row.log_loss;
    distances[row.bin] += count * (row.probability - row.label);
    total += counts[i];
  }
  double distance = 0.0;
  for (const double of_bin : distances) distance += std::abs(of_bin);
  const double rows = static_cast<double>(total);
  values[0] = squared_errors / rows;
  values[1] = log_losses / rows;
  values[2] = distance / rows;
  values[3] = equal_mass_.On(counts);
}

}  // namespace cxr
