// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/preprocess.h"

#include <gtest/gtest.h>

#include "cxr/base/testing.h"
#include "cxr/data/image/equalize.h"
#include "cxr/data/image/resize.h"

namespace cxr {
namespace {

spec::PreprocessSpec Spec(int size, spec::Equalization equalization) {
  spec::PreprocessSpec spec;
  spec.set_input_size_pixels(size);
  spec.set_equalization(equalization);
  return spec;
}

GrayImage Ramp(int width, int height) {
  GrayImage image{.width = width, .height = height};
  for (int i = 0; i < width * height; ++i) {
    image.pixels.push_back(static_cast<uint8_t>(i % 251));
  }
  return image;
}

TEST(PreprocessTest, ASquareOfTheRightSizeStaysAsItIs) {
  const GrayImage image = Ramp(8, 8);
  EXPECT_EQ(Preprocess(image, Spec(8, spec::NO_EQUALIZATION))->pixels,
            image.pixels);
}

TEST(PreprocessTest, EqualisesBeforeResizing) {
  const GrayImage image = Ramp(20, 20);
  EXPECT_EQ(Preprocess(image, Spec(10, spec::OPENCV_HISTOGRAM))->pixels,
            ResizeBicubic(EqualizeHistogram(image), 10, 10).pixels);
}

TEST(PreprocessTest, CutsTheCentreOutOfTheLongerSide) {
  // 12 x 8: nothing is resized and two columns go on each side.
  const GrayImage image = Ramp(12, 8);
  const GrayImage square = *Preprocess(image, Spec(8, spec::NO_EQUALIZATION));
  ASSERT_EQ(square.width, 8);
  ASSERT_EQ(square.height, 8);
  EXPECT_EQ(square.pixels[0], image.pixels[2]);
  EXPECT_EQ(square.pixels[8 * 3 + 5], image.pixels[12 * 3 + 7]);
  const GrayImage tall =
      *Preprocess(Ramp(8, 13), Spec(8, spec::NO_EQUALIZATION));
  ASSERT_EQ(tall.pixels.size(), 64u);
  // (13 - 8) / 2 = 2.5 rounds to the even 2.
  EXPECT_EQ(tall.pixels[0], Ramp(8, 13).pixels[8 * 2]);
}

TEST(PreprocessTest, WhatIsNoRadiographIsRefused) {
  constexpr auto kDataLoss = absl::StatusCode::kDataLoss;
  EXPECT_THAT(Preprocess(GrayImage(), Spec(8, spec::NO_EQUALIZATION)),
              StatusIs(kDataLoss, "an image of 0 x 0 pixels"));
  EXPECT_THAT(Preprocess(Ramp(1, 30), Spec(8, spec::NO_EQUALIZATION)),
              StatusIs(kDataLoss, "an image of 1 x 30 pixels"));
}

}  // namespace
}  // namespace cxr
