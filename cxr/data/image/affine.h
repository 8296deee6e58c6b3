// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_AFFINE_H_
#define CXR_DATA_IMAGE_AFFINE_H_

#include "cxr/data/image.h"

// Rotation, scaling and translation about the centre of an image. What comes in
// from outside is 0.

namespace cxr {

struct AffineParameters {
  double rotation_degrees = 0.0;
  double translate_x_pixels = 0.0;  // to the right
  double translate_y_pixels = 0.0;  // down
  double scale_x = 1.0;
  double scale_y = 1.0;
};

// As torchvision's F.affine on a PIL image: no shear, nearest pixel, clockwise
// rotation, and one scale, so that scale_x and scale_y are equal.
GrayImage AffinePillowNearest(const GrayImage& image,
                              const AffineParameters& parameters);

// As A.Affine of albumentations 2.0.8 does with OpenCV 4 (1.4.18 makes the same
// matrix in another order): counter-clockwise rotation, after scaling. Images
// are interpolated, masks take the nearest pixel. OpenCV 5 computes positions
// otherwise and moves pixels by some levels; the published results are older.
GrayImage AffineOpenCvLinear(const GrayImage& image,
                             const AffineParameters& parameters);
GrayImage AffineOpenCvNearest(const GrayImage& mask,
                              const AffineParameters& parameters);

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_AFFINE_H_
