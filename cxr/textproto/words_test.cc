// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/words.h"

#include <gtest/gtest.h>

#include <string>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using Kind = SyntaxToken::Kind;

// A text with the value of its only field.
struct Parsed {
  explicit Parsed(const std::string& value)
      : text("a: " + value), tree(ParseSyntax(text)) {}

  ScalarWords words() const { return {text, tree.fields.at(0).value}; }

  std::string text;
  SyntaxTree tree;
};

TEST(TextprotoWordsTest, ASignIsAWordOfItsOwn) {
  const Parsed parsed("- # c\n 5;");
  EXPECT_TRUE(parsed.words().negative());
  EXPECT_EQ(parsed.words().tokens().size(), 2u);
  EXPECT_EQ(parsed.words().kind(), Kind::kInteger);
  EXPECT_EQ(parsed.words().Last(), "5");
  EXPECT_EQ(parsed.words().All(), "- # c\n 5");
  EXPECT_FALSE(Parsed("5").words().negative());
  EXPECT_FALSE(Parsed("'-'").words().negative());
}

TEST(TextprotoWordsTest, AdjacentTextsAreOneAndEscapesAreRead) {
  EXPECT_EQ(Parsed("''").words().String(), "");
  EXPECT_EQ(Parsed("'a\"' \"b'\"").words().String(), "a\"b'");
  EXPECT_EQ(Parsed("'\\x41' '\\102\\n\\u00e9'").words().String(), "AB\n\u00E9");
}

TEST(TextprotoWordsTest, SaysWhatWasFoundAndExpected) {
  EXPECT_THAT(Wrong(Parsed("-5").words(), "more"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "found '-5', expected more"));
  // A text has quotes already.
  EXPECT_EQ(Wrong(Parsed("\"a\"").words(), "b").message(),
            "found \"a\", expected b");
}

TEST(TextprotoWordsTest, WhatWasFoundIsOneShortLine) {
  EXPECT_EQ(Wrong(Parsed("'a' # c\n'b'").words(), "b").message(),
            "found 'a' # c, expected b");
  EXPECT_EQ(
      Wrong(Parsed("'" + std::string(50, 'x') + "'").words(), "b").message(),
      "found '" + std::string(36, 'x') + "..., expected b");
}

}  // namespace
}  // namespace cxr
