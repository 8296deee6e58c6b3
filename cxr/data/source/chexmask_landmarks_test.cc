// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/chexmask_landmarks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

std::string Numbers(int count, const std::string& separator) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    absl::StrAppend(&text, i == 0 ? "" : separator, i);
  }
  return text;
}

// numpy aligns numbers and breaks lines.
TEST(ChexmaskLandmarksTest, PrintedArrayIsRead) {
  std::string text = "[[  0   1]\n";
  for (int i = 2; i < 238; i += 2) {
    absl::StrAppend(&text, " [ ", i, "  ", i + 1, "]\n");
  }
  absl::StrAppend(&text, " [  -3 1239]]");
  EXPECT_TRUE(IsPrintedArray(text));
  ASSERT_OK_AND_ASSIGN(const std::vector<PolygonPoint> points,
                       ParseChexmaskLandmarks(text));
  ASSERT_EQ(points.size(), 120u);
  EXPECT_EQ(points[1].x, 2);
  EXPECT_EQ(points[1].y, 3);
  EXPECT_EQ(points[119].x, -3);
  EXPECT_EQ(points[119].y, 1239);
}

TEST(ChexmaskLandmarksTest, PlainListIsRead) {
  const std::string text = Numbers(240, ",");
  EXPECT_FALSE(IsPrintedArray(text));
  ASSERT_OK_AND_ASSIGN(const std::vector<PolygonPoint> points,
                       ParseChexmaskLandmarks(text));
  ASSERT_EQ(points.size(), 120u);
  EXPECT_EQ(points[119].x, 238);
  EXPECT_EQ(points[119].y, 239);
}

TEST(ChexmaskLandmarksTest, OtherTextIsInvalid) {
  EXPECT_THAT(ParseChexmaskLandmarks(""),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "found 0 numbers, expected 240"));
  EXPECT_THAT(ParseChexmaskLandmarks(Numbers(239, " ")),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "found 239 numbers, expected 240"));
  EXPECT_THAT(ParseChexmaskLandmarks("[[1 2]\n ...\n [3 4]]"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "found '...', expected a whole number"));
  EXPECT_THAT(ParseChexmaskLandmarks("[[1.5 2]]"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("'1.5'")));
  EXPECT_THAT(
      ParseChexmaskLandmarks("99999999999"),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("99999999999")));
}

// Three rectangles: 44 points of the right lung at image left, 50 of the left
// lung, 26 of the heart over a part of both.
std::vector<PolygonPoint> Rectangles() {
  std::vector<PolygonPoint> points;
  const auto add = [&](int count, int left, int right) {
    const std::array<PolygonPoint, 4> corners = {
        {{left, 1}, {right, 1}, {right, 4}, {left, 4}}};
    for (int i = 0; i < count; ++i) {
      points.push_back(corners[4 * i / count]);
    }
  };
  add(44, 1, 3);
  add(50, 6, 8);
  add(26, 3, 6);
  return points;
}

TEST(ChexmaskLandmarksTest, HeartIsDrawnOverLungs) {
  GrayImage mask{.width = 10, .height = 6, .pixels = std::vector<uint8_t>(60)};
  DrawChexmaskLandmarks(Rectangles(), &mask);
  const std::vector<uint8_t> empty(10);
  const std::vector<uint8_t> organs = {0, 2, 2, 3, 3, 3, 3, 1, 1, 0};
  for (int y = 0; y < 6; ++y) {
    EXPECT_EQ(std::vector<uint8_t>(mask.pixels.begin() + 10 * y,
                                   mask.pixels.begin() + 10 * (y + 1)),
              y >= 1 && y <= 4 ? organs : empty)
        << "row " << y;
  }
}

}  // namespace
}  // namespace cxr
