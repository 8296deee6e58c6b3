// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/equalize.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/png.h"
#include "cxr/data/image.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;

constexpr int kLevels = 256;

int IntOf(const std::string& cell) {
  int value = -2;
  EXPECT_TRUE(absl::SimpleAtoi(cell, &value)) << cell;
  return value;
}

double Mean(const GrayImage& image) {
  return std::accumulate(image.pixels.begin(), image.pixels.end(), 0.0) /
         static_cast<double>(image.pixels.size());
}

// Column lutK is what OpenCV 4.6.0's equalizeHist makes of level K, or -1 where
// the image has no such level. See testdata/README.md.
TEST(EqualizeTest, RealRadiographsBecomeWhatOpenCvMakesOfThem) {
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Load(
          TestData("cxr/data/image/testdata/pil_L_and_cv2_equalizehist.csv")));
  ASSERT_OK_AND_ASSIGN(const int first, table.Column("lut0"));
  ASSERT_OK_AND_ASSIGN(const int mean, table.Column("mean_eq"));
  ASSERT_EQ(table.rows().size(), 17u);
  for (const CsvTable::Row& row : table.rows()) {
    SCOPED_TRACE(row.cells[0]);
    const std::string path =
        TestData(absl::StrCat("cxr/data/testdata/", row.cells[0]));
    ASSERT_OK_AND_ASSIGN(const std::string bytes, ReadFile(path));
    ASSERT_OK_AND_ASSIGN(const GrayImage image, DecodePngGray(bytes, path));
    const GrayImage equalized = EqualizeHistogram(image);
    ASSERT_EQ(equalized.pixels.size(), image.pixels.size());
    int table_of[kLevels];
    std::fill(table_of, table_of + kLevels, -1);
    for (size_t i = 0; i < image.pixels.size(); ++i) {
      table_of[image.pixels[i]] = equalized.pixels[i];
    }
    for (int level = 0; level < kLevels; ++level) {
      EXPECT_EQ(table_of[level], IntOf(row.cells[first + level])) << level;
    }
    double expected_mean = 0;
    ASSERT_TRUE(absl::SimpleAtod(row.cells[mean], &expected_mean));
    EXPECT_NEAR(Mean(equalized), expected_mean, 5.1e-5);  // four decimals
  }
}

// Counts 1, 2, 1 of 4 pixels: (0, 2, 3) of the 3 pixels above the darkest.
TEST(EqualizeTest, LevelsBecomeSharesOfThePixelsAboveTheDarkest) {
  const GrayImage image{
      .width = 2, .height = 2, .pixels = {100, 101, 101, 102}};
  EXPECT_THAT(EqualizeHistogram(image).pixels, ElementsAre(0, 170, 170, 255));
}

// One of two brighter pixels: 127.5, rounded half to even.
TEST(EqualizeTest, HalvesAreRoundedToEven) {
  const GrayImage image{.width = 3, .height = 1, .pixels = {5, 6, 7}};
  EXPECT_THAT(EqualizeHistogram(image).pixels, ElementsAre(0, 128, 255));
  const GrayImage tenth{
      .width = 11, .height = 1, .pixels = {5, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7}};
  EXPECT_EQ(EqualizeHistogram(tenth).pixels[1], 26);  // 25.5
}

TEST(EqualizeTest, AnyRisingChangeOfLevelsIsUndone) {
  GrayImage image{.width = 16, .height = 16};
  for (int i = 0; i < 256; ++i) {
    image.pixels.push_back(static_cast<uint8_t>(i * i / 700));
  }
  GrayImage brighter = image;
  for (uint8_t& level : brighter.pixels) {
    level = static_cast<uint8_t>(level * 2 + 30);
  }
  EXPECT_EQ(EqualizeHistogram(brighter), EqualizeHistogram(image));
}

TEST(EqualizeTest, ImageOfOneLevelStaysAsItIs) {
  const GrayImage image{.width = 2, .height = 1, .pixels = {77, 77}};
  EXPECT_EQ(EqualizeHistogram(image), image);
  EXPECT_EQ(EqualizeHistogram(GrayImage{}), GrayImage{});
}

}  // namespace
}  // namespace cxr
