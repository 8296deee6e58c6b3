// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "metrics/interval/numpy_random.h"

namespace cxr::metrics {
namespace {

constexpr int64_t kRedrawsPerResample = 100;

absl::Status CheckOptions(const BootstrapOptions& options) {
  if (options.resamples < 1) {
    return absl::InvalidArgumentError(absl::StrCat(
        "resamples: ", options.resamples, ", expected at least 1"));
  }
  if (!(options.confidence > 0.0 && options.confidence < 1.0)) {
    return absl::InvalidArgumentError(
        absl::StrCat("confidence: ", options.confidence,
                     ", expected a number between 0 and 1, both excluded"));
  }
  return absl::OkStatus();
}

// C. Every cluster has an example, so no number can reach that of examples.
absl::StatusOr<int64_t> CountClusters(absl::Span<const int32_t> clusters) {
  if (clusters.empty()) {
    return absl::InvalidArgumentError(
        "cluster_of_example: no example, expected at least 1");
  }
  std::vector<bool> seen(clusters.size(), false);
  int64_t count = 0;
  for (size_t i = 0; i < clusters.size(); ++i) {
    if (clusters[i] < 0 || clusters[i] >= std::ssize(clusters)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "cluster_of_example[", i, "]: ", clusters[i],
          ", expected 0 to C-1 for C clusters, none of them empty"));
    }
    seen[clusters[i]] = true;
    count = std::max<int64_t>(count, int64_t{clusters[i]} + 1);
  }
  for (int64_t cluster = 0; cluster < count; ++cluster) {
    if (seen[cluster]) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("cluster_of_example: cluster ", cluster, " of ", count,
                     " has no example, expected at least 1"));
  }
  return count;
}

// One resample after the other, each as a count per example.
class Resampler {
 public:
  Resampler(absl::Span<const int32_t> clusters, int64_t cluster_count,
            uint32_t seed)
      : random_(seed),
        clusters_(clusters),
        draws_(cluster_count),
        counts_(clusters.size()) {}

  absl::Span<const int32_t> Next() {
    std::fill(draws_.begin(), draws_.end(), 0);
    for (size_t k = 0; k < draws_.size(); ++k) {
      ++draws_[random_.RandInt(draws_.size())];
    }
    for (size_t i = 0; i < counts_.size(); ++i) {
      counts_[i] = draws_[clusters_[i]];
    }
    return counts_;
  }

 private:
  NumpyRandomState random_;
  absl::Span<const int32_t> clusters_;
  std::vector<int32_t> draws_;   // per cluster
  std::vector<int32_t> counts_;  // per example
};

// numpy.percentile(sorted, 100 * fraction), linear interpolation.
double Percentile(absl::Span<const double> sorted, double fraction) {
  const double position = fraction * static_cast<double>(sorted.size() - 1);
  const size_t below = static_cast<size_t>(position);
  const size_t above = std::min(below + 1, sorted.size() - 1);
  const double weight = position - static_cast<double>(below);
  return sorted[below] + (sorted[above] - sorted[below]) * weight;
}

}  // namespace

absl::StatusOr<BootstrapInterval> ClusteredBootstrap(
    absl::Span<const int32_t> cluster_of_example,
    const BootstrapOptions& options, CountStatistic statistic) {
  const absl::Status valid = CheckOptions(options);
  if (!valid.ok()) return valid;
  const absl::StatusOr<int64_t> clusters = CountClusters(cluster_of_example);
  if (!clusters.ok()) return clusters.status();

  Resampler resampler(cluster_of_example, *clusters, options.seed);
  std::vector<double> values;
  values.reserve(options.resamples);
  int64_t redraws = 0;
  while (std::ssize(values) < options.resamples) {
    const double value = statistic(resampler.Next());
    if (!std::isnan(value)) {
      values.push_back(value);
    } else if (++redraws > kRedrawsPerResample * options.resamples) {
      return absl::FailedPreconditionError(absl::StrCat(
          "bootstrap: the statistic was undefined on ", redraws,
          " resamples and defined on ", values.size(), " of the ",
          options.resamples,
          " wanted; expected both classes of every label in enough clusters"));
    }
  }
  std::sort(values.begin(), values.end());
  const double tail = (1.0 - options.confidence) / 2.0;
  return BootstrapInterval{.low = Percentile(values, tail),
                           .high = Percentile(values, 1.0 - tail),
                           .median = Percentile(values, 0.5),
                           .resamples = options.resamples,
                           .redraws = redraws};
}

}  // namespace cxr::metrics
