// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/overlay.h"

#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"

namespace cxr::synth {
namespace {

Plane Gray(int size, float value) {
  Plane film = MakePlane(size, size);
  for (float& pixel : film.values) pixel = value;
  return film;
}

TEST(OverlayTest, LettersAreBrightLinesWithinTheirPlace) {
  Plane film = Gray(100, 0.2f);
  AddText("L", {.left = 40.0, .top = 30.0, .height = 20.0}, &film);
  EXPECT_FLOAT_EQ(film.Row(40)[40], 1.0f);  // the upright
  EXPECT_FLOAT_EQ(film.Row(49)[48], 1.0f);  // the foot
  EXPECT_FLOAT_EQ(film.Row(40)[48], 0.2f);  // beside it
  EXPECT_FLOAT_EQ(film.Row(20)[40], 0.2f);  // above it
}

TEST(OverlayTest, EveryLetterOfTheWordsHasAShape) {
  double last = -1.0;
  for (const char* letter : {"A", "B", "E", "L", "O", "P", "R", "T"}) {
    Plane film = Gray(40, 0.0f);
    AddText(letter, {.left = 10.0, .top = 10.0, .height = 20.0}, &film);
    const double ink = MeanOf(film);
    EXPECT_GT(ink, 0.02) << letter;
    EXPECT_NE(ink, last) << letter;
    last = ink;
  }
}

TEST(OverlayTest, WithoutMarkerAndCollimationNothingChanges) {
  Plane film = Gray(64, 0.5f);
  AddOverlay(PlainRequest(64), &film);
  EXPECT_EQ(film.values, Gray(64, 0.5f).values);
}

TEST(OverlayTest, TheMarkerBrightensAFewPixels) {
  FilmRequest request = PlainRequest(128);
  request.style.side_marker = true;
  Plane film = Gray(128, 0.5f);
  AddOverlay(request, &film);
  EXPECT_GT(MeanOf(film), 0.5);
  EXPECT_LT(MeanOf(film), 0.51);
  EXPECT_GT(LargestOf(film), 0.9);
}

TEST(OverlayTest, CollimationBlackensBordersAlone) {
  FilmRequest request = PlainRequest(256);
  request.style.collimation = 1.0;
  Plane film = Gray(256, 0.5f);
  AddOverlay(request, &film);
  EXPECT_EQ(film.Row(255)[255], 0.0f);
  EXPECT_EQ(film.Row(128)[128], 0.5f);
  EXPECT_GT(MeanOf(film), 0.4);
}

}  // namespace
}  // namespace cxr::synth
