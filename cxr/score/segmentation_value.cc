// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/segmentation_value.h"

#include <cstddef>
#include <set>

#include "absl/strings/string_view.h"
#include "cxr/base/check.h"

namespace cxr {

absl::StatusOr<MaskStatistics> StatisticsOf(
    absl::Span<const MaskPairScore> images,
    const SegmentationReportOptions& options,
    absl::Span<const MaskPairScore> partner) {
  return MaskStatistics::Create(images, {.classes = options.classes,
                                         .profile = options.profile,
                                         .partner = partner});
}

spec::MetricValue ToMetricValue(const MaskStatistic& statistic,
                                const std::vector<std::string>& patients,
                                double value) {
  spec::MetricValue result;
  result.set_metric(statistic.metric);
  result.set_target(statistic.target);
  result.set_value(value);
  result.set_images(statistic.images);
  result.set_positives(statistic.positives);
  result.set_profile(statistic.profile);
  if (patients.empty()) return result;
  CXR_CHECK(patients.size() == statistic.takes_part.size());
  std::set<absl::string_view> taking_part;
  for (size_t i = 0; i < patients.size(); ++i) {
    if (statistic.takes_part[i]) taking_part.insert(patients[i]);
  }
  result.set_patients(std::ssize(taking_part));
  return result;
}

}  // namespace cxr
