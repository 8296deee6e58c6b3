// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/resize.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/png.h"
#include "cxr/data/image.h"

namespace cxr {
namespace {

GrayImage ReadImage(const std::string& name) {
  const std::string path = TestData(absl::StrCat("cxr/data/", name));
  absl::StatusOr<GrayImage> image = DecodePngGray(*ReadFile(path), path);
  EXPECT_OK(image);
  return *std::move(image);
}

float FloatOf(const std::string& cell) {
  float value = -1.0f;
  EXPECT_TRUE(absl::SimpleAtof(cell, &value)) << cell;
  return value;
}

// testdata/make_resize.py: Pillow 12.0's results, whole images and boxes.
TEST(ResizeTest, EveryPixelEqualsPillows) {
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Load(TestData("cxr/data/image/testdata/resize/cases.csv")));
  ASSERT_EQ(table.rows().size(), 33u);
  for (const CsvTable::Row& row : table.rows()) {
    SCOPED_TRACE(row.cells[1]);
    const GrayImage input =
        ReadImage(absl::StrCat("image/testdata/resize/", row.cells[0]));
    const GrayImage expected =
        ReadImage(absl::StrCat("image/testdata/resize/", row.cells[1]));
    const ResizeBox box{FloatOf(row.cells[2]), FloatOf(row.cells[3]),
                        FloatOf(row.cells[4]), FloatOf(row.cells[5])};
    const ResizeOptions options{
        .box = box, .width = expected.width, .height = expected.height};
    EXPECT_TRUE(ResizeBicubicBox(input, options, Simd::kScalar) == expected);
    EXPECT_TRUE(ResizeBicubicBox(input, options, BestSimd()) == expected);
  }
}

// Recorded with Pillow 9.4; see testdata/README.md.
TEST(ResizeTest, FullRadiographEqualsPillows) {
  const GrayImage radiograph = ReadImage("testdata/nih/00009285_000.png");
  EXPECT_TRUE(
      ResizeBicubic(radiograph, 224, 224) ==
      ReadImage("image/testdata/resize/nih_00009285_pil_bicubic_224.png"));
  EXPECT_TRUE(
      ResizeBicubicBox(radiograph, {.box = {100.5f, 80.25f, 500.75f, 420.5f},
                                    .width = 98,
                                    .height = 98}) ==
      ReadImage("image/testdata/resize/nih_00009285_pil_bicubic_box_98.png"));
}

TEST(ResizeTest, SameSizeChangesNothing) {
  const GrayImage image = ReadImage("image/testdata/resize/in_noise37x53.png");
  EXPECT_EQ(ResizeBicubic(image, image.width, image.height), image);
}

TEST(ResizeTest, FlatImageStaysFlat) {
  for (const uint8_t level : {0, 1, 128, 254, 255}) {
    const GrayImage flat{.width = 31,
                         .height = 17,
                         .pixels = std::vector<uint8_t>(31 * 17, level)};
    const GrayImage resized = ResizeBicubic(flat, 13, 64);
    EXPECT_EQ(resized.pixels, std::vector<uint8_t>(13 * 64, level));
  }
}

GrayImage Transposed(const GrayImage& image) {
  GrayImage result{.width = image.height, .height = image.width};
  for (int x = 0; x < image.width; ++x) {
    for (int y = 0; y < image.height; ++y) {
      result.pixels.push_back(image.pixels[y * image.width + x]);
    }
  }
  return result;
}

TEST(ResizeTest, BothAxesAreTreatedAlike) {
  const GrayImage image = ReadImage("image/testdata/resize/in_noise37x53.png");
  EXPECT_EQ(Transposed(ResizeBicubic(image, 20, image.height)),
            ResizeBicubic(Transposed(image), image.height, 20));
}

TEST(ResizeDeathTest, SizesBelowOneAndBoxesOutsideAreProgrammersErrors) {
  const GrayImage image{.width = 1, .height = 1, .pixels = {9}};
  EXPECT_DEATH(ResizeBicubic(image, 0, 5), "to 0 x 5");
  EXPECT_DEATH(ResizeBicubic(GrayImage{}, 5, 5), "0 x 0");
  EXPECT_DEATH(
      ResizeBicubicBox(image, {.box = {0, 0, 2, 1}, .width = 1, .height = 1}),
      "box 0, 0, 2, 1 in 1 x 1");
}

}  // namespace
}  // namespace cxr
