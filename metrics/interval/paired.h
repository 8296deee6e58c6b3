// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_PAIRED_H_
#define METRICS_INTERVAL_PAIRED_H_

#include <vector>

#include "absl/status/statusor.h"
#include "metrics/interval/bootstrap.h"

namespace cxr::metrics {

// How the p-value counts resamples. With L and G the numbers of resamples whose
// difference is <= 0 and >= 0, out of B:
enum class PValueCorrection {
  kNone,     // 2 min(L, G) / B: 0 if no resample changes the sign
  kPlusOne,  // 2 min(L + 1, G + 1) / (B + 1): never 0
};

struct PairedOptions {
  IntervalKind kind = IntervalKind::kPercentile;
  PValueCorrection correction = PValueCorrection::kPlusOne;
};

// The same statistics of two systems on the same examples: equal sizes.
struct PairedSystems {
  StatisticVector first;
  StatisticVector second;
};

struct PairedEstimate {
  double first = 0.0;   // value of the first system on the examples as they are
  double second = 0.0;  // and of the second
  BootstrapEstimate difference;  // first - second
  // Two-sided, of no difference: twice the smaller share of resamples whose
  // difference does not have one sign, at most 1. NaN without resamples.
  double p_value = 0.0;
};

// Paired bootstrap: both systems are evaluated on each resample, so what they
// have in common cancels. A resample on which a difference is undefined falls
// under options.undefined. Errors as Bootstrap, and InvalidArgument if the
// systems have different numbers of statistics.
absl::StatusOr<std::vector<PairedEstimate>> PairedBootstrap(
    const ResamplingUnits& units, const BootstrapOptions& options,
    const PairedOptions& paired, const PairedSystems& systems);

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_PAIRED_H_
