// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/equivalence.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "metrics/interval/student_t.h"

namespace cxr::metrics {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

absl::Status CheckTest(const MeasuredDifference& measured,
                       const EquivalenceMargin& margin, double alpha) {
  if (measured.standard_error < 0.0) {
    return absl::InvalidArgumentError(absl::StrCat(
        "standard_error: ", measured.standard_error, ", expected 0 or more"));
  }
  if (measured.degrees_of_freedom <= 0.0) {
    return absl::InvalidArgumentError(
        absl::StrCat("degrees_of_freedom: ", measured.degrees_of_freedom,
                     ", expected more than 0"));
  }
  if (!(margin.low < margin.high)) {
    return absl::InvalidArgumentError(
        absl::StrCat("margin: ", margin.low, " to ", margin.high,
                     ", expected a low end below the high one"));
  }
  if (!(alpha > 0.0 && alpha < 0.5)) {
    return absl::InvalidArgumentError(
        absl::StrCat("alpha: ", alpha,
                     ", expected a number between 0 and 0.5, both excluded"));
  }
  return absl::OkStatus();
}

bool IsUndefined(const MeasuredDifference& measured) {
  return std::isnan(measured.difference) ||
         std::isnan(measured.standard_error) ||
         std::isnan(measured.degrees_of_freedom);
}

// That the difference is no further than `distance` below what was measured.
double OneSidedP(double distance, const MeasuredDifference& measured) {
  if (measured.standard_error == 0.0) return distance > 0.0 ? 0.0 : 1.0;
  return StudentTSurvival(distance / measured.standard_error,
                          measured.degrees_of_freedom);
}

}  // namespace

absl::StatusOr<EquivalenceTest> TestEquivalence(
    const MeasuredDifference& measured, const EquivalenceMargin& margin,
    double alpha) {
  const absl::Status valid = CheckTest(measured, margin, alpha);
  if (!valid.ok()) return valid;
  EquivalenceTest test;
  test.measured = measured;
  if (IsUndefined(measured)) {
    test.p_low = test.p_high = test.p = kNan;
    test.interval = {.low = kNan, .high = kNan};
    return test;
  }
  test.p_low = OneSidedP(measured.difference - margin.low, measured);
  test.p_high = OneSidedP(margin.high - measured.difference, measured);
  test.p = std::max(test.p_low, test.p_high);
  const double reach = -StudentTQuantile(alpha, measured.degrees_of_freedom) *
                       measured.standard_error;
  test.interval = {.low = measured.difference - reach,
                   .high = measured.difference + reach};
  test.equivalent = test.p < alpha;
  return test;
}

absl::StatusOr<EquivalenceTest> TestPairedEquivalence(
    absl::Span<const double> first, absl::Span<const double> second,
    const EquivalenceMargin& margin, double alpha) {
  if (first.size() != second.size() || first.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("pairs: ", first.size(), " first and ", second.size(),
                     " second values, expected one of each per pair and at "
                     "least 1 pair"));
  }
  std::vector<double> differences(first.size());
  std::transform(first.begin(), first.end(), second.begin(),
                 differences.begin(), [](double a, double b) { return a - b; });
  const double n = static_cast<double>(differences.size());
  const bool single = differences.size() == 1;
  return TestEquivalence(
      {.difference =
           std::accumulate(differences.begin(), differences.end(), 0.0) / n,
       .standard_error = StandardDeviation(differences) / std::sqrt(n),
       .degrees_of_freedom = single ? kNan : n - 1.0},
      margin, alpha);
}

}  // namespace cxr::metrics
