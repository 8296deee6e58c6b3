// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/apply_step.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "cxr/data/image/color.h"

namespace cxr {
namespace {

// Smooth, so that a shift by a fraction of a pixel changes levels a little.
GrayImage Ramp(int width, int height) {
  GrayImage image{.width = width, .height = height};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      image.pixels.push_back(static_cast<uint8_t>(2 * x + y));
    }
  }
  return image;
}

constexpr ColorChange kBrightnessFirst[] = {
    ColorChange::kHue, ColorChange::kBrightness, ColorChange::kSaturation,
    ColorChange::kContrast};

DrawnColorJitter Jitter() {
  DrawnColorJitter jitter{.brightness = 1.4, .contrast = 0.6};
  std::copy(std::begin(kBrightnessFirst), std::end(kBrightnessFirst),
            jitter.order.begin());
  return jitter;
}

TEST(ApplyStepTest, BrightnessAndContrastComeInTheDrawnOrder) {
  const GrayImage image = Ramp(40, 30);
  DrawnColorJitter jitter = Jitter();
  const GrayImage brightness_first =
      AdjustContrast(AdjustBrightness(image, 1.4), 0.6);
  EXPECT_EQ(ApplyStep(image, jitter, ColorLibrary::kPillow), brightness_first);
  std::swap(jitter.order[1], jitter.order[3]);
  const GrayImage contrast_first =
      AdjustBrightness(AdjustContrast(image, 0.6), 1.4);
  EXPECT_EQ(ApplyStep(image, jitter, ColorLibrary::kPillow), contrast_first);
  EXPECT_NE(contrast_first, brightness_first);
}

TEST(ApplyStepTest, TheLibraryIsTheOneAskedFor) {
  const GrayImage image = Ramp(40, 30);
  EXPECT_EQ(ApplyStep(image, Jitter(), ColorLibrary::kAlbumentations),
            AlbumentationsContrast(AlbumentationsBrightness(image, 1.4), 0.6));
}

TEST(ApplyStepTest, GrayscaleSaturationAndHueChangeNothing) {
  const GrayImage image = Ramp(40, 30);
  EXPECT_EQ(ApplyStep(image, DrawnGrayscale{}, ColorLibrary::kPillow), image);
  DrawnColorJitter jitter = Jitter();
  jitter.brightness = 1.0;
  jitter.contrast = 1.0;
  jitter.saturation = 0.3;
  jitter.hue = 0.4;
  for (const ColorLibrary library :
       {ColorLibrary::kPillow, ColorLibrary::kAlbumentations}) {
    EXPECT_EQ(ApplyStep(image, jitter, library), image);
  }
}

GrayImage MaskAfter(const GrayImage& mask, const DrawnStep& step) {
  return ApplyStepToBoth({mask, mask}, step, ColorLibrary::kPillow).mask;
}

TEST(ApplyStepTest, WhatChangesLevelsLeavesMasksAlone) {
  const GrayImage mask = Ramp(40, 30);
  EXPECT_EQ(MaskAfter(mask, Jitter()), mask);
  EXPECT_EQ(MaskAfter(mask, DrawnSolarize{.threshold = 10}), mask);
  EXPECT_EQ(MaskAfter(mask, DrawnBlur{.kernel_pixels = 9, .sigma_pixels = 2.0}),
            mask);
  EXPECT_NE(MaskAfter(mask, DrawnFlip{}), mask);
}

TEST(ApplyStepTest, TheImageIsTheSameWithAMaskAndWithout) {
  const GrayImage image = Ramp(40, 30);
  for (const DrawnStep& step :
       {DrawnStep(DrawnFlip{}), DrawnStep(Jitter()),
        DrawnStep(DrawnAffine{.parameters = {.rotation_degrees = 12}}),
        DrawnStep(DrawnElastic{
            .alpha_pixels = 90, .sigma_pixels = 4, .noise_seed = 8})}) {
    EXPECT_EQ(
        ApplyStepToBoth({image, image}, step, ColorLibrary::kPillow).image,
        ApplyStep(image, step, ColorLibrary::kPillow));
  }
}

// Paper section 5: noise of at most 1 pixel, smoothed over 10, is next to
// nothing.
TEST(ApplyStepTest, TheReleasedElasticChangeMovesALevelAtMostInside) {
  const GrayImage image = Ramp(80, 60);
  const DrawnElastic elastic{
      .alpha_pixels = 1, .sigma_pixels = 10, .noise_seed = 5};
  const GrayImage moved = ApplyStep(image, elastic, ColorLibrary::kPillow);
  for (int y = 2; y < 58; ++y) {
    for (int x = 2; x < 78; ++x) {
      EXPECT_LE(std::abs(moved.pixels[y * 80 + x] - image.pixels[y * 80 + x]),
                1);
    }
  }
}

TEST(ApplyStepTest, AStrongElasticChangeMovesAndDependsOnItsSeedAlone) {
  const GrayImage image = Ramp(80, 60);
  DrawnElastic elastic{.alpha_pixels = 300, .sigma_pixels = 5, .noise_seed = 5};
  const GrayImage moved = ApplyStep(image, elastic, ColorLibrary::kPillow);
  EXPECT_NE(moved, image);
  EXPECT_NE(MaskAfter(image, elastic), image);
  EXPECT_EQ(ApplyStep(image, elastic, ColorLibrary::kPillow), moved);
  elastic.noise_seed = 6;
  EXPECT_NE(ApplyStep(image, elastic, ColorLibrary::kPillow), moved);
}

}  // namespace
}  // namespace cxr
