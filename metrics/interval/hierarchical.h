// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_HIERARCHICAL_H_
#define METRICS_INTERVAL_HIERARCHICAL_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/interval/bootstrap.h"

namespace cxr::metrics {

// Whether the models of several seeds meet the same examples in a resample.
enum class ExamplesAcrossSeeds {
  kJoint,        // one resample for all: the seeds share one test set
  kIndependent,  // each drawn seed its own: as if each had a test set
};

struct HierarchicalOptions {
  int64_t seeds = 0;  // >= 1: models trained alike but for their seed
  ExamplesAcrossSeeds examples = ExamplesAcrossSeeds::kJoint;
};

// The statistic of the model of a seed, from examples repeated counts[i] times;
// NaN if undefined.
using SeedStatistic =
    absl::FunctionRef<double(int64_t seed, absl::Span<const int32_t> counts)>;

// Variances are those of the mean over the seeds.
struct HierarchicalEstimate {
  double value = 0.0;           // mean over the seeds, examples as they are
  double standard_error = 0.0;  // standard deviation over the resamples
  BootstrapInterval interval;   // percentile
  // By drawing seeds, on average over examples. With S seeds a resample of them
  // varies by (S - 1) / S of what new seeds would: multiply by S / (S - 1) for
  // an unbiased variance.
  double seed_variance = 0.0;
  // By drawing examples, on average over seeds. The two add up to the variance
  // of all resamples; their sum differs from standard_error^2 by chance only.
  double example_variance = 0.0;
};

// Bootstrap of two levels: draws S of the S seeds, then examples for them, and
// takes the mean over the drawn seeds. With a numpy generator the draws are
//
//   rng.randint(0, S, S), rng.randint(0, n, n)  once (joint), S times
//   (independent)
//
// A resample is undefined if the statistic is on any of the seeds (joint: drawn
// or not), and falls under options.undefined as a whole. InvalidArgument if
// there is no seed; other errors as RunResampleLoop. With one seed it is the
// ordinary bootstrap. kIndependent holds S counts per unit at a time.
absl::StatusOr<HierarchicalEstimate> HierarchicalBootstrap(
    const ResamplingUnits& units, const BootstrapOptions& options,
    const HierarchicalOptions& levels, SeedStatistic statistic);

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_HIERARCHICAL_H_
