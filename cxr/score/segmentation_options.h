// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_SEGMENTATION_OPTIONS_H_
#define CXR_SCORE_SEGMENTATION_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/score/mask_scores.h"
#include "cxr/score/mask_table.h"
#include "cxr/score/p_value_adjustment.h"
#include "metrics/interval/interval_bounds.h"
#include "metrics/interval/random_stream.h"
#include "metrics/interval/resample_loop.h"
#include "metrics/interval/resampling_units.h"
#include "metrics/segmentation/overlap_profile.h"

namespace cxr {

// The images of a set, n of them, and what is known of them.
struct SegmentationInput {
  absl::Span<const MaskPairScore> images = {};
  // Of a second system, with which the first is compared: the same images in
  // the same order; empty without one.
  absl::Span<const MaskPairScore> others = {};
  MaskTable table = {};
};

// How they are looked at.
struct SegmentationReportOptions {
  int classes = 4;  // of all counts, the background included
  metrics::OverlapProfile profile = metrics::OverlapProfile::kReleasedCodeDice;
  // Of images, or of patients with all their images if they are known. All
  // values are of the same resamples.
  metrics::IntervalKind interval = metrics::IntervalKind::kPercentile;
  metrics::RandomGenerator generator =
      metrics::RandomGenerator::kNumpyRandomState;
  int resamples = 1000;
  double confidence = 0.95;
  // Of the p values of comparisons.
  PValueAdjustment adjustment = PValueAdjustment::kHolm;
  uint64_t seed = 0;  // at most LargestSeed(generator)
  int threads = 1;    // results are the same for any number
};

// A resample that leaves a value undefined is left out of its interval alone.
metrics::BootstrapOptions ToBootstrapOptions(
    const SegmentationReportOptions& options);

// What a resample draws: images, or patients with all of theirs. `patients` are
// a name an image, or none (else the program ends).
absl::StatusOr<metrics::ResamplingUnits> UnitsOfImages(
    int64_t images, const std::vector<std::string>& patients);

// "image" or "patient".
absl::string_view UnitName(const MaskTable& table);

// What is evaluated on each resample.
struct SegmentationWork {
  int64_t images = 0;
  int64_t statistics = 0;
  int64_t copies = 1;    // of all images: systems, groups
  int64_t left_out = 0;  // units that a jackknife leaves out in turn
};

// InvalidArgument naming the limit, if work is beyond one of report_options.h.
absl::Status CheckWork(const SegmentationWork& work,
                       const SegmentationReportOptions& options);

}  // namespace cxr

#endif  // CXR_SCORE_SEGMENTATION_OPTIONS_H_
