// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_GROUP_MAX_H_
#define METRICS_RANKING_GROUP_MAX_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace cxr::metrics {

// What the label of a group is where its examples differ.
enum class GroupLabel {
  kMustAgree,  // InvalidArgument, naming the two examples
  kLargest,    // 1 if any example has 1
};

// One label of several groups, by rising group.
struct GroupedColumn {
  std::vector<int64_t> groups;
  std::vector<double> scores;
  std::vector<uint8_t> labels;
};

// Makes one example of each group (a patient's images): the largest of its
// scores, as CheXpert's evaluation takes the largest logit of a patient. A
// rising function of scores, such as a sigmoid, may be taken before or after.
//
// groups[i] is any integer. InvalidArgument if the three sizes differ, if a
// score is NaN or if a label is not 0 or 1; the text names the index.
absl::StatusOr<GroupedColumn> GroupMax(absl::Span<const int64_t> groups,
                                       absl::Span<const double> scores,
                                       absl::Span<const uint8_t> labels,
                                       GroupLabel group_label);

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_GROUP_MAX_H_
