// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/operating_point.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace cxr::metrics {
namespace {

using Row = ThresholdCounts::Row;

constexpr Row kNothingPositive = {
    .threshold = std::numeric_limits<double>::infinity(),
    .true_positives = 0,
    .false_positives = 0};

Confusion ConfusionOf(const ThresholdCounts& counts, const Row& row) {
  return {.true_positives = row.true_positives,
          .false_positives = row.false_positives,
          .true_negatives = counts.negatives - row.false_positives,
          .false_negatives = counts.positives - row.true_positives};
}

OperatingPoint PointOf(const ThresholdCounts& counts, const Row& row) {
  return {.threshold = row.threshold, .confusion = ConfusionOf(counts, row)};
}

absl::Status CheckClasses(const ThresholdCounts& counts) {
  if (counts.positives > 0 && counts.negatives > 0) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "operating point: ", counts.positives, " positives, ", counts.negatives,
      " negatives, expected at least one of each"));
}

absl::Status CheckRate(const char* name, double rate) {
  if (rate >= 0.0 && rate <= 1.0) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(name, ": ", rate, ", expected a number in [0, 1]"));
}

// The first row that beats all before it, by falling threshold.
template <typename Better>
OperatingPoint Best(const ThresholdCounts& counts, Better better) {
  Row best = kNothingPositive;
  for (const Row& row : counts.rows) {
    if (better(row, best)) best = row;
  }
  return PointOf(counts, best);
}

}  // namespace

Confusion ConfusionAt(const ThresholdCounts& counts, double threshold) {
  const auto after = std::partition_point(
      counts.rows.begin(), counts.rows.end(),
      [threshold](const Row& row) { return row.threshold >= threshold; });
  return ConfusionOf(
      counts, after == counts.rows.begin() ? kNothingPositive : after[-1]);
}

absl::StatusOr<OperatingPoint> SensitivityAtSpecificity(
    const ThresholdCounts& counts, double specificity) {
  absl::Status valid = CheckRate("specificity", specificity);
  if (valid.ok()) valid = CheckClasses(counts);
  if (!valid.ok()) return valid;
  return Best(counts, [&](const Row& row, const Row& best) {
    return ConfusionOf(counts, row).Specificity() >= specificity &&
           row.true_positives > best.true_positives;
  });
}

absl::StatusOr<OperatingPoint> SpecificityAtSensitivity(
    const ThresholdCounts& counts, double sensitivity) {
  absl::Status valid = CheckRate("sensitivity", sensitivity);
  if (valid.ok()) valid = CheckClasses(counts);
  if (!valid.ok()) return valid;
  return Best(counts, [&](const Row& row, const Row& best) {
    return ConfusionOf(counts, best).Sensitivity() < sensitivity &&
           ConfusionOf(counts, row).Sensitivity() >= sensitivity;
  });
}

absl::StatusOr<OperatingPoint> LargestYoudenJ(const ThresholdCounts& counts) {
  const absl::Status valid = CheckClasses(counts);
  if (!valid.ok()) return valid;
  // J times both class sizes.
  const auto scaled = [&counts](const Row& row) {
    return row.true_positives * counts.negatives -
           row.false_positives * counts.positives;
  };
  return Best(counts, [&scaled](const Row& row, const Row& best) {
    return scaled(row) > scaled(best);
  });
}

}  // namespace cxr::metrics
