// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_SEGMENTATION_COMPARISONS_H_
#define CXR_SCORE_SEGMENTATION_COMPARISONS_H_

#include "absl/status/status.h"
#include "cxr/score/segmentation_options.h"
#include "cxr/spec/score_report.pb.h"

namespace cxr {

// Adds what the first system is worth minus what the second is:
//
// "paired bootstrap": of every value. There is no p where all resamples give
//   the same difference (unless that is 0), as with one image.
// "paired permutation": of imagewise_dice, signs of differences flipped, those
//   of a patient together.
//
// P of classes is adjusted for their number. Image-wise values are compared
// over images where both systems have one. InvalidArgument by CheckWork, and if
// the systems do not have as many images.
absl::Status AddSegmentationComparisons(
    const SegmentationInput& input, const SegmentationReportOptions& options,
    spec::ScoreReport* report);

}  // namespace cxr

#endif  // CXR_SCORE_SEGMENTATION_COMPARISONS_H_
