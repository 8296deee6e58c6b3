// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/crop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "cxr/data/image/operations_testing.h"
#include "cxr/data/image/resize.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;

std::vector<int> IntsOf(const RecordedOperation& recorded) {
  return {recorded.arguments.begin(), recorded.arguments.end()};
}

TEST(CropTest, CenterCropEqualsTorchvisions) {
  for (const RecordedOperation& recorded :
       ReadRecordedOperations("center_crop")) {
    const std::vector<int> size = IntsOf(recorded);
    EXPECT_TRUE(CenterCrop(recorded.input, size[0], size[1]) == recorded.output)
        << recorded.name;
  }
}

TEST(CropTest, FlipEqualsTorchvisions) {
  for (const RecordedOperation& recorded : ReadRecordedOperations("flip")) {
    EXPECT_TRUE(FlipHorizontal(recorded.input) == recorded.output)
        << recorded.name;
  }
}

TEST(CropTest, ResizedCropEqualsTorchvisions) {
  for (const RecordedOperation& recorded :
       ReadRecordedOperations("resized_crop")) {
    const std::vector<int> numbers = IntsOf(recorded);
    const PixelBox box{numbers[0], numbers[1], numbers[2], numbers[3]};
    EXPECT_TRUE(ResizedCrop(recorded.input, box, numbers[4], numbers[5]) ==
                recorded.output)
        << recorded.name;
  }
}

TEST(CropTest, CropKeepsTheBoxesPixels) {
  const GrayImage image{
      .width = 3, .height = 3, .pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9}};
  const GrayImage crop =
      Crop(image, {.left = 1, .top = 0, .width = 2, .height = 3});
  EXPECT_EQ(crop.width, 2);
  EXPECT_THAT(crop.pixels, ElementsAre(2, 3, 5, 6, 8, 9));
}

TEST(CropTest, FlipReversesEveryRow) {
  for (const int width : {1, 2, 7, 8, 9, 40}) {
    const GrayImage image = MakeNoise(width, 3, /*seed=*/5);
    GrayImage expected = image;
    for (auto row = expected.pixels.begin(); row != expected.pixels.end();
         row += width) {
      std::reverse(row, row + width);
    }
    EXPECT_EQ(FlipHorizontal(image), expected) << width;
  }
}

TEST(CropTest, ResizedCropIsCropThenResize) {
  const GrayImage image = MakeNoise(61, 47, /*seed=*/6);
  const PixelBox box{.left = 13, .top = 8, .width = 45, .height = 39};
  EXPECT_EQ(ResizedCrop(image, box, 20, 70),
            ResizeBicubic(Crop(image, box), 20, 70));
}

TEST(CropDeathTest, BoxesOutsideAreProgrammersErrors) {
  const GrayImage image = MakeNoise(4, 4, /*seed=*/7);
  EXPECT_DEATH(Crop(image, {.left = 2, .top = 0, .width = 3, .height = 1}),
               "box 3 x 1 at 2, 0 in 4 x 4");
  EXPECT_DEATH(CenterCrop(image, 0, 4), "to 0 x 4");
}

}  // namespace
}  // namespace cxr
