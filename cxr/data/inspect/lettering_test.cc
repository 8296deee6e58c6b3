// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/lettering.h"

#include <gtest/gtest.h>

#include <string>

namespace cxr {
namespace {

// What is written on black, a sign a pixel.
std::string Written(absl::string_view text, int x, int width) {
  RgbImage image{.width = width, .height = 7};
  image.pixels.resize(width * 7 * 3);
  WriteText(text, x, 0, &image);
  std::string lines;
  for (int i = 0; i < width * 7; ++i) {
    lines += image.pixels[i * 3] != 0 ? '#' : '.';
    lines += i % width == width - 1 ? "\n" : "";
  }
  return lines;
}

TEST(LetteringTest, WritesCapitals) {
  const std::string tl =
      "#####.#....\n"
      "..#...#....\n"
      "..#...#....\n"
      "..#...#....\n"
      "..#...#....\n"
      "..#...#....\n"
      "..#...#####\n";
  EXPECT_EQ(Written("TL", 0, 11), tl);
  EXPECT_EQ(Written("tl", 0, 11), tl);
}

TEST(LetteringTest, SignsWithoutALetterAreBoxes) {
  EXPECT_EQ(Written("\x01", 0, 5),
            "#####\n#...#\n#...#\n#...#\n#...#\n#...#\n#####\n");
  EXPECT_EQ(Written(" ", 0, 2), "..\n..\n..\n..\n..\n..\n..\n");
}

TEST(LetteringTest, WhatLiesOutsideIsCutOff) {
  EXPECT_EQ(Written("TT", -3, 2), "##\n..\n..\n..\n..\n..\n..\n");
}

}  // namespace
}  // namespace cxr
