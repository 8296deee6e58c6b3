// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_LOAD_RANDOM_CROP_H_
#define CXR_DATA_LOAD_RANDOM_CROP_H_

#include "cxr/base/rng.h"
#include "cxr/data/image/crop.h"
#include "cxr/spec/augmentation.pb.h"

namespace cxr {

// The part of an image of `width` x `height` pixels that torchvision's
// RandomResizedCrop would cut out: ten tries of a uniform area and a
// log-uniform ratio, then the largest central part whose ratio is allowed. Uses
// indices 0 .. 39 of `rng`.
PixelBox DrawRandomCrop(const spec::RandomResizedCropSpec& spec, int width,
                        int height, const CounterRng& rng);

}  // namespace cxr

#endif  // CXR_DATA_LOAD_RANDOM_CROP_H_
