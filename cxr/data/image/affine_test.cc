// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/affine.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "cxr/data/image/crop.h"
#include "cxr/data/image/operations_testing.h"

namespace cxr {
namespace {

AffineParameters OpenCvParameters(const RecordedOperation& recorded) {
  return {.rotation_degrees = recorded.arguments[0],
          .translate_x_pixels = recorded.arguments[1],
          .translate_y_pixels = recorded.arguments[2],
          .scale_x = recorded.arguments[3],
          .scale_y = recorded.arguments[4]};
}

TEST(AffineTest, EveryPixelEqualsTorchvisionsOnPillowImages) {
  for (const RecordedOperation& recorded :
       ReadRecordedOperations("affine_pillow")) {
    const AffineParameters parameters{
        .rotation_degrees = recorded.arguments[0],
        .translate_x_pixels = recorded.arguments[1],
        .translate_y_pixels = recorded.arguments[2],
        .scale_x = recorded.arguments[3],
        .scale_y = recorded.arguments[3]};
    EXPECT_TRUE(AffinePillowNearest(recorded.input, parameters) ==
                recorded.output)
        << recorded.name;
  }
}

TEST(AffineTest, EveryPixelEqualsThatOfAlbumentations) {
  for (const RecordedOperation& recorded :
       ReadRecordedOperations("affine_opencv_linear")) {
    EXPECT_TRUE(
        AffineOpenCvLinear(recorded.input, OpenCvParameters(recorded)) ==
        recorded.output)
        << recorded.name;
  }
}

TEST(AffineTest, EveryMaskPixelEqualsThatOfAlbumentations) {
  for (const RecordedOperation& recorded :
       ReadRecordedOperations("affine_opencv_nearest")) {
    EXPECT_TRUE(
        AffineOpenCvNearest(recorded.input, OpenCvParameters(recorded)) ==
        recorded.output)
        << recorded.name;
  }
}

TEST(AffineTest, NothingMovedChangesNothing) {
  const GrayImage image = MakeNoise(19, 7, /*seed=*/11);
  EXPECT_EQ(AffinePillowNearest(image, {}), image);
  EXPECT_EQ(AffineOpenCvLinear(image, {}), image);
  EXPECT_EQ(AffineOpenCvNearest(image, {}), image);
}

TEST(AffineTest, WholePixelsMoveExactlyAndBringInBlack) {
  const GrayImage image = MakeNoise(40, 12, /*seed=*/12);
  const AffineParameters right{.translate_x_pixels = 3.0};
  GrayImage expected = CenterCrop(image, 46, 12);
  expected = Crop(expected, {.left = 0, .top = 0, .width = 40, .height = 12});
  EXPECT_EQ(AffinePillowNearest(image, right), expected);
  EXPECT_EQ(AffineOpenCvLinear(image, right), expected);
  EXPECT_EQ(AffineOpenCvNearest(image, right), expected);
}

TEST(AffineTest, FarAwayLeavesBlackOnly) {
  const GrayImage image = MakeNoise(16, 16, /*seed=*/13);
  for (const double shift : {-400.0, 400.0}) {
    const AffineParameters away{.rotation_degrees = 12.0,
                                .translate_y_pixels = shift};
    EXPECT_EQ(AffinePillowNearest(image, away).pixels,
              std::vector<uint8_t>(256));
    EXPECT_EQ(AffineOpenCvLinear(image, away).pixels,
              std::vector<uint8_t>(256));
    EXPECT_EQ(AffineOpenCvNearest(image, away).pixels,
              std::vector<uint8_t>(256));
  }
}

TEST(AffineDeathTest, TorchvisionHasOneScale) {
  const GrayImage image = MakeNoise(2, 2, /*seed=*/14);
  EXPECT_DEATH(AffinePillowNearest(image, {.scale_x = 1.0, .scale_y = 1.5}),
               "scales 1, 1.5");
}

}  // namespace
}  // namespace cxr
