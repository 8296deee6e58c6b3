// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/pixel_box.h"

#include <gtest/gtest.h>

#include <cmath>

namespace cxr::synth {
namespace {

constexpr int kDraws = 2000;

FilmRequest Film() { return {.width = 100, .height = 80}; }

FilmBox MakeBox(double left, double top, double width, double height) {
  return {.left = left, .top = top, .width = width, .height = height};
}

TEST(PixelBoxTest, WholePixelsHoldTheBox) {
  EXPECT_EQ(WholePixels(MakeBox(3.2, 4.0, 10.1, 6.0), Film()),
            (PixelBox{.left = 3, .top = 4, .width = 11, .height = 6}));
  EXPECT_EQ(WholePixels(MakeBox(0, 0, 100, 80), Film()),
            (PixelBox{.left = 0, .top = 0, .width = 100, .height = 80}));
}

TEST(PixelBoxTest, NothingIsOutsideOfTheFilmOrEmpty) {
  EXPECT_EQ(WholePixels(MakeBox(-5.5, 70.5, 10.0, 20.0), Film()),
            (PixelBox{.left = 0, .top = 70, .width = 5, .height = 10}));
  EXPECT_EQ(WholePixels(MakeBox(104.0, -9.0, 10.0, 3.0), Film()),
            (PixelBox{.left = 99, .top = 0, .width = 1, .height = 1}));
  EXPECT_EQ(WholePixels(MakeBox(20.0, 30.0, 0.0, 0.0), Film()),
            (PixelBox{.left = 20, .top = 30, .width = 1, .height = 1}));
}

TEST(PixelBoxTest, JitteredBoxesScatterAroundTheBox) {
  const FilmBox box = MakeBox(40, 30, 20, 20);
  double left = 0.0;
  double squares = 0.0;
  for (int i = 0; i < kDraws; ++i) {
    const PixelBox jittered =
        Jittered(box, Film(), /*deviation=*/0.1, RandomKey(1).Child("box", i));
    left += jittered.left;
    squares += (jittered.left - 40.0) * (jittered.left - 40.0);
  }
  // Two pixels of deviation; whole pixels lie half a pixel to the left.
  EXPECT_NEAR(left / kDraws, 39.5, 0.2);
  EXPECT_NEAR(std::sqrt(squares / kDraws - 0.25), 2.0, 0.15);
}

TEST(PixelBoxTest, WithoutDeviationNothingIsMoved) {
  const FilmBox box = MakeBox(40, 30, 20.5, 20);
  EXPECT_EQ(Jittered(box, Film(), 0.0, RandomKey(1)), WholePixels(box, Film()));
}

TEST(PixelBoxTest, TruthHasTheSameNumbers) {
  const Box truth =
      TruthBox("Mass", {.left = 1, .top = 2, .width = 3, .height = 4});
  EXPECT_EQ(truth.finding(), "Mass");
  EXPECT_EQ(truth.left(), 1.0);
  EXPECT_EQ(truth.top(), 2.0);
  EXPECT_EQ(truth.width(), 3.0);
  EXPECT_EQ(truth.height(), 4.0);
}

}  // namespace
}  // namespace cxr::synth
