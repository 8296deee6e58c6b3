// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_SEGMENTATION_VALUE_H_
#define CXR_SCORE_SEGMENTATION_VALUE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "cxr/score/mask_statistics.h"
#include "cxr/score/segmentation_options.h"
#include "cxr/spec/run_record.pb.h"

namespace cxr {

// All statistics of images by the options; `partner` as MaskStatistics has it.
absl::StatusOr<MaskStatistics> StatisticsOf(
    absl::Span<const MaskPairScore> images,
    const SegmentationReportOptions& options,
    absl::Span<const MaskPairScore> partner);

// A value without interval, with the numbers of images, of patients (a name an
// image, or none) and of positives behind it.
spec::MetricValue ToMetricValue(const MaskStatistic& statistic,
                                const std::vector<std::string>& patients,
                                double value);

}  // namespace cxr

#endif  // CXR_SCORE_SEGMENTATION_VALUE_H_
