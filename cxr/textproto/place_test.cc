// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/place.h"

#include <gtest/gtest.h>

#include <string>

namespace cxr {
namespace {

TEST(TextprotoPlaceTest, LinesAndColumnsCountFromOne) {
  const LineIndex lines("ab\ncd\n");
  EXPECT_EQ(lines.PlaceOf({0, 2}), (TextPlace{1, 1, 2}));
  EXPECT_EQ(lines.PlaceOf({4, 5}), (TextPlace{2, 2, 1}));
  EXPECT_EQ(lines.PlaceOf({6, 6}), (TextPlace{3, 1, 1}));
  EXPECT_EQ(lines.LineOf(2), 1);
  EXPECT_EQ(lines.LineStart(4), 3u);
}

TEST(TextprotoPlaceTest, ColumnsAndLengthsAreCharacters) {
  const LineIndex lines("\u00E9\u20AC x\n\u00E9y");
  EXPECT_EQ(lines.PlaceOf({0, 5}), (TextPlace{1, 1, 2}));
  EXPECT_EQ(lines.PlaceOf({6, 7}), (TextPlace{1, 4, 1}));
  EXPECT_EQ(lines.PlaceOf({10, 11}), (TextPlace{2, 2, 1}));
}

TEST(TextprotoPlaceTest, ASpanIsCutAtTheEndOfItsFirstLine) {
  const LineIndex lines("ab\ncd");
  EXPECT_EQ(lines.PlaceOf({1, 5}), (TextPlace{1, 2, 1}));
  EXPECT_EQ(lines.PlaceOf({2, 5}), (TextPlace{1, 3, 1}));
  EXPECT_EQ(lines.PlaceOf({5, 9}), (TextPlace{2, 3, 1}));
  EXPECT_EQ(LineIndex("").PlaceOf({0, 0}), (TextPlace{1, 1, 1}));
}

TEST(TextprotoPlaceTest, CountingAgreesWithWalkingThroughTheText) {
  std::string text;
  for (int i = 0; i < 300; ++i) {
    text += i % 7 == 0 ? "\u20AC" : i % 41 == 0 ? "\n" : "a";
  }
  const LineIndex lines(text);
  int line = 1;
  int column = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    column += (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 ? 1 : 0;
    if (static_cast<signed char>(text[at]) >= 0 || text[at] == '\xE2') {
      EXPECT_EQ(lines.PlaceOf({at, at}), (TextPlace{line, column, 1})) << at;
    }
    if (text[at] == '\n') {
      ++line;
      column = 0;
    }
  }
}

}  // namespace
}  // namespace cxr
