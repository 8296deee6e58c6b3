// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/opencv_resize.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/png.h"
#include "cxr/data/image/crop.h"
#include "cxr/data/image/operations_testing.h"

namespace cxr {
namespace {

TEST(OpenCvResizeTest, EveryPixelEqualsOpenCvs) {
  for (const RecordedOperation& recorded :
       ReadRecordedOperations("opencv_cubic")) {
    EXPECT_TRUE(ResizeOpenCvCubic(recorded.input, recorded.output.width,
                                  recorded.output.height) == recorded.output)
        << recorded.name;
  }
}

TEST(OpenCvResizeTest, EveryMaskPixelEqualsOpenCvs) {
  for (const RecordedOperation& recorded :
       ReadRecordedOperations("opencv_nearest")) {
    EXPECT_TRUE(ResizeOpenCvNearest(recorded.input, recorded.output.width,
                                    recorded.output.height) == recorded.output)
        << recorded.name;
  }
}

TEST(OpenCvResizeTest, RadiographEqualsOpenCvs) {
  const std::string path =
      TestData("cxr/data/samples/hannover/images/1052b0fe.png");
  ASSERT_OK_AND_ASSIGN(const std::string bytes, ReadFile(path));
  ASSERT_OK_AND_ASSIGN(const GrayImage image, DecodePngGray(bytes, path));
  const GrayImage resized = ResizeOpenCvCubic(image, 563, 518);
  EXPECT_TRUE(
      Crop(resized, {.left = 60, .top = 100, .width = 200, .height = 128}) ==
      ReadTestImage("operations/opencv_cubic_radiograph.png"));
}

TEST(OpenCvResizeTest, SameSizeChangesNothing) {
  const GrayImage image = MakeNoise(13, 6, /*seed=*/15);
  EXPECT_EQ(ResizeOpenCvCubic(image, 13, 6), image);
  EXPECT_EQ(ResizeOpenCvNearest(image, 13, 6), image);
}

TEST(OpenCvResizeTest, FlatImageStaysFlat) {
  for (const uint8_t level : {0, 1, 128, 254, 255}) {
    const GrayImage flat{.width = 31,
                         .height = 17,
                         .pixels = std::vector<uint8_t>(31 * 17, level)};
    EXPECT_EQ(ResizeOpenCvCubic(flat, 13, 64).pixels,
              std::vector<uint8_t>(13 * 64, level));
  }
}

TEST(OpenCvResizeDeathTest, SizesBelowOneAreProgrammersErrors) {
  const GrayImage image = MakeNoise(2, 2, /*seed=*/16);
  EXPECT_DEATH(ResizeOpenCvCubic(image, 0, 5), "2 x 2 to 0 x 5");
  EXPECT_DEATH(ResizeOpenCvNearest(GrayImage{}, 5, 5), "0 x 0 to 5 x 5");
}

}  // namespace
}  // namespace cxr
