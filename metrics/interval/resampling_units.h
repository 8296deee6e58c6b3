// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_RESAMPLING_UNITS_H_
#define METRICS_INTERVAL_RESAMPLING_UNITS_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace cxr::metrics {

// What a resample draws: single examples, or clusters (patients) whose examples
// are never torn apart, from all of them or from each stratum (class, site) as
// many as it has, so that strata keep their sizes.
//
//   ResamplingUnits::Examples(n)
//   ResamplingUnits::Clusters(patient_of_example)
//   ResamplingUnits::StratifiedExamples(label_of_example)
//   ResamplingUnits::StratifiedClusters(patient_of_example, site_of_example)
//
// Clusters are numbered 0..C-1 and strata 0..S-1, none of them empty. There are
// 1 to 2^31 - 1 examples. InvalidArgument else; the text names the index. A
// class is a stratum: StratifiedExamples resamples positives and negatives
// apart. Clusters may be stratified only by what all their examples share.
class ResamplingUnits {
 public:
  static absl::StatusOr<ResamplingUnits> Examples(int64_t examples);
  static absl::StatusOr<ResamplingUnits> Clusters(
      absl::Span<const int32_t> cluster_of_example);
  static absl::StatusOr<ResamplingUnits> StratifiedExamples(
      absl::Span<const int32_t> stratum_of_example);
  static absl::StatusOr<ResamplingUnits> StratifiedClusters(
      absl::Span<const int32_t> cluster_of_example,
      absl::Span<const int32_t> stratum_of_example);

  int64_t examples() const { return examples_; }

  // Units in each stratum. Units are ordered by stratum, inside by their first
  // number (of example or cluster).
  absl::Span<const int64_t> stratum_sizes() const { return stratum_sizes_; }
  int64_t units() const { return units_; }

  // Whether a unit is an example, in the same order.
  bool units_are_examples() const { return unit_of_example_.empty(); }

  // Repeats each example as often as its unit: the result has a count per
  // example. It is `unit_counts` itself if units are examples, else `memory`,
  // which has room for examples() numbers. Sizes must fit (else the program
  // ends).
  absl::Span<const int32_t> CountExamples(absl::Span<const int32_t> unit_counts,
                                          absl::Span<int32_t> memory) const;

 private:
  ResamplingUnits() = default;

  int64_t examples_ = 0;
  int64_t units_ = 0;
  std::vector<int64_t> stratum_sizes_;
  std::vector<int32_t> unit_of_example_;  // empty: each its own
};

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_RESAMPLING_UNITS_H_
