// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_BOOTSTRAP_H_
#define METRICS_INTERVAL_BOOTSTRAP_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace cxr::metrics {

struct BootstrapOptions {
  int resamples = 0;        // >= 1
  double confidence = 0.0;  // in (0, 1), 0.95 for a 95% interval
  uint32_t seed = 0;        // of numpy.random.RandomState
};

struct BootstrapInterval {
  double low = 0.0;
  double high = 0.0;
  double median = 0.0;
  int64_t resamples = 0;  // statistics behind the percentiles
  int64_t redraws = 0;    // resamples discarded because of a NaN
};

// A number computed from examples repeated counts[i] times; NaN if undefined.
using CountStatistic = absl::FunctionRef<double(absl::Span<const int32_t>)>;

// Percentile bootstrap that resamples whole clusters (patients), so that
// examples of one patient are never taken for independent ones. With one
// cluster per example it is the ordinary bootstrap.
//
// `cluster_of_example` gives each example its cluster 0..C-1; each cluster has
// at least one example. A resample draws C clusters with replacement, by
// RandomState(seed).randint(0, C) one after the other, and repeats an example
// as often as its cluster was drawn. A resample whose statistic is NaN (a label
// left with one class) is drawn again and counted in `redraws`. Percentiles
// interpolate linearly (numpy.percentile's default).
//
// InvalidArgument if an option is out of range, if there is no example or a
// cluster number is negative or skipped; FailedPrecondition once more than
// 100 x resamples were redrawn: the statistic is undefined on nearly all.
absl::StatusOr<BootstrapInterval> ClusteredBootstrap(
    absl::Span<const int32_t> cluster_of_example,
    const BootstrapOptions& options, CountStatistic statistic);

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_BOOTSTRAP_H_
