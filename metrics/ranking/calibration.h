// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_CALIBRATION_H_
#define METRICS_RANKING_CALIBRATION_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/ranking/exact_sum.h"

namespace cxr::metrics {

// How often labels are 1 where that probability was predicted: the reliability
// diagram of one binary label, and its distance from the diagonal.
//
//   const auto bins =
//       EqualWidthReliability(probabilities, labels, {.bins = 15});
//   CalibrationError(*bins, CalibrationNorm::kMean);  // ECE

// One bin. Its means are NaN if it is empty.
struct ReliabilityBin {
  double lower;  // edges; the convention tells to which an edge belongs
  double upper;
  int64_t count = 0;
  int64_t positives = 0;
  double mean_probability;
  double positive_fraction;
};

// Where the edges of equal bins are and to which bin they belong.
enum class BinConvention {
  // calibration_curve(strategy="uniform"): numpy.linspace in double, a bin has
  // its upper edge, the first both.
  kScikitLearn16,
  // binary_calibration_error: torch.linspace in float32 as it is without vector
  // instructions (with them some edges differ in their last bit, by CPU); a bin
  // has its lower edge, and 1.0 is a bin of its own, the last (`bins` + 1 in
  // all).
  kTorchmetrics19,
  // The same edges, but a bin has its upper edge. torchmetrics 0.10.3 fails on
  // a probability of 0.0; here it is in the first bin.
  kTorchmetrics010,
};

struct EqualWidthOptions {
  int bins = 15;  // 1 to 1,000,000
  BinConvention convention = BinConvention::kTorchmetrics19;
};

// Bins of equal width over [0, 1], filled batch by batch. The result does not
// depend on the order or the number of parts (ExactSum); memory is that of the
// bins.
class ReliabilityAccumulator {
 public:
  // InvalidArgument if the number of bins is out of range.
  static absl::StatusOr<ReliabilityAccumulator> Create(
      EqualWidthOptions options);

  // Probabilities are in [0, 1], labels 0 or 1. InvalidArgument otherwise, or
  // if the sizes differ; the text names the index in this call, and nothing of
  // it is added.
  absl::Status Add(absl::Span<const double> probabilities,
                   absl::Span<const uint8_t> labels);

  // `other` must have the same options, else the program ends.
  void Merge(const ReliabilityAccumulator& other);

  // All bins, empty ones too, by rising probability.
  std::vector<ReliabilityBin> Finish() const;

 private:
  struct Bin {
    int64_t count = 0;
    int64_t positives = 0;
    ExactSum probabilities;
  };

  explicit ReliabilityAccumulator(EqualWidthOptions options);
  size_t BinOf(double probability) const;

  EqualWidthOptions options_;
  std::vector<double> edges_;
  std::vector<Bin> bins_;
};

// The bins of one batch. Errors as above.
absl::StatusOr<std::vector<ReliabilityBin>> EqualWidthReliability(
    absl::Span<const double> probabilities, absl::Span<const uint8_t> labels,
    EqualWidthOptions options);

// Bins that hold equally many examples but for ties: edges are the quantiles 0,
// 1/bins, ... 1 of the probabilities, interpolated linearly as numpy.percentile
// does, and a bin has its upper edge, the first both (scikit-learn 1.6.1,
// calibration_curve(strategy="quantile")). Errors as above; also
// InvalidArgument without an example.
absl::StatusOr<std::vector<ReliabilityBin>> EqualMassReliability(
    absl::Span<const double> probabilities, absl::Span<const uint8_t> labels,
    int bins);

// How distances |positive_fraction - mean_probability| of bins become one.
enum class CalibrationNorm {
  kMean,             // l1: mean over examples, the usual ECE
  kRootMeanSquared,  // l2: root of the mean square over examples
  kLargest,          // max: the largest of any bin, MCE
};

// In [0, 1], empty bins being left out; NaN if all are. torchmetrics 1.9.0:
// binary_calibration_error(norm="l1", "l2", "max"), which computes in float32.
double CalibrationError(absl::Span<const ReliabilityBin> bins,
                        CalibrationNorm norm);

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_CALIBRATION_H_
