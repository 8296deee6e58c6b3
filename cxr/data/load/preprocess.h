// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_LOAD_PREPROCESS_H_
#define CXR_DATA_LOAD_PREPROCESS_H_

#include "absl/status/statusor.h"
#include "cxr/data/image/image.h"
#include "cxr/spec/features.pb.h"

namespace cxr {

// The evaluation transform: equalisation of the whole image, resize of the
// shorter side to `input_size_pixels` (the longer one in proportion, rounded
// down as torchvision does), centre square. DataLoss if `image` is empty or one
// side is more than 20 times the other: no radiograph is. `spec` is complete.
absl::StatusOr<GrayImage> Preprocess(const GrayImage& image,
                                     const spec::PreprocessSpec& spec);

}  // namespace cxr

#endif  // CXR_DATA_LOAD_PREPROCESS_H_
