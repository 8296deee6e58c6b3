// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_SEGMENTATION_OVERLAP_SCORE_H_
#define METRICS_SEGMENTATION_OVERLAP_SCORE_H_

#include <cstdint>
#include <vector>

#include "absl/numeric/int128.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/segmentation/overlap_counts.h"
#include "metrics/segmentation/overlap_profile.h"

namespace cxr::metrics {

struct OverlapOptions {
  OverlapProfile profile = OverlapProfile::kReleasedCodeDice;
  // kForeground leaves class 0 out, kAll does not. Profiles that fix the
  // classes do not read it.
  OverlapClasses classes = OverlapClasses::kForeground;
  // In [0, 1]. Read by the profiles of segmentation_models_pytorch only.
  double zero_division = 1.0;
};

struct OverlapScore {
  double value = 0.0;
  // Before the mean over classes: of the pooled counts or the mean over images,
  // as the profile has it; no class if the profile pools classes, too. Class 0
  // comes first only if it takes part.
  std::vector<double> per_class;
  int64_t images = 0;
  // Fractions with neither predicted nor true pixels; under kReleasedCodeDice
  // each of them deserves a warning.
  int64_t empty = 0;
};

// The mean of numbers in [0, 1] and perhaps NaN, the same whatever the order in
// which they come: each is taken to the nearest multiple of 2^-62.
class ExactMean {
 public:
  void Add(double value, int64_t times);
  void Merge(const ExactMean& other);
  int64_t count() const { return count_ + nans_; }
  // NaN if one of the numbers is.
  double MeanOr(double nothing) const;

 private:
  absl::int128 sum_ = 0;  // in units of 2^-62
  int64_t count_ = 0;
  int64_t nans_ = 0;
};

// A Dice or IoU of many images, of which it keeps sums only.
//
//   OverlapAccumulator dice =
//       *OverlapAccumulator::Create(/*classes=*/4, {.profile = profile});
//   for (...) dice.Add(*CountLogits(logits, truth, 4));
//   const OverlapScore score = *dice.Finish();
//
// The result does not depend on the order of images nor on how they were spread
// over accumulators that are merged: threads may have one each.
class OverlapAccumulator {
 public:
  // `classes`, the background included, is that of the counts that will come.
  // InvalidArgument if no class is left or an option is out of range.
  static absl::StatusOr<OverlapAccumulator> Create(
      int classes, const OverlapOptions& options);

  // Adds an image `times` times, as resampling wants it; 0 is allowed.
  // InvalidArgument if the number of classes differs or counts contradict
  // themselves; nothing is added then.
  absl::Status Add(absl::Span<const ClassCounts> image, int64_t times = 1);

  // InvalidArgument if the two were not created alike.
  absl::Status Merge(const OverlapAccumulator& other);

  // FailedPrecondition without an image.
  absl::StatusOr<OverlapScore> Finish() const;

 private:
  OverlapAccumulator(int classes, const OverlapOptions& options);

  void AddFractions(absl::Span<const ClassCounts> image, int64_t times);

  int classes_;  // of the counts
  OverlapOptions options_;
  int64_t images_ = 0;
  int64_t empty_ = 0;
  // One for each class that takes part.
  OverlapCounts pooled_;
  std::vector<ExactMean> class_means_;
  // Over images or pairs, as the profile has it.
  ExactMean mean_;
};

// What an image on its own is worth under `options`: the value that Finish
// gives after Add of this image. InvalidArgument as Create and Add.
absl::StatusOr<double> ImageScore(absl::Span<const ClassCounts> image,
                                  const OverlapOptions& options);

}  // namespace cxr::metrics

#endif  // METRICS_SEGMENTATION_OVERLAP_SCORE_H_
