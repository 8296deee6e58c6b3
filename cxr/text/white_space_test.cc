// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/white_space.h"

#include <gtest/gtest.h>

namespace cxr {
namespace {

TEST(WhiteSpaceTest, CountsTheBytesOfOneCharacter) {
  EXPECT_EQ(LeadingSpace("  a"), 1);
  EXPECT_EQ(LeadingSpace("\x0b"), 1);
  EXPECT_EQ(LeadingSpace("\x1c"), 1);
  EXPECT_EQ(LeadingSpace("\xc2\xa0x"), 2);
  EXPECT_EQ(LeadingSpace("\xe3\x80\x80"), 3);
}

TEST(WhiteSpaceTest, OtherCharactersAreNone) {
  EXPECT_EQ(LeadingSpace(""), 0);
  EXPECT_EQ(LeadingSpace("a "), 0);
  EXPECT_EQ(LeadingSpace("\x1b"), 0);
  EXPECT_EQ(LeadingSpace("\xc2"), 0);          // Half a character.
  EXPECT_EQ(LeadingSpace("\xe2\x80\x8b"), 0);  // U+200B, zero width.
}

TEST(WhiteSpaceTest, StripsBothEndsOnly) {
  EXPECT_EQ(StripSpace(" \n\xc2\xa0 a b\t\xe2\x80\xa8"), "a b");
  EXPECT_EQ(StripSpace(" \r\n\x1f"), "");
  EXPECT_EQ(StripSpace(""), "");
  EXPECT_EQ(StripSpace("a"), "a");
}

}  // namespace
}  // namespace cxr
