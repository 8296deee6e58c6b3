// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/mask_scores.h"

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"
#include "metrics/segmentation/distance_transform.h"
#include "metrics/segmentation/lungs_and_heart.h"
#include "metrics/segmentation/surface_distance.h"

namespace cxr {
namespace {

constexpr double kPercent = 95.0;

std::vector<uint8_t> PixelsOf(const GrayImage& labels, uint8_t label) {
  std::vector<uint8_t> mask(labels.pixels.size());
  for (size_t i = 0; i < mask.size(); ++i) {
    mask[i] = labels.pixels[i] == label ? 1 : 0;
  }
  return mask;
}

absl::StatusOr<BorderDistances> DistancesOf(const GrayImage& predicted,
                                            const GrayImage& truth,
                                            uint8_t label) {
  const std::vector<uint8_t> predicted_mask = PixelsOf(predicted, label);
  const std::vector<uint8_t> truth_mask = PixelsOf(truth, label);
  const metrics::MaskView first{predicted_mask, truth.height, truth.width};
  const metrics::MaskView second{truth_mask, truth.height, truth.width};
  CXR_ASSIGN_OR_RETURN(const metrics::EdgeDistances edges,
                       metrics::EdgeDistances::Create(first, second));
  CXR_ASSIGN_OR_RETURN(const metrics::ContourDistances contours,
                       metrics::ContourDistances::Create(first, second));
  return BorderDistances{
      .hd95 = edges.HausdorffAtPercentile(kPercent),
      .assd = edges.Average(),
      .contour_hd95 = contours.RobustHausdorff(kPercent),
      .contour_predicted_to_truth = contours.AveragePredictedToTruth(),
      .contour_truth_to_predicted = contours.AverageTruthToPredicted()};
}

absl::StatusOr<metrics::OverlapCounts> CountMerged(const GrayImage& predicted,
                                                   const GrayImage& truth) {
  CXR_ASSIGN_OR_RETURN(const std::vector<uint8_t> merged_predicted,
                       metrics::MergeLungs(predicted.pixels));
  CXR_ASSIGN_OR_RETURN(const std::vector<uint8_t> merged_truth,
                       metrics::MergeLungs(truth.pixels));
  return metrics::CountLabels(merged_predicted, merged_truth,
                              metrics::kMergedClasses);
}

}  // namespace

absl::StatusOr<MaskPairScore> ScoreMaskPair(const GrayImage& predicted,
                                            const GrayImage& truth,
                                            int classes) {
  if (predicted.width != truth.width || predicted.height != truth.height) {
    return absl::InvalidArgumentError(
        absl::StrCat("predicted: found ", predicted.width, " x ",
                     predicted.height, " pixels, expected the ", truth.width,
                     " x ", truth.height, " of truth"));
  }
  MaskPairScore score;
  CXR_ASSIGN_OR_RETURN(
      score.counts,
      metrics::CountLabels(predicted.pixels, truth.pixels, classes));
  if (classes == metrics::kLungsAndHeartClasses) {
    CXR_ASSIGN_OR_RETURN(score.merged, CountMerged(predicted, truth));
  }
  for (int label = 1; label < classes; ++label) {
    CXR_ASSIGN_OR_RETURN(
        score.distances.emplace_back(),
        DistancesOf(predicted, truth, static_cast<uint8_t>(label)));
  }
  return score;
}

}  // namespace cxr
