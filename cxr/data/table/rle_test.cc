// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/rle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "cxr/base/testing.h"
#include "cxr/data/image.h"
#include "cxr/data/table/csv_reader.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;

GrayImage Blank(int width, int height) {
  return {.width = width,
          .height = height,
          .pixels = std::vector<uint8_t>(size_t(width) * height)};
}

TEST(RleTest, DrawsRunsOverLineEnds) {
  GrayImage mask = Blank(3, 2);
  ASSERT_OK(DrawRle("1 1 3 2", 7, &mask));
  EXPECT_THAT(mask.pixels, ElementsAre(7, 0, 7, 7, 0, 0));
  ASSERT_OK(DrawRle("  2 1\n6\t1 ", 9, &mask));
  EXPECT_THAT(mask.pixels, ElementsAre(7, 9, 7, 7, 0, 9));
}

TEST(RleTest, DrawsNothingOfBlankText) {
  GrayImage mask = Blank(2, 1);
  ASSERT_OK(DrawRle("", 1, &mask));
  ASSERT_OK(DrawRle(" \n", 1, &mask));
  EXPECT_EQ(mask, Blank(2, 1));
}

TEST(RleTest, AcceptsRunsThatTouch) {
  GrayImage mask = Blank(4, 1);
  ASSERT_OK(DrawRle("1 2 3 2", 1, &mask));
  EXPECT_THAT(mask.pixels, ElementsAre(1, 1, 1, 1));
}

TEST(RleTest, SaysWhichRunIsWrong) {
  struct Case {
    const char* text;
    const char* message;
  };
  for (const Case& one : {
           Case{"1 2 x 1", "run 2: found no number, expected a start"},
           Case{"1 2 3", "run 2: found no number, expected a length"},
           Case{"1 2 3 1.0", "run 2: found no number, expected a length"},
           Case{"1 -2", "run 1: found no number, expected a length"},
           Case{"0 1", "run 1: found start 0, expected 1 to 6"},
           Case{"7 1", "run 1: found start 7, expected 1 to 6"},
           Case{"1 2 2 1", "run 2: found start 2, expected 3 to 6"},
           Case{"4 1 1 1", "run 2: found start 1, expected 5 to 6"},
           Case{"1 0", "run 1: found length 0, expected 1 to 6"},
           Case{"3 5", "run 1: found length 5, expected 1 to 4"},
           Case{"3 99999999999999999999",
                "run 1: found length 72057594037927936, expected 1 to 4"},
       }) {
    GrayImage mask = Blank(3, 2);
    EXPECT_THAT(DrawRle(one.text, 1, &mask),
                StatusIs(absl::StatusCode::kInvalidArgument, one.message));
  }
}

TEST(RleTest, EncodesTheRunsOfOneValue) {
  GrayImage mask = Blank(3, 2);
  EXPECT_EQ(EncodeRle(mask, 1), "");
  EXPECT_EQ(EncodeRle(mask, 0), "1 6");
  mask.pixels = {1, 2, 1, 1, 0, 1};
  EXPECT_EQ(EncodeRle(mask, 1), "1 1 3 2 6 1");
  EXPECT_EQ(EncodeRle(mask, 2), "2 1");
}

TEST(RleTest, DrawsWhatItEncodes) {
  for (int size = 1; size < 40; ++size) {
    for (int period = 1; period < 20; ++period) {
      GrayImage mask = Blank(size, 3);
      for (size_t i = 0; i < mask.pixels.size(); ++i) {
        mask.pixels[i] = (i / period) % 2;
      }
      GrayImage drawn = Blank(size, 3);
      ASSERT_OK(DrawRle(EncodeRle(mask, 1), 1, &drawn));
      EXPECT_EQ(drawn, mask);
    }
  }
}

std::vector<PolygonPoint> PointsOf(absl::string_view text) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(text, ' ', absl::SkipEmpty());
  std::vector<PolygonPoint> points(words.size() / 2);
  for (size_t i = 0; i < points.size(); ++i) {
    EXPECT_TRUE(absl::SimpleAtoi(words[2 * i], &points[i].x));
    EXPECT_TRUE(absl::SimpleAtoi(words[2 * i + 1], &points[i].y));
  }
  return points;
}

TEST(FillPolygonTest, EqualsOpenCv) {
  ASSERT_OK_AND_ASSIGN(
      CsvReader table,
      CsvReader::Open(TestData("cxr/data/table/testdata/polygons.csv")));
  ASSERT_THAT(table.header(), ElementsAre("width", "height", "points", "runs"));
  int polygons = 0;
  while (*table.Next()) {
    SCOPED_TRACE(table.Place());
    GrayImage mask = Blank(0, 0);
    ASSERT_TRUE(absl::SimpleAtoi(table.cells()[0], &mask.width));
    ASSERT_TRUE(absl::SimpleAtoi(table.cells()[1], &mask.height));
    mask = Blank(mask.width, mask.height);
    FillPolygon(PointsOf(table.cells()[2]), 255, &mask);
    EXPECT_EQ(EncodeRle(mask, 255), table.cells()[3]);
    ++polygons;
  }
  EXPECT_GT(polygons, 300);
}

TEST(FillPolygonTest, DrawsFewPointsAsTheyAre) {
  GrayImage mask = Blank(4, 3);
  FillPolygon({}, 1, &mask);
  EXPECT_EQ(EncodeRle(mask, 1), "");
  FillPolygon({{2, 1}}, 1, &mask);
  EXPECT_EQ(EncodeRle(mask, 1), "7 1");
  FillPolygon({{0, 0}, {3, 0}}, 2, &mask);
  EXPECT_EQ(EncodeRle(mask, 2), "1 4");
  FillPolygon({{-1, -1}}, 3, &mask);
  EXPECT_EQ(EncodeRle(mask, 3), "");
}

TEST(FillPolygonTest, KeepsOtherPixels) {
  GrayImage mask = Blank(5, 5);
  std::fill(mask.pixels.begin(), mask.pixels.end(), 9);
  FillPolygon({{1, 1}, {3, 1}, {3, 3}, {1, 3}}, 1, &mask);
  EXPECT_EQ(EncodeRle(mask, 1), "7 3 12 3 17 3");
  EXPECT_EQ(std::count(mask.pixels.begin(), mask.pixels.end(), 9), 16);
}

TEST(FillPolygonTest, EndsSoonWhereverTheCornersAre) {
  constexpr int kMost = std::numeric_limits<int>::max();
  constexpr int kLeast = std::numeric_limits<int>::min();
  GrayImage mask = Blank(20, 20);
  FillPolygon(
      {{kLeast, kLeast}, {kMost, kLeast}, {kMost, kMost}, {kLeast, kMost}}, 1,
      &mask);
  EXPECT_EQ(EncodeRle(mask, 1), "1 400");
  GrayImage none = Blank(0, 0);
  FillPolygon({{0, 0}, {5, 0}, {5, 5}}, 1, &none);
  EXPECT_TRUE(none.pixels.empty());
}

}  // namespace
}  // namespace cxr
