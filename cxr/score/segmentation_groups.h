// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_SEGMENTATION_GROUPS_H_
#define CXR_SCORE_SEGMENTATION_GROUPS_H_

#include "absl/status/status.h"
#include "cxr/score/segmentation_options.h"
#include "cxr/spec/score_report.pb.h"

namespace cxr {

// Adds every value of the images of each group of each column of the table, as
// if there were no others, and what it is more than that of all other groups of
// the column together, with percentile intervals. Groups stand in the order of
// their names; images of no known group ("") are in none and noted.
// InvalidArgument as NumberGroups, and by CheckWork.
absl::Status AddSegmentationGroups(const SegmentationInput& input,
                                   const SegmentationReportOptions& options,
                                   spec::ScoreReport* report);

}  // namespace cxr

#endif  // CXR_SCORE_SEGMENTATION_GROUPS_H_
