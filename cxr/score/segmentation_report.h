// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_SEGMENTATION_REPORT_H_
#define CXR_SCORE_SEGMENTATION_REPORT_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "cxr/score/mask_scores.h"
#include "cxr/spec/score_report.pb.h"
#include "metrics/interval/interval_bounds.h"
#include "metrics/segmentation/overlap_profile.h"

namespace cxr {

struct SegmentationReportOptions {
  int classes = 4;  // of all counts, the background included
  metrics::OverlapProfile profile = metrics::OverlapProfile::kReleasedCodeDice;
  // Of images, drawn as numpy.random.RandomState(seed) does, so that all values
  // are of the same resamples.
  metrics::IntervalKind interval = metrics::IntervalKind::kPercentile;
  int resamples = 1000;
  double confidence = 0.95;
  uint64_t seed = 0;
  int threads = 1;  // results are the same for any number
};

// What a system's images are worth: all of MaskStatistics with intervals, and
// notes that say what was left out of them. InvalidArgument without images or
// if an option is out of its range.
absl::StatusOr<spec::ScoreReport> MakeSegmentationReport(
    absl::Span<const MaskPairScore> images,
    const SegmentationReportOptions& options);

// Adds what `first` is worth minus what `second` is, of the same images in the
// same order: a paired bootstrap of every value, and the paired permutation
// test (signs of differences flipped) of imagewise_dice, p of classes adjusted
// for one another. Image-wise values are compared over images where both
// systems have one.
absl::Status AddSegmentationComparisons(
    absl::Span<const MaskPairScore> first,
    absl::Span<const MaskPairScore> second,
    const SegmentationReportOptions& options, spec::ScoreReport* report);

}  // namespace cxr

#endif  // CXR_SCORE_SEGMENTATION_REPORT_H_
