// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/grammar.h"

#include <map>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::synth {
namespace {

using ::testing::ElementsAre;
using ::testing::Key;
using ::testing::Pair;

std::map<std::string, int> Count(absl::string_view pattern,
                                 const Slots& slots) {
  RandomStream stream(RandomKey(1));
  std::map<std::string, int> counts;
  for (int i = 0; i < 3000; ++i) ++counts[Expand(pattern, slots, &stream)];
  return counts;
}

TEST(GrammarTest, LeavesPlainTextAsItIs) {
  EXPECT_THAT(Count("Lungs, clear.", {}),
              ElementsAre(Pair("Lungs, clear.", 3000)));
}

TEST(GrammarTest, TakesEachAlternativeEquallyOften) {
  for (const auto& [text, count] : Count("x[a|b|]y", {})) {
    EXPECT_NEAR(count, 1000, 120) << text;
  }
  EXPECT_THAT(Count("x[a|b|]y", {}),
              ElementsAre(Key("xay"), Key("xby"), Key("xy")));
}

TEST(GrammarTest, ExpandsInnerAlternatives) {
  EXPECT_THAT(Count("[[a|b]c|d]", {}),
              ElementsAre(Key("ac"), Key("bc"), Key("d")));
}

TEST(GrammarTest, FillsSlotsAlsoInsideOfAlternatives) {
  EXPECT_THAT(Count("{n}[ {side}|]", {{"n", "one"}, {"side", "left"}}),
              ElementsAre(Key("one"), Key("one left")));
}

TEST(GrammarTest, DependsOnTheStreamAlone) {
  RandomStream one(RandomKey(2));
  RandomStream other(RandomKey(2));
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(Expand("[a|b|c|d]", {}, &one), Expand("[a|b|c|d]", {}, &other));
  }
}

TEST(GrammarDeathTest, DiesOfBrokenPatterns) {
  RandomStream stream(RandomKey(1));
  EXPECT_DEATH(Expand("[a|b", {}, &stream), "no closing bracket: \\[a\\|b");
  EXPECT_DEATH(Expand("{a", {}, &stream), "no closing brace: \\{a");
  EXPECT_DEATH(Expand("{a}", {}, &stream), "no slot called a");
  EXPECT_DEATH(AsSentence("  "), "without words");
}

TEST(GrammarTest, WritesSentences) {
  EXPECT_EQ(AsSentence("  small  left effusion , unchanged "),
            "Small left effusion, unchanged.");
  EXPECT_EQ(AsSentence("there is a ill-defined opacity."),
            "There is an ill-defined opacity.");
  EXPECT_EQ(AsSentence("a 8 mm nodule"), "An 8 mm nodule.");
  EXPECT_EQ(AsSentence("a 5 mm nodule"), "A 5 mm nodule.");
  EXPECT_EQ(AsSentence("___"), "___.");
}

TEST(GrammarTest, JoinsLists) {
  EXPECT_EQ(OrList({"a"}), "a");
  EXPECT_EQ(OrList({"a", "b"}), "a or b");
  EXPECT_EQ(OrList({"a", "b", "c"}), "a, b, or c");
}

}  // namespace
}  // namespace cxr::synth
