// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/proportion.h"

#include <cmath>
#include <limits>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "metrics/interval/incomplete_beta.h"
#include "metrics/interval/normal.h"

namespace cxr::metrics {
namespace {

constexpr Bounds kUndefined = {
    .low = std::numeric_limits<double>::quiet_NaN(),
    .high = std::numeric_limits<double>::quiet_NaN()};

absl::Status CheckProportion(int64_t successes, int64_t trials,
                             double confidence) {
  if (successes < 0 || successes > trials) {
    return absl::InvalidArgumentError(
        absl::StrCat("successes: ", successes, " of ", trials,
                     " trials, expected 0 to the number of trials"));
  }
  if (!(confidence > 0.0 && confidence < 1.0)) {
    return absl::InvalidArgumentError(
        absl::StrCat("confidence: ", confidence,
                     ", expected a number between 0 and 1, both excluded"));
  }
  return absl::OkStatus();
}

// The x whose tail under the beta distribution of a and b is p.
double BetaQuantile(double a, double b, double p, BetaTail tail) {
  return 1.0 / (1.0 + std::exp(-BetaLogitQuantile(a, b, p, tail)));
}

}  // namespace

absl::StatusOr<Bounds> WilsonBounds(int64_t successes, int64_t trials,
                                    double confidence) {
  const absl::Status valid = CheckProportion(successes, trials, confidence);
  if (!valid.ok()) return valid;
  if (trials == 0) return kUndefined;
  const double n = static_cast<double>(trials);
  const double k = static_cast<double>(successes);
  const double z = NormalQuantile((1.0 - confidence) / 2.0);
  const double z2 = z * z;
  const double reach =
      std::abs(z) * std::sqrt(k * (n - k) / n + z2 / 4.0) / (n + z2);
  const double centre = (k + z2 / 2.0) / (n + z2);
  return Bounds{.low = successes == 0 ? 0.0 : centre - reach,
                .high = successes == trials ? 1.0 : centre + reach};
}

absl::StatusOr<Bounds> ClopperPearsonBounds(int64_t successes, int64_t trials,
                                            double confidence) {
  const absl::Status valid = CheckProportion(successes, trials, confidence);
  if (!valid.ok()) return valid;
  if (trials == 0) return kUndefined;
  const double k = static_cast<double>(successes);
  const double failures = static_cast<double>(trials - successes);
  const double tail = (1.0 - confidence) / 2.0;
  return Bounds{
      .low = successes == 0
                 ? 0.0
                 : BetaQuantile(k, failures + 1.0, tail, BetaTail::kLower),
      .high = successes == trials
                  ? 1.0
                  : BetaQuantile(k + 1.0, failures, tail, BetaTail::kUpper)};
}

}  // namespace cxr::metrics
