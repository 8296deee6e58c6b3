// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/drawn_augmentation.h"

#include <gtest/gtest.h>

namespace cxr {
namespace {

TEST(DrawnAugmentationTest, SaysWhatIsDoneInItsOrder) {
  DrawnAugmentation drawn;
  EXPECT_EQ(ToString(drawn), "nothing");
  drawn.crop = PixelBox{.left = 10, .top = 20, .width = 300, .height = 280};
  drawn.steps = {
      DrawnFlip{},
      DrawnAffine{.parameters = {.rotation_degrees = -3.5,
                                 .translate_x_pixels = 4,
                                 .translate_y_pixels = -5,
                                 .scale_x = 1.25,
                                 .scale_y = 0.75}},
      DrawnColorJitter{
          .order = {ColorChange::kHue, ColorChange::kContrast,
                    ColorChange::kSaturation, ColorChange::kBrightness},
          .brightness = 1.25,
          .contrast = 0.5,
          .saturation = 0.75,
          .hue = -0.125},
      DrawnGrayscale{},
      DrawnBlur{.kernel_pixels = 9, .sigma_pixels = 1.5},
      DrawnSolarize{.threshold = 128},
      DrawnElastic{.alpha_pixels = 1, .sigma_pixels = 10, .noise_seed = 77}};
  EXPECT_EQ(ToString(drawn),
            "crop 10,20 300x280; flip; "
            "affine -3.5 degrees, by 4,-5 pixels, times 1.25,0.75; "
            "(hue -0.125), contrast 0.5, (saturation 0.75), brightness 1.25; "
            "(grayscale); blur 9 pixels, sigma 1.5; solarize 128; "
            "elastic 1 pixels, sigma 10, noise 77");
}

}  // namespace
}  // namespace cxr
