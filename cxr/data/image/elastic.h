// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_ELASTIC_H_
#define CXR_DATA_IMAGE_ELASTIC_H_

#include <vector>

#include "absl/types/span.h"
#include "cxr/data/image.h"
#include "cxr/data/image/simd.h"

// Elastic deformation as ElasticTransform of albumentations 1.4.18 does it with
// OpenCV 4: uniform noise, smoothed by a kernel of 17 pixels, and mirrored
// borders. (2.0 draws normal noise, takes a kernel of about 8 sigma, and brings
// in black; the released code passes an argument that it no longer has.)
//
//   const DisplacementField field = MakeDisplacementField(
//       noise_x, noise_y, {.width = 518, .height = 518, .alpha_pixels = 1.0,
//                          .sigma_pixels = 10.0});
//   image = RemapLinear(image, field);
//   mask = RemapNearest(mask, field);

namespace cxr {

// The result's pixel of column x and row y is taken from x + dx, y + dy.
struct DisplacementField {
  int width = 0;            // pixels
  int height = 0;           // pixels
  std::vector<float> dx{};  // (H, W), pixels
  std::vector<float> dy{};  // (H, W), pixels
};

struct ElasticOptions {
  int width = 0;   // pixels
  int height = 0;  // pixels
  double alpha_pixels = 0.0;
  double sigma_pixels = 0.0;
};

// `noise_x` and `noise_y` (H, W), drawn by the caller from [-1, 1], smoothed by
// a Gaussian of sigma_pixels and multiplied by alpha_pixels.
DisplacementField MakeDisplacementField(absl::Span<const float> noise_x,
                                        absl::Span<const float> noise_y,
                                        const ElasticOptions& options,
                                        Simd simd = BestSimd());

// `image` or `mask` of the field's size, moved by it: interpolated between
// pixels, or the nearest one.
GrayImage RemapLinear(const GrayImage& image, const DisplacementField& field);
GrayImage RemapNearest(const GrayImage& mask, const DisplacementField& field);

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_ELASTIC_H_
