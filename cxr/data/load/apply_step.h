// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_LOAD_APPLY_STEP_H_
#define CXR_DATA_LOAD_APPLY_STEP_H_

#include "cxr/data/image.h"
#include "cxr/data/load/drawn_augmentation.h"

// What a drawn step does to pixels. Nothing here is random.

namespace cxr {

// Whose brightness and contrast are meant.
enum class ColorLibrary { kPillow, kAlbumentations };

struct ImageAndMask {
  GrayImage image = {};
  GrayImage mask = {};
};

GrayImage ApplyStep(const GrayImage& image, const DrawnStep& step,
                    ColorLibrary library);

// The same, and the mask beside the image moved with it by the nearest pixel,
// its values unchanged.
ImageAndMask ApplyStepToBoth(const ImageAndMask& both, const DrawnStep& step,
                             ColorLibrary library);

}  // namespace cxr

#endif  // CXR_DATA_LOAD_APPLY_STEP_H_
