// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_SEGMENTATION_LUNGS_AND_HEART_H_
#define METRICS_SEGMENTATION_LUNGS_AND_HEART_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/segmentation/overlap_counts.h"

namespace cxr::metrics {

// Label maps of frontal chest X-rays: 0 background, 1 left lung, 2 right lung,
// 3 heart. Tables print one number for both lungs, and three ways to make it
// are in use:
//
//   mean of sides  a score for each lung, then their mean: MeanOfSides
//   pooled sides   the pixels of both classes in one score, a left lung taken
//                  for a right one being wrong: PoolSides
//   merged         one class "lungs" before anything is counted: MergeLungs
inline constexpr int kLungsAndHeartClasses = 4;
inline constexpr int kLeftLung = 1;
inline constexpr int kRightLung = 2;
inline constexpr int kHeart = 3;

// What PoolSides and MergeLungs have instead: 0 background, 1 lungs, 2 heart.
inline constexpr int kMergedClasses = 3;
inline constexpr int kMergedLungs = 1;
inline constexpr int kMergedHeart = 2;

// The columns of a table.
struct LungsAndHeart {
  double lungs = 0.0;
  double heart = 0.0;
  double average = 0.0;  // (lungs + heart) / 2, not the mean of three classes
};

LungsAndHeart MeanOfSides(double left_lung, double right_lung, double heart);
LungsAndHeart OfLungsAndHeart(double lungs, double heart);

// InvalidArgument if there are not counts of four classes.
absl::StatusOr<OverlapCounts> PoolSides(absl::Span<const ClassCounts> counts);

// InvalidArgument if a label is above 3; the text names the pixel.
absl::StatusOr<std::vector<uint8_t>> MergeLungs(
    absl::Span<const uint8_t> labels);

}  // namespace cxr::metrics

#endif  // METRICS_SEGMENTATION_LUNGS_AND_HEART_H_
