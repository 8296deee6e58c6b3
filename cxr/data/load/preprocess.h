// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_LOAD_PREPROCESS_H_
#define CXR_DATA_LOAD_PREPROCESS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cxr/data/image.h"
#include "cxr/spec/features.pb.h"

namespace cxr {

// `image` with its contrast stretched as `equalization`, not UNSPECIFIED, says.
GrayImage Equalize(const GrayImage& image, spec::Equalization equalization);

// DataLoss if `image` is empty or one side is more than 20 times the other: no
// radiograph is.
absl::Status CheckShape(const GrayImage& image);

// The evaluation transform: equalisation of the whole image, resize of the
// shorter side to `input_size_pixels`, centre square. The longer side keeps the
// proportion, rounded down as torchvision does, or, for OPENCV_CUBIC, to the
// nearest pixel as albumentations does; half a pixel of the square's place goes
// to the even neighbour, or to the left and the top. Errors as CheckShape.
// `spec` is complete.
absl::StatusOr<GrayImage> Preprocess(const GrayImage& image,
                                     const spec::PreprocessSpec& spec);

// The same part of a mask of the image's size, by OpenCV's nearest pixel.
absl::StatusOr<GrayImage> PreprocessMask(const GrayImage& mask,
                                         const spec::PreprocessSpec& spec);

}  // namespace cxr

#endif  // CXR_DATA_LOAD_PREPROCESS_H_
