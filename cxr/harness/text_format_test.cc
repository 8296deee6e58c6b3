// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/text_format.h"

#include <gtest/gtest.h>

#include <string>

namespace cxr {
namespace {

TEST(WithPrefixTest, SmallWholeNumbersStandAsTheyAre) {
  EXPECT_EQ(WithPrefix(0), "0");
  EXPECT_EQ(WithPrefix(12), "12");
  EXPECT_EQ(WithPrefix(999), "999");
}

TEST(WithPrefixTest, ThreeDigitsAndAPowerOfThousand) {
  EXPECT_EQ(WithPrefix(3400), "3.40 k");
  EXPECT_EQ(WithPrefix(61.4e6), "61.4 M");
  EXPECT_EQ(WithPrefix(614e9), "614 G");
  EXPECT_EQ(WithPrefix(1e12), "1 T");
  EXPECT_EQ(WithPrefix(1.5e15), "1.50 P");
  EXPECT_EQ(WithPrefix(51.6e18), "51.6 E");
  EXPECT_EQ(WithPrefix(2e21), "2 Z");
  EXPECT_EQ(WithPrefix(0.25), "0.25");
}

TEST(WithPrefixTest, BeyondTheLargestPrefixDigitsGrow) {
  EXPECT_EQ(WithPrefix(12345e21), "12345 Z");
}

// What would round up to four digits takes the next prefix, or one digit less.
TEST(WithPrefixTest, RoundingNeverMakesAFourthDigit) {
  EXPECT_EQ(WithPrefix(999.4), "999");
  EXPECT_EQ(WithPrefix(999.6), "1.00 k");
  EXPECT_EQ(WithPrefix(999499), "999 k");
  EXPECT_EQ(WithPrefix(999600), "1.00 M");
  EXPECT_EQ(WithPrefix(9994), "9.99 k");
  EXPECT_EQ(WithPrefix(9996), "10.0 k");
  EXPECT_EQ(WithPrefix(99940), "99.9 k");
  EXPECT_EQ(WithPrefix(99960), "100 k");
}

TEST(BytesTextTest, HasTheUnitWithItsPrefix) {
  EXPECT_EQ(BytesText(0), "0 B");
  EXPECT_EQ(BytesText(512), "512 B");
  EXPECT_EQ(BytesText(3400000), "3.40 MB");
  EXPECT_EQ(BytesText(1250000000000), "1.25 TB");
}

TEST(FlopTextTest, HasTheUnitWithItsPrefix) {
  EXPECT_EQ(FlopText(0), "0 FLOP");
  EXPECT_EQ(FlopText(51.6e18), "51.6 EFLOP");
}

TEST(SecondsTextTest, TakesTheUnitThatAPersonWouldTake) {
  EXPECT_EQ(SecondsText(0), "0.0 s");
  EXPECT_EQ(SecondsText(0.2), "0.2 s");
  EXPECT_EQ(SecondsText(12), "12 s");
  EXPECT_EQ(SecondsText(99), "99 s");
  EXPECT_EQ(SecondsText(180), "3 min");
  EXPECT_EQ(SecondsText(99 * 60), "99 min");
  EXPECT_EQ(SecondsText(4.5 * 3600), "4.5 h");
  EXPECT_EQ(SecondsText(36 * 3600), "36 h");
  EXPECT_EQ(SecondsText(999 * 3600), "999 h");
}

TEST(SecondsTextTest, RoundsBeforeItDropsADigit) {
  EXPECT_EQ(SecondsText(9.94), "9.9 s");
  EXPECT_EQ(SecondsText(9.96), "10 s");
  EXPECT_EQ(SecondsText(9.96 * 3600), "10 h");
}

TEST(SecondsRangeTextTest, IsOneNumberWhereBothPrintAlike) {
  EXPECT_EQ(SecondsRangeText(4.1 * 3600, 6.3 * 3600), "4.1 to 6.3 h");
  EXPECT_EQ(SecondsRangeText(30, 5400), "30 s to 90 min");
  EXPECT_EQ(SecondsRangeText(16200, 16201), "4.5 h");
  EXPECT_EQ(SecondsRangeText(900 * 3600, 1230 * 3600), "900 h to 1.23 k h");
}

TEST(ListTextTest, NamesAreJoinedAsInASentence) {
  EXPECT_EQ(ListText({}, 3), "");
  EXPECT_EQ(ListText({"a"}, 3), "a");
  EXPECT_EQ(ListText({"a", "b"}, 3), "a and b");
  EXPECT_EQ(ListText({"a", "b", "c"}, 3), "a, b and c");
}

TEST(ListTextTest, NamesThatAreTooManyAreCounted) {
  EXPECT_EQ(ListText({"a", "b", "c"}, 2), "a, b and 1 more");
  EXPECT_EQ(ListText({"a", "b", "c", "d", "e", "f", "g", "h", "i"}, 2),
            "a, b and 7 more");
  EXPECT_EQ(ListText({"a", "b"}, 1), "a and 1 more");
}

TEST(CountTextTest, OneIsNoPlural) {
  EXPECT_EQ(CountText(1, "stage"), "1 stage");
  EXPECT_EQ(CountText(0, "stage"), "0 stages");
  EXPECT_EQ(CountText(2, "stage"), "2 stages");
}

TEST(TextFormatTest, WhatIsNoTextIsMadeOne) {
  EXPECT_EQ(Printable("plain"), "plain");
  EXPECT_EQ(Printable("R\xc3\xb6ntgen \xe2\x82\xac \xf0\x9f\xa9\xbb"),
            "R\xc3\xb6ntgen \xe2\x82\xac \xf0\x9f\xa9\xbb");
  EXPECT_EQ(Printable("R\xf6ntgen"), "R?ntgen");
  EXPECT_EQ(Printable("cut \xe2\x82"), "cut ??");
  EXPECT_EQ(Printable("\xc0\xaf"), "??");
}

}  // namespace
}  // namespace cxr
