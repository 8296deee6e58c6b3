// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_SEED_INTERVAL_H_
#define METRICS_INTERVAL_SEED_INTERVAL_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/interval/interval_bounds.h"

// What a few runs that differ in their seed tell of the next: the values are
// taken for independent and normally distributed.
//
//   const SeedInterval auroc = *MakeSeedInterval({0.861, 0.858, 0.866}, 0.95);
//   auroc.mean, auroc.half_width   // mean over seeds, +- by Student's t
//   auroc.prediction               // where one more seed is expected
namespace cxr::metrics {

struct SeedInterval {
  int64_t seeds = 0;
  double mean = 0.0;
  double standard_deviation = 0.0;  // divided by seeds - 1; NaN with one seed
  double half_width = 0.0;          // of the interval of the mean; NaN with one
  Bounds bounds;                    // mean -+ half_width
  Bounds prediction;                // holds the value of a new seed
};

// InvalidArgument without a value or unless 0 < confidence < 1. A NaN among the
// values makes every number NaN.
absl::StatusOr<SeedInterval> MakeSeedInterval(absl::Span<const double> values,
                                              double confidence);

// The least number of seeds, at least 2, whose mean has an interval of no more
// than `half_width` to either side if their standard deviation is
// `standard_deviation`. InvalidArgument unless 0 <= standard_deviation,
// 0 < half_width and 0 < confidence < 1; OutOfRange above 1e12 seeds.
absl::StatusOr<int64_t> SeedsNeeded(double standard_deviation,
                                    double half_width, double confidence);

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_SEED_INTERVAL_H_
