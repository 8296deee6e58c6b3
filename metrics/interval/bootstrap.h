// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_BOOTSTRAP_H_
#define METRICS_INTERVAL_BOOTSTRAP_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/interval/interval_bounds.h"
#include "metrics/interval/resample_loop.h"
#include "metrics/interval/resampling_units.h"

// Bootstrap intervals of any statistic that is computed from examples repeated
// so and so often: a resample is a count per example, so nothing is copied and
// memory does not grow with the number of resamples.
//
//   const auto units = ResamplingUnits::Clusters(patient_of_example);
//   const auto estimates = Bootstrap(
//       *units, {.resamples = 1000, .confidence = 0.95, .seed = 3},
//       IntervalKind::kPercentile, {2, [&](Counts counts, Values values) {
//         values[0] = column.Auroc(counts);
//         values[1] = column.AveragePrecision(counts);
//       }});
//
// Several statistics of one call see the same resamples. With threads > 1 they
// are called from several threads at once.
namespace cxr::metrics {

// A number computed from examples repeated counts[i] times; NaN if undefined.
using CountStatistic = absl::FunctionRef<double(absl::Span<const int32_t>)>;

// Several of them: a function that fills `size` values.
struct StatisticVector {
  int64_t size = 0;
  absl::FunctionRef<void(absl::Span<const int32_t> counts,
                         absl::Span<double> values)>
      fill;
};

struct BootstrapInterval {
  double low = 0.0;
  double high = 0.0;
  double median = 0.0;    // of the resamples
  int64_t resamples = 0;  // statistics behind the percentiles
  int64_t redraws = 0;    // resamples discarded because of a NaN
};

struct BootstrapEstimate {
  double value = 0.0;           // of the examples as they are
  double standard_error = 0.0;  // standard deviation over the resamples
  BootstrapInterval interval;
  // Resamples whose value lies there, for tests of a difference.
  int64_t at_most_zero = 0;
  int64_t at_least_zero = 0;
};

// The values on the examples as they are: every count is 1.
std::vector<double> PlainValues(int64_t examples, StatisticVector statistics);

// The values of all statistics on all resamples, for who wants more than an
// interval. Errors as RunResampleLoop.
absl::StatusOr<BootstrapReplicates> DrawReplicates(
    const ResamplingUnits& units, const BootstrapOptions& options,
    StatisticVector statistics);

// The percentile interval of one statistic.
BootstrapInterval MakePercentileInterval(const BootstrapReplicates& replicates,
                                         int64_t statistic, double confidence);

// The acceleration of each statistic for kBca, by leaving out one unit
// after the other: units.units() evaluations of all statistics.
std::vector<double> Accelerations(const ResamplingUnits& units, int threads,
                                  StatisticVector statistics);

// Value, standard error and interval of each statistic. Under kSkip an interval
// rests on the resamples that define its statistic and `resamples` says how
// many; with none it is NaN. Errors as RunResampleLoop.
absl::StatusOr<std::vector<BootstrapEstimate>> Bootstrap(
    const ResamplingUnits& units, const BootstrapOptions& options,
    IntervalKind kind, StatisticVector statistics);

// Percentile bootstrap that resamples whole clusters (patients), so that
// examples of one patient are never taken for independent ones. With one
// cluster per example it is the ordinary bootstrap.
//
// `cluster_of_example` gives each example its cluster 0..C-1; each cluster has
// at least one example. InvalidArgument if a cluster number is negative or
// skipped; other errors as RunResampleLoop.
absl::StatusOr<BootstrapInterval> ClusteredBootstrap(
    absl::Span<const int32_t> cluster_of_example,
    const BootstrapOptions& options, CountStatistic statistic);

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_BOOTSTRAP_H_
