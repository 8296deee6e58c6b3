// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/group_values.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/numbered_groups.h"
#include "cxr/score/take_rows.h"
#include "metrics/interval/subgroup.h"

namespace cxr {
namespace {

constexpr auto kKind = metrics::IntervalKind::kPercentile;

// The values of one column's groups.
class ColumnGroups {
 public:
  ColumnGroups(const LabelledScores& scores, const RankedTargets& targets,
               const ReportOptions& options, NumberedGroups groups)
      : scores_(scores),
        targets_(targets),
        options_(options),
        groups_(std::move(groups)) {}

  absl::Status AddTo(spec::ScoreReport* report) {
    CXR_RETURN_IF_ERROR(Check());
    CXR_RETURN_IF_ERROR(CountPositives());
    CXR_ASSIGN_OR_RETURN(const metrics::ResamplingUnits units,
                         UnitsOf(scores_));
    const auto fill = [&](absl::Span<const int32_t> counts,
                          absl::Span<double> values) {
      targets_.Fill(counts, values);
    };
    CXR_ASSIGN_OR_RETURN(
        const std::vector<metrics::SubgroupEstimate> estimates,
        metrics::SubgroupBootstrap(
            units, ToBootstrapOptions(options_), groups_.grouping(),
            {.size = targets_.statistics(), .fill = fill}));
    const std::vector<std::vector<double>> ranked =
        ProfileScores(scores_.scores, options_.profile);
    for (size_t g = 0; g < estimates.size(); ++g) {
      CXR_ASSIGN_OR_RETURN(const Values values, ValuesOf(ranked, g));
      for (const RankMetric metric : kRankMetrics) {
        for (int64_t k = 0; k <= targets_.size(); ++k) {
          AddValue(estimates[g], values, g, metric, k, report->add_groups());
        }
      }
    }
    AddUnknownGroupNote(groups_, report);
    return absl::OkStatus();
  }

 private:
  // By RankedTargets::Place.
  struct Values {
    std::vector<double> group;
    std::vector<double> rest;  // NaN if the column has one group only
  };

  absl::StatusOr<std::vector<double>> ValuesOfRows(
      const std::vector<std::vector<double>>& ranked, const Rows& rows) const {
    std::vector<double> values(targets_.statistics(),
                               std::numeric_limits<double>::quiet_NaN());
    if (rows.empty()) return values;
    CXR_ASSIGN_OR_RETURN(const RankedTargets targets,
                         RankedTargets::CreateRanked(
                             scores_.classes, TakeAll(ranked, rows),
                             TakeAll(scores_.labels, rows), options_.profile));
    for (const RankMetric metric : kRankMetrics) {
      for (int64_t k = 0; k < targets.size(); ++k) {
        values[targets.Place(metric, k)] = targets.ProfileValue(metric, k);
      }
      values[targets.MacroPlace(metric)] = targets.Macro(metric);
    }
    return values;
  }

  absl::StatusOr<Values> ValuesOf(
      const std::vector<std::vector<double>>& ranked, size_t group) const {
    Values values;
    CXR_ASSIGN_OR_RETURN(values.group,
                         ValuesOfRows(ranked, groups_.RowsIn(group)));
    CXR_ASSIGN_OR_RETURN(values.rest,
                         ValuesOfRows(ranked, groups_.RowsInOthers(group)));
    return values;
  }

  absl::Status Check() const {
    const int64_t groups = std::ssize(groups_.names);
    return CheckWork(scores_, options_, 3 * groups * targets_.statistics(),
                     2 * groups);
  }

  absl::Status CountPositives() {
    for (const std::vector<uint8_t>& labels : scores_.labels) {
      CXR_ASSIGN_OR_RETURN(
          positives_.emplace_back(),
          metrics::CountGroupPositives(groups_.grouping(), labels));
    }
    return absl::OkStatus();
  }

  // Of one target, or of all if it is behind the last.
  int64_t Positives(size_t group, int64_t target) const {
    if (target < targets_.size()) return positives_[target][group];
    int64_t sum = 0;
    for (const std::vector<int64_t>& of_target : positives_) {
      sum += of_target[group];
    }
    return sum;
  }

  int64_t Images(size_t group) const {
    int64_t images = 0;
    for (size_t i = 0; i < groups_.group_of_row.size(); ++i) {
      if (groups_.group_of_row[i] != static_cast<int32_t>(group)) continue;
      images += scores_.images_of_row.empty() ? 1 : scores_.images_of_row[i];
    }
    return images;
  }

  int64_t Patients(size_t group) const {
    std::set<std::string> patients;
    for (size_t i = 0; i < scores_.patients.size(); ++i) {
      if (groups_.group_of_row[i] == static_cast<int32_t>(group)) {
        patients.insert(scores_.patients[i]);
      }
    }
    return std::ssize(patients);
  }

  void AddValue(const metrics::SubgroupEstimate& estimate, const Values& values,
                size_t group, RankMetric metric, int64_t target,
                spec::GroupValue* result) const {
    const int64_t place = targets_.Place(metric, target);
    result->set_column(groups_.column);
    result->set_group(groups_.names[group]);
    spec::MetricValue& value = *result->mutable_value();
    value.set_metric(std::string(NameOf(metric)));
    value.set_target(target < targets_.size() ? targets_.name(target)
                                              : "macro");
    value.set_value(values.group[place]);
    value.set_images(Images(group));
    if (!scores_.patients.empty()) value.set_patients(Patients(group));
    value.set_positives(Positives(group, target));
    value.set_profile(spec::ScorerProfile_Name(options_.profile));
    if (const auto interval = ToInterval(options_, kKind, scores_,
                                         estimate.group[place].interval)) {
      *value.mutable_interval() = *interval;
    }
    const double difference = values.group[place] - values.rest[place];
    if (std::isnan(difference)) return;
    result->set_difference(difference);
    if (const auto interval = ToInterval(options_, kKind, scores_,
                                         estimate.difference[place].interval)) {
      *result->mutable_difference_interval() = *interval;
    }
  }

  const LabelledScores& scores_;
  const RankedTargets& targets_;
  const ReportOptions& options_;
  const NumberedGroups groups_;
  std::vector<std::vector<int64_t>> positives_;  // (targets, groups)
};

}  // namespace

absl::Status AddGroupValues(const LabelledScores& scores,
                            const RankedTargets& targets,
                            const ReportOptions& options,
                            spec::ScoreReport* report) {
  for (const GroupColumn& column : scores.groups) {
    CXR_ASSIGN_OR_RETURN(NumberedGroups groups,
                         NumberGroups(column, scores.truth_file));
    CXR_RETURN_IF_ERROR(
        ColumnGroups(scores, targets, options, std::move(groups))
            .AddTo(report));
  }
  if (!scores.groups.empty()) AddGroupKindNote(options.interval, report);
  return absl::OkStatus();
}

}  // namespace cxr
