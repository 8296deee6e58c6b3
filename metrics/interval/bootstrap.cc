// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/bootstrap.h"

#include <algorithm>
#include <cstddef>

#include "metrics/interval/parallel.h"

namespace cxr::metrics {
namespace {

using Counts = absl::Span<const int32_t>;

BootstrapInterval MakeInterval(absl::Span<const double> sorted,
                               const Bounds& bounds, int64_t redraws) {
  return {.low = bounds.low,
          .high = bounds.high,
          .median = Percentile(sorted, 0.5),
          .resamples = std::ssize(sorted),
          .redraws = redraws};
}

// What one thread needs to leave out units.
struct JackknifeMemory {
  std::vector<int32_t> unit_counts;
  std::vector<int32_t> example_counts;
  std::vector<double> values;
};

// The values without each unit in turn: (units, statistics), row by row.
std::vector<double> Jackknife(const ResamplingUnits& units, int threads,
                              StatisticVector statistics) {
  const int64_t size = statistics.size;
  std::vector<double> left_out(units.units() * size);
  std::vector<JackknifeMemory> memory(threads);
  ParallelFor(threads, units.units(), [&](int worker, int64_t unit) {
    JackknifeMemory& own = memory[worker];
    own.unit_counts.resize(units.units(), 1);
    if (!units.units_are_examples())
      own.example_counts.resize(units.examples());
    own.unit_counts[unit] = 0;
    statistics.fill(units.CountExamples(own.unit_counts,
                                        absl::MakeSpan(own.example_counts)),
                    absl::MakeSpan(left_out).subspan(unit * size, size));
    own.unit_counts[unit] = 1;
  });
  return left_out;
}

}  // namespace

std::vector<double> PlainValues(int64_t examples, StatisticVector statistics) {
  const std::vector<int32_t> ones(examples, 1);
  std::vector<double> values(statistics.size);
  statistics.fill(ones, absl::MakeSpan(values));
  return values;
}

absl::StatusOr<BootstrapReplicates> DrawReplicates(
    const ResamplingUnits& units, const BootstrapOptions& options,
    StatisticVector statistics) {
  const ResampleWork work = {
      .draws = units.units(),
      .memory = units.units_are_examples() ? 0 : units.examples(),
      .values = statistics.size};
  return RunResampleLoop(
      options, work,
      [&](RandomStream& stream, absl::Span<int32_t> draws) {
        stream.Resample(units, draws);
      },
      [&](Counts draws, absl::Span<int32_t> memory, absl::Span<double> values) {
        statistics.fill(units.CountExamples(draws, memory), values);
      });
}

BootstrapInterval MakePercentileInterval(const BootstrapReplicates& replicates,
                                         int64_t statistic, double confidence) {
  const std::vector<double> sorted = replicates.Sorted(statistic);
  const Bounds bounds = MakeBounds(
      IntervalKind::kPercentile, {.sorted = sorted, .confidence = confidence});
  return MakeInterval(sorted, bounds, replicates.redraws);
}

std::vector<double> Accelerations(const ResamplingUnits& units, int threads,
                                  StatisticVector statistics) {
  const std::vector<double> left_out = Jackknife(units, threads, statistics);
  std::vector<double> accelerations;
  for (int64_t k = 0; k < statistics.size; ++k) {
    std::vector<std::vector<double>> strata;
    int64_t unit = 0;
    for (const int64_t stratum_size : units.stratum_sizes()) {
      std::vector<double>& stratum = strata.emplace_back();
      for (int64_t i = 0; i < stratum_size; ++i, ++unit) {
        stratum.push_back(left_out[unit * statistics.size + k]);
      }
    }
    accelerations.push_back(BcaAcceleration(strata));
  }
  return accelerations;
}

absl::StatusOr<std::vector<BootstrapEstimate>> Bootstrap(
    const ResamplingUnits& units, const BootstrapOptions& options,
    IntervalKind kind, StatisticVector statistics) {
  const absl::StatusOr<BootstrapReplicates> replicates =
      DrawReplicates(units, options, statistics);
  if (!replicates.ok()) return replicates.status();
  const std::vector<double> values = PlainValues(units.examples(), statistics);
  const std::vector<double> accelerations =
      kind == IntervalKind::kBca
          ? Accelerations(units, options.threads, statistics)
          : std::vector<double>(statistics.size);
  std::vector<BootstrapEstimate> estimates;
  for (int64_t k = 0; k < statistics.size; ++k) {
    const std::vector<double> sorted = replicates->Sorted(k);
    const Bounds bounds = MakeBounds(kind, {.sorted = sorted,
                                            .value = values[k],
                                            .acceleration = accelerations[k],
                                            .confidence = options.confidence});
    const auto [first_zero, last_zero] =
        std::equal_range(sorted.begin(), sorted.end(), 0.0);
    estimates.push_back(
        {.value = values[k],
         .standard_error = StandardDeviation(sorted),
         .interval = MakeInterval(sorted, bounds, replicates->redraws),
         .at_most_zero = last_zero - sorted.begin(),
         .at_least_zero = sorted.end() - first_zero});
  }
  return estimates;
}

absl::StatusOr<BootstrapInterval> ClusteredBootstrap(
    absl::Span<const int32_t> cluster_of_example,
    const BootstrapOptions& options, CountStatistic statistic) {
  const absl::StatusOr<ResamplingUnits> units =
      ResamplingUnits::Clusters(cluster_of_example);
  if (!units.ok()) return units.status();
  const auto fill = [&](Counts counts, absl::Span<double> values) {
    values[0] = statistic(counts);
  };
  const absl::StatusOr<BootstrapReplicates> replicates =
      DrawReplicates(*units, options, {.size = 1, .fill = fill});
  if (!replicates.ok()) return replicates.status();
  return MakePercentileInterval(*replicates, 0, options.confidence);
}

}  // namespace cxr::metrics
