// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_OPERATING_RATES_H_
#define CXR_SCORE_OPERATING_RATES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace cxr {

// A rate of one class at one threshold: of the rows of one label, those that
// are called what they are.
struct OperatingRate {
  std::string name;
  // Rows of the label, at least one in all.
  std::vector<int32_t> right;
  std::vector<int32_t> wrong;

  int64_t rows() const { return std::ssize(right) + std::ssize(wrong); }
  double value() const {
    return static_cast<double>(right.size()) / static_cast<double>(rows());
  }

  // Of row i repeated counts[i] times, the threshold as it is; NaN without a
  // row of the label.
  double On(absl::Span<const int32_t> counts) const;
};

// A threshold that was chosen on all rows: a row that scores at least as high
// is called positive.
struct OperatingThreshold {
  std::string name;
  double threshold = 0.0;  // infinite where nothing is to be called positive
};

struct OperatingRates {
  std::vector<OperatingThreshold> thresholds;
  std::vector<OperatingRate> rates;
};

// Sensitivity and specificity at the threshold of the largest Youden's J, the
// largest sensitivity at a specificity of at least 0.9, and, if
// `at_sensitivity` is given, in (0, 1], the largest specificity at a
// sensitivity of at least that (metrics/ranking operating_point.h). Nothing for
// a class of one label only. InvalidArgument as CountAtThresholds, and for
// another sensitivity.
absl::StatusOr<OperatingRates> FindOperatingRates(
    absl::Span<const double> scores, absl::Span<const uint8_t> labels,
    std::optional<double> at_sensitivity);

}  // namespace cxr

#endif  // CXR_SCORE_OPERATING_RATES_H_
