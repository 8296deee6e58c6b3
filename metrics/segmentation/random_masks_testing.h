// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_SEGMENTATION_RANDOM_MASKS_TESTING_H_
#define METRICS_SEGMENTATION_RANDOM_MASKS_TESTING_H_

#include <cstdint>
#include <vector>

#include "metrics/segmentation/distance_transform.h"

namespace cxr::metrics {

// The random cases of the golden files, drawn here and in
// testdata/random_masks.py by the same integer arithmetic, so that the files
// hold seeds and results only.

// SplitMix64.
class TestDraws {
 public:
  explicit TestDraws(uint64_t seed) : state_(seed) {}

  // 0 to n-1.
  int64_t Draw(int64_t n);

 private:
  uint64_t state_;
};

struct MaskPair {
  int64_t height = 0;
  int64_t width = 0;
  PixelSpacing spacing;
  std::vector<uint8_t> predicted;
  std::vector<uint8_t> truth;

  MaskView predicted_view() const { return {predicted, height, width}; }
  MaskView truth_view() const { return {truth, height, width}; }
};

// Ellipses, discs, rectangles, rings, noise, empty and full masks, up to 40 x
// 40; often the prediction is the truth moved a little. Every second seed has a
// spacing other than 1.
MaskPair RandomMaskPair(uint64_t seed);

struct LabelledImage {
  std::vector<float> logits;   // (C, H, W), multiples of 1/4, with many ties
  std::vector<uint8_t> truth;  // (H, W)
};

struct LabelledImages {
  int classes = 0;
  std::vector<LabelledImage> images;
};

// 1 to 4 images of 2 to 5 classes, up to 16 x 16. Classes are often absent.
LabelledImages RandomLabelledImages(uint64_t seed);

// Two lungs and a heart of ellipses that fill the image as in a chest X-ray,
// moved by `shift` pixels: a label map (size, size) of classes 0 to 3.
std::vector<uint8_t> ChestLabels(int64_t size, int64_t shift);

}  // namespace cxr::metrics

#endif  // METRICS_SEGMENTATION_RANDOM_MASKS_TESTING_H_
