// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_SEGMENTATION_SURFACE_DISTANCE_H_
#define METRICS_SEGMENTATION_SURFACE_DISTANCE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "metrics/segmentation/distance_transform.h"

namespace cxr::metrics {

// How far the borders of two masks lie apart. There are two families, which
// disagree by design: say which one a number is of.
//
//   const EdgeDistances distances = *EdgeDistances::Create(predicted, truth);
//   distances.HausdorffAtPercentile(95.0);  // HD95
//   distances.Average();                    // ASSD

// "From the predicted border to the true one" has a distance for each point of
// the predicted border.
enum class BorderDirection { kBoth, kPredictedToTruth, kTruthToPredicted };

// MONAI 1.6: compute_hausdorff_distance and compute_average_surface_distance.
// The border is the pixels that erosion takes away, each counted once. MONAI
// keeps distances in float32, here they are double.
//
// Both masks empty: all NaN. One empty: Hausdorff and Average are infinite and
// HausdorffAtPercentile is NaN, whatever the direction.
class EdgeDistances {
 public:
  // Masks of the same size. InvalidArgument as CheckMask, or if sizes differ.
  static absl::StatusOr<EdgeDistances> Create(const MaskView& predicted,
                                              const MaskView& truth,
                                              const PixelSpacing& spacing = {});

  // The largest distance. kTruthToPredicted is MONAI's directed=True with the
  // masks exchanged.
  double Hausdorff(BorderDirection direction = BorderDirection::kBoth) const;

  // The percentile, with linear interpolation, of each direction; of these the
  // larger. `percent` is above 0 and at most 100: MONAI takes 0 for none.
  double HausdorffAtPercentile(
      double percent, BorderDirection direction = BorderDirection::kBoth) const;

  // The mean distance; kBoth (MONAI's symmetric=True) is that of all distances
  // together, not the mean of two means.
  double Average(BorderDirection direction = BorderDirection::kBoth) const;

 private:
  EdgeDistances() = default;

  std::vector<double> predicted_to_truth_;  // squared
  std::vector<double> truth_to_predicted_;
};

// surface-distance 0.1 (DeepMind): the border runs between pixels. Its points
// are the corners where inside and outside meet, and each counts with the
// length of the contour there.
//
// A mean or share over an empty border is NaN, a distance to one is infinite.
class ContourDistances {
 public:
  // Masks of the same size. InvalidArgument as CheckMask, or if sizes differ.
  static absl::StatusOr<ContourDistances> Create(
      const MaskView& predicted, const MaskView& truth,
      const PixelSpacing& spacing = {});

  // The larger of two distances: of each direction the first one, by rising
  // distance, at which `percent` of the contour is reached; no interpolation.
  // Infinite if a mask is empty. `percent` is 0 to 100.
  double RobustHausdorff(double percent) const;

  double AveragePredictedToTruth() const;
  double AverageTruthToPredicted() const;

  // The share of both contours that lies within `tolerance` of the other one
  // (surface Dice, normalised surface distance).
  double SurfaceDice(double tolerance) const;

 private:
  // A stretch of the contour.
  struct Element {
    double distance;
    double length;
  };

  // Sorted by distance, then length.
  using Elements = std::vector<Element>;

  ContourDistances() = default;

  static Elements MakeElements(const std::vector<double>& squares,
                               const std::vector<double>& lengths);
  static double AtPercent(const Elements& elements, double percent);
  static double AverageOf(const Elements& elements);
  static double LengthWithin(const Elements& elements, double tolerance);

  Elements predicted_to_truth_;
  Elements truth_to_predicted_;
};

}  // namespace cxr::metrics

#endif  // METRICS_SEGMENTATION_SURFACE_DISTANCE_H_
