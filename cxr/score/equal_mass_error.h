// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_EQUAL_MASS_ERROR_H_
#define CXR_SCORE_EQUAL_MASS_ERROR_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace cxr {

// Expected calibration error over 15 bins that hold equally many rows but for
// ties (metrics/ranking EqualMassReliability, scikit-learn's quantile bins). A
// resample has bins of its own: their edges are quantiles of what was drawn.
class EqualMassError {
 public:
  static constexpr int kBins = 15;

  // InvalidArgument, naming the index, if a probability is not in [0, 1] or a
  // label is not 0 or 1, if there is none or if sizes differ.
  static absl::StatusOr<EqualMassError> Create(
      absl::Span<const double> probabilities, absl::Span<const uint8_t> labels);

  // Of the rows as they are.
  double value() const { return value_; }

  // Of row i repeated counts[i] times; NaN if all counts are 0. The sums are
  // plain ones: equal to value() but for rounding.
  double On(absl::Span<const int32_t> counts) const;

 private:
  struct Row {
    double probability;
    int32_t place;  // in counts
    int32_t label;
  };

  EqualMassError() = default;

  // The edges between bins of the rows that `ends` counts: ends[i] rows are
  // rows_[0] to rows_[i].
  std::vector<double> InnerEdges(absl::Span<const int64_t> ends) const;

  double value_ = 0.0;
  std::vector<Row> rows_;  // by rising probability
};

}  // namespace cxr

#endif  // CXR_SCORE_EQUAL_MASS_ERROR_H_
