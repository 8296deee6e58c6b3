// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/segmentation_groups.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/mask_statistics.h"
#include "cxr/score/numbered_groups.h"
#include "cxr/score/segmentation_intervals.h"
#include "cxr/score/segmentation_value.h"
#include "cxr/score/take_rows.h"
#include "metrics/interval/subgroup.h"

namespace cxr {
namespace {

constexpr auto kKind = metrics::IntervalKind::kPercentile;

// The values of one column's groups.
class ColumnGroups {
 public:
  ColumnGroups(const SegmentationInput& input,
               const SegmentationReportOptions& options,
               const MaskStatistics& statistics, NumberedGroups groups)
      : input_(input),
        options_(options),
        statistics_(statistics),
        groups_(std::move(groups)) {}

  absl::Status AddTo(spec::ScoreReport* report) const {
    const int64_t groups = std::ssize(groups_.names);
    const int64_t size = std::ssize(statistics_.all());
    CXR_RETURN_IF_ERROR(CheckWork({.images = std::ssize(input_.images),
                                   .statistics = 3 * groups * size,
                                   .copies = 1},
                                  options_));
    CXR_ASSIGN_OR_RETURN(
        const metrics::ResamplingUnits units,
        UnitsOfImages(std::ssize(input_.images), input_.table.patients));
    const auto fill = [&](absl::Span<const int32_t> counts,
                          absl::Span<double> values) {
      statistics_.Fill(counts, values);
    };
    CXR_ASSIGN_OR_RETURN(const std::vector<metrics::SubgroupEstimate> estimates,
                         metrics::SubgroupBootstrap(
                             units, ToBootstrapOptions(options_),
                             groups_.grouping(), {.size = size, .fill = fill}));
    for (int64_t group = 0; group < groups; ++group) {
      CXR_RETURN_IF_ERROR(AddGroup(group, estimates[group], report));
    }
    AddUnknownGroupNote(groups_, report);
    return absl::OkStatus();
  }

 private:
  absl::Status AddGroup(int64_t group,
                        const metrics::SubgroupEstimate& estimate,
                        spec::ScoreReport* report) const {
    const Rows rows = groups_.RowsIn(group);
    std::vector<MaskPairScore> images;
    for (const int64_t row : rows) images.push_back(input_.images[row]);
    const std::vector<std::string> patients =
        input_.table.patients.empty() ? std::vector<std::string>()
                                      : Take(input_.table.patients, rows);
    CXR_ASSIGN_OR_RETURN(const MaskStatistics own,
                         StatisticsOf(images, options_, /*partner=*/{}));
    CXR_ASSIGN_OR_RETURN(const metrics::ResamplingUnits units,
                         UnitsOfImages(std::ssize(images), patients));
    SegmentationIntervals intervals(
        options_, {.kind = kKind,
                   .where = absl::StrCat("groups: ", groups_.column, " ",
                                         groups_.names[group], ": "),
                   .unit = std::string(UnitName(input_.table)),
                   .units = units.units()});
    for (size_t k = 0; k < own.all().size(); ++k) {
      spec::GroupValue* result = report->add_groups();
      result->set_column(groups_.column);
      result->set_group(groups_.names[group]);
      *result->mutable_value() =
          ToMetricValue(own.all()[k], patients, estimate.group[k].value);
      if (const auto interval = intervals.Of(own.all()[k], estimate.group[k])) {
        *result->mutable_value()->mutable_interval() = *interval;
      }
      if (std::isnan(estimate.difference[k].value)) continue;
      result->set_difference(estimate.difference[k].value);
      if (const auto interval = intervals.OfDifference(
              own.all()[k], estimate.group[k], estimate.rest[k],
              estimate.difference[k])) {
        *result->mutable_difference_interval() = *interval;
      }
    }
    intervals.AddNotes(report);
    return absl::OkStatus();
  }

  const SegmentationInput& input_;
  const SegmentationReportOptions& options_;
  const MaskStatistics& statistics_;  // of all images
  const NumberedGroups groups_;
};

}  // namespace

absl::Status AddSegmentationGroups(const SegmentationInput& input,
                                   const SegmentationReportOptions& options,
                                   spec::ScoreReport* report) {
  if (input.table.groups.empty()) return absl::OkStatus();
  CXR_ASSIGN_OR_RETURN(const MaskStatistics statistics,
                       StatisticsOf(input.images, options, /*partner=*/{}));
  for (const GroupColumn& column : input.table.groups) {
    CXR_ASSIGN_OR_RETURN(NumberedGroups groups,
                         NumberGroups(column, input.table.file));
    CXR_RETURN_IF_ERROR(
        ColumnGroups(input, options, statistics, std::move(groups))
            .AddTo(report));
  }
  AddGroupKindNote(options.interval, report);
  return absl::OkStatus();
}

}  // namespace cxr
