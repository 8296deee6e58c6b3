// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/calibration.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "metrics/ranking/probabilities.h"
#include "metrics/require.h"

namespace cxr::metrics {
namespace {

constexpr int kMostBins = 1000000;

absl::Status CheckBins(int bins) {
  if (bins >= 1 && bins <= kMostBins) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("bins: ", bins, ", expected 1 to ", kMostBins));
}

// numpy.linspace(0, 1, bins + 1)
std::vector<double> NumpyEdges(int bins) {
  const double step = 1.0 / bins;
  std::vector<double> edges;
  for (int k = 0; k < bins; ++k) edges.push_back(k * step);
  edges.push_back(1.0);
  return edges;
}

// torch.linspace(0, 1, bins + 1): the upper half is counted from the end.
std::vector<double> TorchEdges(int bins) {
  const float step = 1.0f / static_cast<float>(bins);
  const int halfway = (bins + 1) / 2;
  std::vector<double> edges;
  for (int k = 0; k <= bins; ++k) {
    edges.push_back(k < halfway ? step * static_cast<float>(k)
                                : 1.0f - step * static_cast<float>(bins - k));
  }
  return edges;
}

// The bin (lower edge, upper edge] that holds a number, the first and the last
// being open-ended. Needs at least two edges.
size_t BinWithUpperEdge(const std::vector<double>& edges, double number) {
  const auto inner_begin = edges.begin() + 1;
  return std::lower_bound(inner_begin, edges.end() - 1, number) - inner_begin;
}

// numpy.percentile(sorted, 100 * fraction), interpolated from the nearer side
// as numpy does.
double Quantile(const std::vector<double>& sorted, double fraction) {
  const double place = fraction * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<size_t>(std::floor(place));
  const size_t above = std::min(below + 1, sorted.size() - 1);
  const double weight = place - static_cast<double>(below);
  const double step = sorted[above] - sorted[below];
  return weight < 0.5 ? sorted[below] + step * weight
                      : sorted[above] - step * (1.0 - weight);
}

ReliabilityBin MakeBin(std::pair<double, double> edges, int64_t count,
                       int64_t positives, double sum) {
  const auto whole = static_cast<double>(count);
  const double none = std::numeric_limits<double>::quiet_NaN();
  return {.lower = edges.first,
          .upper = edges.second,
          .count = count,
          .positives = positives,
          .mean_probability = count == 0 ? none : sum / whole,
          .positive_fraction =
              count == 0 ? none : static_cast<double>(positives) / whole};
}

}  // namespace

ReliabilityAccumulator::ReliabilityAccumulator(EqualWidthOptions options)
    : options_(options) {
  const bool numpy = options.convention == BinConvention::kScikitLearn16;
  edges_ = numpy ? NumpyEdges(options.bins) : TorchEdges(options.bins);
  const bool extra = options.convention == BinConvention::kTorchmetrics19;
  bins_.resize(edges_.size() - (extra ? 0 : 1));
}

absl::StatusOr<ReliabilityAccumulator> ReliabilityAccumulator::Create(
    EqualWidthOptions options) {
  const absl::Status valid = CheckBins(options.bins);
  if (!valid.ok()) return valid;
  return ReliabilityAccumulator(options);
}

size_t ReliabilityAccumulator::BinOf(double probability) const {
  if (options_.convention != BinConvention::kTorchmetrics19) {
    return BinWithUpperEdge(edges_, probability);
  }
  return std::upper_bound(edges_.begin(), edges_.end(), probability) -
         edges_.begin() - 1;
}

absl::Status ReliabilityAccumulator::Add(absl::Span<const double> probabilities,
                                         absl::Span<const uint8_t> labels) {
  const absl::Status valid = CheckProbabilities(probabilities, labels);
  if (!valid.ok()) return valid;
  for (size_t i = 0; i < probabilities.size(); ++i) {
    Bin& bin = bins_[BinOf(probabilities[i])];
    ++bin.count;
    bin.positives += labels[i];
    bin.probabilities.Add(probabilities[i]);
  }
  return absl::OkStatus();
}

void ReliabilityAccumulator::Merge(const ReliabilityAccumulator& other) {
  Require(options_.bins == other.options_.bins &&
              options_.convention == other.options_.convention,
          "merged reliability bins have the same options");
  for (size_t k = 0; k < bins_.size(); ++k) {
    bins_[k].count += other.bins_[k].count;
    bins_[k].positives += other.bins_[k].positives;
    bins_[k].probabilities.Merge(other.bins_[k].probabilities);
  }
}

std::vector<ReliabilityBin> ReliabilityAccumulator::Finish() const {
  std::vector<ReliabilityBin> bins;
  for (size_t k = 0; k < bins_.size(); ++k) {
    const double upper = edges_[std::min(k + 1, edges_.size() - 1)];
    bins.push_back(MakeBin({edges_[k], upper}, bins_[k].count,
                           bins_[k].positives, bins_[k].probabilities.Value()));
  }
  return bins;
}

absl::StatusOr<std::vector<ReliabilityBin>> EqualWidthReliability(
    absl::Span<const double> probabilities, absl::Span<const uint8_t> labels,
    EqualWidthOptions options) {
  auto bins = ReliabilityAccumulator::Create(options);
  if (!bins.ok()) return bins.status();
  const absl::Status added = bins->Add(probabilities, labels);
  if (!added.ok()) return added;
  return bins->Finish();
}

absl::StatusOr<std::vector<ReliabilityBin>> EqualMassReliability(
    absl::Span<const double> probabilities, absl::Span<const uint8_t> labels,
    int bins) {
  absl::Status valid = CheckBins(bins);
  if (valid.ok()) valid = CheckProbabilities(probabilities, labels);
  if (!valid.ok()) return valid;
  if (probabilities.empty()) {
    return absl::InvalidArgumentError(
        "probabilities: 0 examples, expected at least one");
  }
  std::vector<double> sorted(probabilities.begin(), probabilities.end());
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> edges;
  for (const double fraction : NumpyEdges(bins)) {
    // numpy goes by way of percent, which may round.
    edges.push_back(Quantile(sorted, fraction * 100.0 / 100.0));
  }
  std::vector<int64_t> count(bins);
  std::vector<int64_t> positives(bins);
  std::vector<ExactSum> sum(bins);
  for (size_t i = 0; i < probabilities.size(); ++i) {
    const size_t k = BinWithUpperEdge(edges, probabilities[i]);
    ++count[k];
    positives[k] += labels[i];
    sum[k].Add(probabilities[i]);
  }
  std::vector<ReliabilityBin> result;
  for (int k = 0; k < bins; ++k) {
    result.push_back(MakeBin({edges[k], edges[k + 1]}, count[k], positives[k],
                             sum[k].Value()));
  }
  return result;
}

double CalibrationError(absl::Span<const ReliabilityBin> bins,
                        CalibrationNorm norm) {
  int64_t count = 0;
  double sum = 0.0;
  double squares = 0.0;
  double largest = 0.0;
  for (const ReliabilityBin& bin : bins) {
    if (bin.count == 0) continue;
    count += bin.count;
    const auto weight = static_cast<double>(bin.count);
    const double distance =
        std::abs(bin.positive_fraction - bin.mean_probability);
    sum += weight * distance;
    squares += weight * distance * distance;
    largest = std::max(largest, distance);
  }
  if (count == 0) return std::numeric_limits<double>::quiet_NaN();
  const auto whole = static_cast<double>(count);
  switch (norm) {
    case CalibrationNorm::kMean:
      return sum / whole;
    case CalibrationNorm::kRootMeanSquared:
      return std::sqrt(squares / whole);
    case CalibrationNorm::kLargest:
      return largest;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace cxr::metrics
