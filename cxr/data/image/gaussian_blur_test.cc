// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/gaussian_blur.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "cxr/data/image/crop.h"
#include "cxr/data/image/operations_testing.h"

namespace cxr {
namespace {

TEST(GaussianBlurTest, EveryPixelEqualsTorchvisions) {
  for (const RecordedOperation& recorded : ReadRecordedOperations("blur")) {
    EXPECT_TRUE(GaussianBlur(recorded.input,
                             static_cast<int>(recorded.arguments[0]),
                             recorded.arguments[1]) == recorded.output)
        << recorded.name;
  }
}

TEST(GaussianBlurTest, FlatImageStaysFlat) {
  for (const uint8_t level : {0, 1, 128, 254, 255}) {
    const GrayImage flat{.width = 70,
                         .height = 9,
                         .pixels = std::vector<uint8_t>(70 * 9, level)};
    EXPECT_EQ(GaussianBlur(flat, 9, 1.7), flat) << int{level};
  }
}

TEST(GaussianBlurTest, BlurOfTheMirrorImageIsTheMirrorImageOfTheBlur) {
  const GrayImage image = MakeNoise(131, 20, /*seed=*/9);
  EXPECT_EQ(GaussianBlur(FlipHorizontal(image), 9, 0.9),
            FlipHorizontal(GaussianBlur(image, 9, 0.9)));
}

TEST(GaussianBlurTest, ImagesMayBeAsSmallAsHalfTheKernel) {
  const GrayImage image = MakeNoise(5, 5, /*seed=*/10);
  const GrayImage blurred = GaussianBlur(image, 9, 2.0);
  EXPECT_EQ(blurred.pixels.size(), 25u);
  EXPECT_NE(blurred, image);
}

TEST(GaussianBlurDeathTest, ReflectionNeedsAnImageLargerThanHalfTheKernel) {
  const GrayImage image = MakeNoise(5, 4, /*seed=*/10);
  EXPECT_DEATH(GaussianBlur(image, 9, 1.0), "5 x 4, kernel of 9 pixels");
  EXPECT_DEATH(GaussianBlur(image, 4, 1.0), "kernel of 4 pixels");
  EXPECT_DEATH(GaussianBlur(image, 3, 0.0), "sigma 0");
}

}  // namespace
}  // namespace cxr
