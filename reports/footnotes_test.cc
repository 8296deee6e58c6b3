// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/footnotes.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace cxr::reports {
namespace {

TEST(FootnotesTest, EqualTextsShareALetter) {
  Footnotes notes;
  EXPECT_EQ(notes.Mark("one"), "(a)");
  EXPECT_EQ(notes.Mark("two"), "(b)");
  EXPECT_EQ(notes.Mark("one"), "(a)");
  EXPECT_EQ(notes.ToText(), "(a) one  \n(b) two  \n");
}

TEST(FootnotesTest, LettersGoOnAfterZ) {
  Footnotes notes;
  std::string last;
  for (int i = 0; i < 28; ++i) {
    last = notes.Mark(absl::StrCat(i));
  }
  EXPECT_EQ(last, "(ab)");
}

}  // namespace
}  // namespace cxr::reports
