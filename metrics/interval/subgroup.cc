// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/subgroup.h"

#include <algorithm>
#include <cstddef>
#include <limits>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace cxr::metrics {
namespace {

using Counts = absl::Span<const int32_t>;
using Values = absl::Span<double>;

constexpr int64_t kPerGroup = 3;  // group, rest, difference

absl::Status CheckGrouping(const Grouping& grouping, int64_t examples) {
  if (grouping.groups < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("groups: ", grouping.groups, ", expected at least 1"));
  }
  const Counts groups = grouping.group_of_example;
  if (std::ssize(groups) != examples) {
    return absl::InvalidArgumentError(
        absl::StrCat("group_of_example: ", groups.size(), " numbers for ",
                     examples, " examples, expected one of each"));
  }
  for (size_t i = 0; i < groups.size(); ++i) {
    if (groups[i] >= -1 && groups[i] < grouping.groups) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("group_of_example[", i, "]: ", groups[i],
                     ", expected -1 to ", grouping.groups - 1));
  }
  return absl::OkStatus();
}

// The statistics of all groups as one vector: (groups, 3, statistics).
class GroupedStatistics {
 public:
  GroupedStatistics(const Grouping& grouping, StatisticVector statistics)
      : grouping_(grouping), statistics_(statistics) {}

  int64_t size() const {
    return grouping_.groups * kPerGroup * statistics_.size;
  }

  void Fill(Counts counts, Values values) const {
    std::vector<int32_t> masked(counts.size());
    const int64_t size = statistics_.size;
    for (int32_t g = 0; g < grouping_.groups; ++g) {
      const Values own = values.subspan(g * kPerGroup * size, kPerGroup * size);
      FillMasked(counts, &masked, own.subspan(0, size),
                 [g](int32_t group) { return group == g; });
      FillMasked(counts, &masked, own.subspan(size, size),
                 [g](int32_t group) { return group != g && group >= 0; });
      for (int64_t k = 0; k < size; ++k) {
        own[2 * size + k] = own[k] - own[size + k];
      }
    }
  }

 private:
  template <typename Belongs>
  void FillMasked(Counts counts, std::vector<int32_t>* masked, Values values,
                  Belongs belongs) const {
    const Counts groups = grouping_.group_of_example;
    int32_t any = 0;
    for (size_t i = 0; i < counts.size(); ++i) {
      const int32_t count = belongs(groups[i]) ? counts[i] : 0;
      (*masked)[i] = count;
      any |= count;
    }
    if (any == 0) {
      std::fill(values.begin(), values.end(),
                std::numeric_limits<double>::quiet_NaN());
    } else {
      statistics_.fill(*masked, values);
    }
  }

  const Grouping& grouping_;
  const StatisticVector statistics_;
};

}  // namespace

absl::StatusOr<std::vector<SubgroupEstimate>> SubgroupBootstrap(
    const ResamplingUnits& units, const BootstrapOptions& options,
    const Grouping& grouping, StatisticVector statistics) {
  const absl::Status valid = CheckGrouping(grouping, units.examples());
  if (!valid.ok()) return valid;
  if (options.undefined != UndefinedResample::kSkip) {
    return absl::InvalidArgumentError(
        "subgroups: another rule for undefined resamples, expected kSkip");
  }
  const GroupedStatistics grouped(grouping, statistics);
  const auto fill = [&](Counts counts, Values values) {
    grouped.Fill(counts, values);
  };
  const absl::StatusOr<std::vector<BootstrapEstimate>> estimates =
      Bootstrap(units, options, IntervalKind::kPercentile,
                {.size = grouped.size(), .fill = fill});
  if (!estimates.ok()) return estimates.status();
  std::vector<SubgroupEstimate> subgroups(grouping.groups);
  auto next = estimates->begin();
  const auto take = [&](std::vector<BootstrapEstimate>* part) {
    part->assign(next, next + statistics.size);
    next += statistics.size;
  };
  for (SubgroupEstimate& subgroup : subgroups) {
    take(&subgroup.group);
    take(&subgroup.rest);
    take(&subgroup.difference);
  }
  for (const int32_t group : grouping.group_of_example) {
    if (group >= 0) ++subgroups[group].examples;
  }
  return subgroups;
}

absl::StatusOr<std::vector<int64_t>> CountGroupPositives(
    const Grouping& grouping, absl::Span<const uint8_t> labels) {
  const absl::Status valid = CheckGrouping(grouping, std::ssize(labels));
  if (!valid.ok()) return valid;
  std::vector<int64_t> positives(grouping.groups, 0);
  for (size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] > 1) {
      return absl::InvalidArgumentError(absl::StrCat(
          "labels[", i, "]: ", int{labels[i]}, ", expected 0 or 1"));
    }
    const int32_t group = grouping.group_of_example[i];
    if (group >= 0) positives[group] += labels[i];
  }
  return positives;
}

}  // namespace cxr::metrics
