// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_LOAD_DRAW_STEP_H_
#define CXR_DATA_LOAD_DRAW_STEP_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "cxr/data/load/drawn_augmentation.h"
#include "cxr/spec/augmentation.pb.h"

// What chance decides for one step of an augmentation.

namespace cxr {

// The part of blurs that blur: the released reading turns a probability round.
double EffectiveBlurProbability(double probability,
                                spec::BlurProbability reading);

struct DrawStepOptions {
  int size_pixels = 0;  // side of the square image
  spec::BlurProbability blur_probability = spec::BLUR_PROBABILITY_UNSPECIFIED;
  spec::AffineTranslation affine_translation =
      spec::AFFINE_TRANSLATION_UNSPECIFIED;
};

// A function of `seed` and `purpose`, which names the step and the image; none
// if the step is left out this time. Distributions are those of torchvision's
// and, for affine changes between pixels and for elastic ones, albumentations'
// classes: translations are whole pixels, rounded by the former and cut off by
// the latter.
std::optional<DrawnStep> DrawStep(const spec::AugmentationStepSpec& step,
                                  const DrawStepOptions& options, uint64_t seed,
                                  absl::string_view purpose);

}  // namespace cxr

#endif  // CXR_DATA_LOAD_DRAW_STEP_H_
