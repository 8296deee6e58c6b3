// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/preprocess.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/png.h"
#include "cxr/data/image/equalize.h"
#include "cxr/data/image/resize.h"

namespace cxr {
namespace {

spec::PreprocessSpec Spec(int size, spec::Equalization equalization) {
  spec::PreprocessSpec spec;
  spec.set_input_size_pixels(size);
  spec.set_equalization(equalization);
  spec.set_resampling(spec::PILLOW_BICUBIC);
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

GrayImage ReadImage(const std::string& name) {
  const std::string path =
      TestData(absl::StrCat("cxr/data/load/testdata/augmentation/", name));
  absl::StatusOr<GrayImage> image = DecodePngGray(*ReadFile(path), path);
  EXPECT_OK(image);
  return *std::move(image);
}

// testdata/make_augmentation.py: SmallestMaxSize and CenterCrop.
TEST(PreprocessTest, TheReleasedSegmentationsSquareEqualsAlbumentations) {
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Load(TestData("cxr/data/load/testdata/augmentation/fits.csv")));
  ASSERT_EQ(table.rows().size(), 5u);
  for (const CsvTable::Row& row : table.rows()) {
    SCOPED_TRACE(row.cells[0]);
    const GrayImage image = ReadImage(row.cells[0]);
    const GrayImage expected = ReadImage(row.cells[1]);
    spec::PreprocessSpec spec = Spec(expected.width, spec::NO_EQUALIZATION);
    EXPECT_EQ(row.cells[2], absl::StrCat(expected.width));
    spec.set_resampling(spec::OPENCV_CUBIC);
    EXPECT_TRUE(*Preprocess(image, spec) == expected);
    GrayImage mask = image;
    for (uint8_t& pixel : mask.pixels) {
      pixel /= 64;
    }
    EXPECT_TRUE(*PreprocessMask(mask, spec) ==
                ReadImage(absl::StrCat("mask_", row.cells[1])));
  }
}

TEST(PreprocessTest, MasksOfTheOtherResamplingShowTheSamePart) {
  // Half of 24 x 16, without the two outer columns: every other pixel.
  const GrayImage mask = Ramp(24, 16);
  const GrayImage square =
      *PreprocessMask(mask, Spec(8, spec::OPENCV_HISTOGRAM));
  ASSERT_EQ(square.pixels.size(), 64u);
  EXPECT_EQ(square.pixels[0], mask.pixels[4]);
  EXPECT_EQ(square.pixels[8 * 3 + 5], mask.pixels[24 * 6 + 14]);
}

TEST(PreprocessTest, WhatIsNoRadiographIsRefused) {
  constexpr auto kDataLoss = absl::StatusCode::kDataLoss;
  EXPECT_THAT(Preprocess(GrayImage(), Spec(8, spec::NO_EQUALIZATION)),
              StatusIs(kDataLoss, "an image of 0 x 0 pixels"));
  EXPECT_THAT(Preprocess(Ramp(1, 30), Spec(8, spec::NO_EQUALIZATION)),
              StatusIs(kDataLoss, "an image of 1 x 30 pixels"));
  EXPECT_THAT(PreprocessMask(Ramp(1, 30), Spec(8, spec::NO_EQUALIZATION)),
              StatusIs(kDataLoss, "an image of 1 x 30 pixels"));
}

TEST(PreprocessTest, TwentyTimesAsLongIsTheMost) {
  for (const int longer : {200, 201, 209}) {
    const bool fits = longer == 200;
    EXPECT_EQ(CheckShape(Ramp(longer, 10)).ok(), fits) << longer;
    EXPECT_EQ(CheckShape(Ramp(10, longer)).ok(), fits) << longer;
    EXPECT_EQ(Preprocess(Ramp(10, longer), Spec(8, spec::NO_EQUALIZATION)).ok(),
              fits)
        << longer;
  }
}

}  // namespace
}  // namespace cxr
