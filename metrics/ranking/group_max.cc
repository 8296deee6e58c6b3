// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/group_max.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace cxr::metrics {
namespace {

absl::Status CheckInput(absl::Span<const int64_t> groups,
                        absl::Span<const double> scores,
                        absl::Span<const uint8_t> labels) {
  if (scores.size() != groups.size() || labels.size() != groups.size()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "groups, scores and labels differ in size: ", groups.size(), ", ",
        scores.size(), ", ", labels.size(),
        ", expected one of each per "
        "example"));
  }
  for (size_t i = 0; i < groups.size(); ++i) {
    if (std::isnan(scores[i])) {
      return absl::InvalidArgumentError(
          absl::StrCat("scores[", i, "]: nan, expected a number"));
    }
    if (labels[i] > 1) {
      return absl::InvalidArgumentError(absl::StrCat(
          "labels[", i, "]: ", int{labels[i]}, ", expected 0 or 1"));
    }
  }
  return absl::OkStatus();
}

absl::Status Disagreement(size_t first, size_t second, int64_t group,
                          absl::Span<const uint8_t> labels) {
  return absl::InvalidArgumentError(
      absl::StrCat("labels[", first, "]: ", int{labels[first]}, " and labels[",
                   second, "]: ", int{labels[second]}, " of group ", group,
                   ", expected the same label"));
}

}  // namespace

absl::StatusOr<GroupedColumn> GroupMax(absl::Span<const int64_t> groups,
                                       absl::Span<const double> scores,
                                       absl::Span<const uint8_t> labels,
                                       GroupLabel group_label) {
  const absl::Status valid = CheckInput(groups, scores, labels);
  if (!valid.ok()) return valid;
  std::vector<size_t> order(groups.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [groups](size_t a, size_t b) {
    return groups[a] < groups[b];
  });
  GroupedColumn column;
  size_t first = 0;  // example of the current group
  for (const size_t i : order) {
    if (column.groups.empty() || column.groups.back() != groups[i]) {
      first = i;
      column.groups.push_back(groups[i]);
      column.scores.push_back(scores[i]);
      column.labels.push_back(labels[i]);
      continue;
    }
    if (group_label == GroupLabel::kMustAgree && labels[i] != labels[first]) {
      return Disagreement(first, i, groups[i], labels);
    }
    column.scores.back() = std::max(column.scores.back(), scores[i]);
    column.labels.back() = std::max(column.labels.back(), labels[i]);
  }
  return column;
}

}  // namespace cxr::metrics
