// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/drawn_augmentation.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace cxr {
namespace {

std::string TextOf(const DrawnFlip&) { return "flip"; }

std::string TextOf(const DrawnAffine& affine) {
  const AffineParameters& drawn = affine.parameters;
  return absl::StrCat("affine ", drawn.rotation_degrees, " degrees, by ",
                      drawn.translate_x_pixels, ",", drawn.translate_y_pixels,
                      " pixels, times ", drawn.scale_x, ",", drawn.scale_y);
}

std::string TextOf(const DrawnColorJitter& jitter) {
  std::vector<std::string> parts;
  for (const ColorChange change : jitter.order) {
    switch (change) {
      case ColorChange::kBrightness:
        parts.push_back(absl::StrCat("brightness ", jitter.brightness));
        break;
      case ColorChange::kContrast:
        parts.push_back(absl::StrCat("contrast ", jitter.contrast));
        break;
      case ColorChange::kSaturation:
        parts.push_back(absl::StrCat("(saturation ", jitter.saturation, ")"));
        break;
      case ColorChange::kHue:
        parts.push_back(absl::StrCat("(hue ", jitter.hue, ")"));
        break;
    }
  }
  return absl::StrJoin(parts, ", ");
}

std::string TextOf(const DrawnGrayscale&) { return "(grayscale)"; }

std::string TextOf(const DrawnBlur& blur) {
  return absl::StrCat("blur ", blur.kernel_pixels, " pixels, sigma ",
                      blur.sigma_pixels);
}

std::string TextOf(const DrawnSolarize& solarize) {
  return absl::StrCat("solarize ", solarize.threshold);
}

std::string TextOf(const DrawnElastic& elastic) {
  return absl::StrCat("elastic ", elastic.alpha_pixels, " pixels, sigma ",
                      elastic.sigma_pixels, ", noise ", elastic.noise_seed);
}

}  // namespace

std::string ToString(const DrawnAugmentation& drawn) {
  std::vector<std::string> parts;
  if (drawn.crop.has_value()) {
    parts.push_back(absl::StrCat("crop ", drawn.crop->left, ",",
                                 drawn.crop->top, " ", drawn.crop->width, "x",
                                 drawn.crop->height));
  }
  for (const DrawnStep& step : drawn.steps) {
    parts.push_back(
        std::visit([](const auto& drawn) { return TextOf(drawn); }, step));
  }
  return parts.empty() ? "nothing" : absl::StrJoin(parts, "; ");
}

}  // namespace cxr
