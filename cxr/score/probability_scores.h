// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_PROBABILITY_SCORES_H_
#define CXR_SCORE_PROBABILITY_SCORES_H_

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/score/equal_mass_error.h"
#include "metrics/ranking/calibration.h"

namespace cxr {

// How good probabilities of one class are as such: Brier score, log loss and
// expected calibration error (15 bins of equal width, a bin having its lower
// edge, as torchmetrics 1.9.0; and of equal mass, equal_mass_error.h).
class ProbabilityScores {
 public:
  static constexpr int64_t kStatistics = 4;
  static constexpr std::array<absl::string_view, kStatistics> kNames = {
      "brier", "log_loss", "ece", "ece_equal_mass"};

  // Those of "ece".
  static constexpr metrics::EqualWidthOptions kBins = {
      .bins = 15, .convention = metrics::BinConvention::kTorchmetrics19};

  // In which type they were computed: log loss clips by its epsilon.
  enum class Type { kDouble, kFloat };

  // InvalidArgument, naming the index, if a probability is not in [0, 1] or a
  // label is not 0 or 1, if there is none or if sizes differ.
  static absl::StatusOr<ProbabilityScores> Create(
      absl::Span<const double> probabilities, absl::Span<const uint8_t> labels,
      Type type);

  // Of the rows as they are, in the order of kNames.
  const std::array<double, kStatistics>& values() const { return values_; }

  // Of row i repeated counts[i] times; NaN if all counts are 0. The sums are
  // plain ones: equal to values() but for rounding.
  void Fill(absl::Span<const int32_t> counts, absl::Span<double> values) const;

 private:
  struct Row {
    double probability;
    double squared_error;
    double log_loss;
    int32_t bin;
    int32_t label;
  };

  explicit ProbabilityScores(EqualMassError equal_mass)
      : equal_mass_(std::move(equal_mass)) {}

  std::array<double, kStatistics> values_ = {};
  EqualMassError equal_mass_;
  std::vector<Row> rows_;
  int64_t bins_ = 0;
};

}  // namespace cxr

#endif  // CXR_SCORE_PROBABILITY_SCORES_H_
