// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_SUBGROUP_H_
#define METRICS_INTERVAL_SUBGROUP_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/interval/bootstrap.h"

namespace cxr::metrics {

// One way to divide the examples: by sex, by age, by view. Groups have numbers
// here; their names are the caller's.
struct Grouping {
  int64_t groups = 0;                          // >= 1, some may be empty
  absl::Span<const int32_t> group_of_example;  // 0..groups-1; -1: not known
};

struct SubgroupEstimate {
  int64_t examples = 0;
  // One of each statistic: of the group, of the examples of all other groups
  // (those of no known group are in neither), and group minus rest.
  std::vector<BootstrapEstimate> group;
  std::vector<BootstrapEstimate> rest;
  std::vector<BootstrapEstimate> difference;
};

// The statistics within each group, by counts that are zero outside of it. All
// groups see the same resamples of all examples, so that differences keep what
// groups have in common, such as patients. A statistic of no examples is NaN.
//
// Small groups are undefined on some resamples, which must not cost the others
// theirs: options.undefined is kSkip. `interval.resamples` says how many
// defined each value. InvalidArgument if it is another rule, if there is no
// group, if a number is out of range (the text names the index) or sizes
// differ; other errors as Bootstrap.
absl::StatusOr<std::vector<SubgroupEstimate>> SubgroupBootstrap(
    const ResamplingUnits& units, const BootstrapOptions& options,
    const Grouping& grouping, StatisticVector statistics);

// How many examples of each group have label 1. Labels are 0 or 1, one per
// example. InvalidArgument as above.
absl::StatusOr<std::vector<int64_t>> CountGroupPositives(
    const Grouping& grouping, absl::Span<const uint8_t> labels);

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_SUBGROUP_H_
