// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_LOAD_DRAWN_AUGMENTATION_H_
#define CXR_DATA_LOAD_DRAWN_AUGMENTATION_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cxr/data/image/affine.h"
#include "cxr/data/image/crop.h"

// What chance decided for one image: the numbers, without the pixels.

namespace cxr {

struct DrawnFlip {};

// Whose affine change it is, with the pixels between pixels.
enum class AffineMethod { kPillowNearest, kOpenCvLinear };

struct DrawnAffine {
  AffineParameters parameters = {};
  AffineMethod method = AffineMethod::kPillowNearest;
};

enum class ColorChange { kBrightness, kContrast, kSaturation, kHue };

// Saturation and hue are drawn and change nothing: the channels are equal.
struct DrawnColorJitter {
  std::array<ColorChange, 4> order = {};
  double brightness = 1.0;  // factor
  double contrast = 1.0;    // factor
  double saturation = 1.0;  // factor
  double hue = 0.0;         // of the colour circle
};

// Changes nothing either.
struct DrawnGrayscale {};

struct DrawnBlur {
  int kernel_pixels = 0;
  double sigma_pixels = 0.0;
};

struct DrawnSolarize {
  int threshold = 0;
};

struct DrawnElastic {
  double alpha_pixels = 0.0;
  double sigma_pixels = 0.0;
  uint64_t noise_seed = 0;
};

using DrawnStep =
    std::variant<DrawnFlip, DrawnAffine, DrawnColorJitter, DrawnGrayscale,
                 DrawnBlur, DrawnSolarize, DrawnElastic>;

struct DrawnAugmentation {
  // The part of the image that is shown; none if the pipeline has no crop.
  std::optional<PixelBox> crop = {};
  // What is done, in this order. Steps that chance left out are not here.
  std::vector<DrawnStep> steps = {};
};

// "crop 10,20 300x280; flip; blur 9 pixels, sigma 1.25" for a person.
std::string ToString(const DrawnAugmentation& drawn);

}  // namespace cxr

#endif  // CXR_DATA_LOAD_DRAWN_AUGMENTATION_H_
