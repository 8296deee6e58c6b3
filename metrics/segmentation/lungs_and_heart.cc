// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/segmentation/lungs_and_heart.h"

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace cxr::metrics {

LungsAndHeart MeanOfSides(double left_lung, double right_lung, double heart) {
  return OfLungsAndHeart((left_lung + right_lung) / 2.0, heart);
}

LungsAndHeart OfLungsAndHeart(double lungs, double heart) {
  return {.lungs = lungs, .heart = heart, .average = (lungs + heart) / 2.0};
}

absl::StatusOr<OverlapCounts> PoolSides(absl::Span<const ClassCounts> counts) {
  if (counts.size() != kLungsAndHeartClasses) {
    return absl::InvalidArgumentError(absl::StrCat(
        "counts: ", counts.size(),
        " classes, expected 4: background, left lung, right lung, heart"));
  }
  ClassCounts lungs = counts[kLeftLung];
  lungs.intersection += counts[kRightLung].intersection;
  lungs.predicted += counts[kRightLung].predicted;
  lungs.truth += counts[kRightLung].truth;
  return OverlapCounts{counts[0], lungs, counts[kHeart]};
}

absl::StatusOr<std::vector<uint8_t>> MergeLungs(
    absl::Span<const uint8_t> labels) {
  constexpr uint8_t kMerged[] = {0, kMergedLungs, kMergedLungs, kMergedHeart};
  std::vector<uint8_t> merged(labels.size());
  for (size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] >= kLungsAndHeartClasses) {
      return absl::InvalidArgumentError(absl::StrCat(
          "labels[", i, "]: ", labels[i],
          ", expected 0 to 3: background, left lung, right lung, heart"));
    }
    merged[i] = kMerged[labels[i]];
  }
  return merged;
}

}  // namespace cxr::metrics
