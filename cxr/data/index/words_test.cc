// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/index/words.h"

#include <gtest/gtest.h>

namespace cxr {
namespace {

TEST(WordsTest, EveryWordIsReadBack) {
  for (const View view : {View::kUnknown, View::kPa, View::kAp, View::kApSupine,
                          View::kFrontal, View::kLateral, View::kOther}) {
    EXPECT_EQ(ViewOfText(ViewText(view)), view);
  }
  for (const Sex sex : {Sex::kUnknown, Sex::kFemale, Sex::kMale}) {
    EXPECT_EQ(SexOfText(SexText(sex)), sex);
  }
  for (const Part part :
       {Part::kNone, Part::kTraining, Part::kValidation, Part::kTest}) {
    EXPECT_EQ(PartOfText(PartText(part)), part);
  }
}

TEST(WordsTest, NoListHasATitle) {
  EXPECT_EQ(PartTitle(Part::kNone), "no list");
  EXPECT_EQ(PartTitle(Part::kTest), "test");
}

TEST(WordsTest, OtherWordsAreNone) {
  EXPECT_EQ(ViewOfText("pa"), std::nullopt);
  EXPECT_EQ(SexOfText("X"), std::nullopt);
  EXPECT_EQ(PartOfText("train"), std::nullopt);
}

}  // namespace
}  // namespace cxr
