// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_SEGMENTATION_REPORT_H_
#define CXR_SCORE_SEGMENTATION_REPORT_H_

#include "absl/status/statusor.h"
#include "cxr/score/segmentation_options.h"
#include "cxr/spec/score_report.pb.h"

namespace cxr {

// All that `cxr score segmentation` says: all of MaskStatistics with intervals,
// by groups (segmentation_groups.h) and against a second system
// (segmentation_comparisons.h), if there are any, and notes that say what was
// left out of them.
//
// Intervals rest on resamples of images, or of patients if they are known; a
// value whose resamples are all the same has none. InvalidArgument without
// images, if an option is out of its range, and by CheckWork.
absl::StatusOr<spec::ScoreReport> MakeSegmentationReport(
    const SegmentationInput& input, const SegmentationReportOptions& options);

}  // namespace cxr

#endif  // CXR_SCORE_SEGMENTATION_REPORT_H_
