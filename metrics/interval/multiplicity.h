// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_MULTIPLICITY_H_
#define METRICS_INTERVAL_MULTIPLICITY_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

// P values of a family of tests, adjusted for their number: reject where the
// adjusted value is at most the level wanted for the family.
//
// The result has a number for each p value, in the same order. A NaN (a test
// that was undefined) stays NaN and does not count as a member of the family,
// as in R's p.adjust. InvalidArgument if a value is outside [0, 1]; the text
// names the index.
namespace cxr::metrics {

// Holm (1979): bounds the chance of any false rejection, whatever the tests
// have to do with each other (statsmodels multipletests(method="holm")).
absl::StatusOr<std::vector<double>> AdjustHolm(
    absl::Span<const double> p_values);

// Benjamini and Hochberg (1995): bounds the expected share of false ones among
// the rejections, if the tests are independent or positively dependent
// (scipy.stats.false_discovery_control(method="bh")).
absl::StatusOr<std::vector<double>> AdjustBenjaminiHochberg(
    absl::Span<const double> p_values);

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_MULTIPLICITY_H_
