// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/contact_sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace cxr {
namespace {

GrayImage Flat(int width, int height, uint8_t level) {
  return {.width = width,
          .height = height,
          .pixels = std::vector<uint8_t>(size_t(width) * height, level)};
}

std::array<int, 3> At(const RgbImage& image, int x, int y) {
  const uint8_t* pixel =
      image.pixels.data() + (size_t(y) * image.width + x) * 3;
  return {pixel[0], pixel[1], pixel[2]};
}

constexpr SheetOptions kSmall = {.columns = 2, .cell_pixels = 20};

TEST(ContactSheetTest, CellsStandRowByRow) {
  const std::vector<SheetCell> cells = {{.image = Flat(5, 5, 50)},
                                        {.image = Flat(9, 9, 100)},
                                        {.image = Flat(2, 2, 150)}};
  const RgbImage sheet = MakeContactSheet(cells, kSmall);
  EXPECT_EQ(sheet.width, 2 * 26);
  EXPECT_EQ(sheet.height, 2 * 32);
  EXPECT_EQ(At(sheet, 10, 15), (std::array<int, 3>{50, 50, 50}));
  EXPECT_EQ(At(sheet, 36, 15), (std::array<int, 3>{100, 100, 100}));
  EXPECT_EQ(At(sheet, 10, 47), (std::array<int, 3>{150, 150, 150}));
  EXPECT_EQ(At(sheet, 36, 47), At(sheet, 0, 0));
}

TEST(ContactSheetTest, ImagesKeepTheirProportions) {
  const RgbImage sheet =
      MakeContactSheet({{.image = Flat(10, 40, 200)}}, kSmall);
  EXPECT_EQ(At(sheet, 3, 15), At(sheet, 0, 0));
  EXPECT_EQ(At(sheet, 13, 7), (std::array<int, 3>{200, 200, 200}));
}

TEST(ContactSheetTest, MasksTintAndBoxesFrame) {
  SheetCell cell{.image = Flat(20, 20, 100), .mask = Flat(20, 20, 0)};
  for (int i = 0; i < 200; ++i) {
    cell.mask->pixels[i] = 2;
  }
  cell.boxes = {{.left = 5, .top = 12, .width = 10, .height = 5}};
  const RgbImage sheet = MakeContactSheet({cell}, kSmall);
  // 0.65 of 100 and 0.35 of the second colour, (86, 180, 233).
  EXPECT_EQ(At(sheet, 4, 7), (std::array<int, 3>{95, 128, 147}));
  EXPECT_EQ(At(sheet, 4, 24), (std::array<int, 3>{100, 100, 100}));
  EXPECT_EQ(At(sheet, 10, 6 + 11), (std::array<int, 3>{240, 228, 66}));
}

// An image that cannot be read: its place is seen, and that it is empty.
TEST(ContactSheetTest, ACellWithoutAnImageIsAnEmptyFrame) {
  const RgbImage sheet = MakeContactSheet({{.captions = {"A"}}}, kSmall);
  EXPECT_EQ(At(sheet, 3, 6), (std::array<int, 3>{110, 110, 110}));
  EXPECT_EQ(At(sheet, 22, 25), (std::array<int, 3>{110, 110, 110}));
  EXPECT_EQ(At(sheet, 23, 26), At(sheet, 0, 0));
  EXPECT_EQ(At(sheet, 12, 15), At(sheet, 0, 0));
}

TEST(ContactSheetTest, CaptionsMakeRoomForThemselves) {
  const RgbImage sheet = MakeContactSheet(
      {{.image = Flat(4, 4, 0), .captions = {"ONE", "TWO"}}}, kSmall);
  EXPECT_EQ(sheet.height, 32 + 18);
  EXPECT_TRUE(MakeContactSheet({}, kSmall).pixels.empty());
}

}  // namespace
}  // namespace cxr
