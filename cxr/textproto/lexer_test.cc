// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/lexer.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

// Each token as a letter for its kind and its text: "I(name) S(:)".
std::string TokensOf(absl::string_view text) {
  constexpr absl::string_view kLetters = "EIDFT.nscb";
  std::string shown;
  Lexer lexer(text);
  while (true) {
    const SyntaxToken token = lexer.Next();
    if (token.kind == SyntaxToken::Kind::kEnd) {
      return shown;
    }
    absl::StrAppend(
        &shown, kLetters.substr(static_cast<size_t>(token.kind), 1), "(",
        text.substr(token.span.begin, token.span.end - token.span.begin), ")");
  }
}

TEST(TextprotoLexerTest, SplitsWhatProtobufSplits) {
  EXPECT_EQ(TokensOf("a_1: -5 # c\n\t'x' \"y\""),
            "I(a_1).(:).(-)D(5)T('x')T(\"y\")");
  EXPECT_EQ(TokensOf("0x1F 017 .5 5. 1e-4 1f 5.f"),
            "D(0x1F)D(017)F(.5)F(5.)F(1e-4)F(1f)F(5.f)");
  EXPECT_EQ(TokensOf("{}<>[],;=/%"),
            ".({).(}).(<).(>).([).(]).(,).(;).(=).(/).(%)");
  EXPECT_EQ(TokensOf("'\\'\\x4\\u00e9\\U0010ffff\\7'"),
            "T('\\'\\x4\\u00e9\\U0010ffff\\7')");
}

TEST(TextprotoLexerTest, NumbersThatAreNoneAreOneToken) {
  for (const char* number :
       {"5m", "089", "0x", "1e", "1.2.3", "1..5", "1_000", "10%", "0x1.5"}) {
    EXPECT_EQ(TokensOf(number), absl::StrCat("n(", number, ")"));
  }
  EXPECT_EQ(TokensOf("a.5"), "I(a)n(.5)");
}

TEST(TextprotoLexerTest, StringsEndWithTheirLine) {
  EXPECT_EQ(TokensOf("'a  \n\"b\""), "s('a)T(\"b\")");
  EXPECT_EQ(TokensOf("'\\q' 'b'"), "s('\\q')T('b')");
  EXPECT_EQ(TokensOf("'\\"), "s('\\)");
}

TEST(TextprotoLexerTest, ForeignCommentsAndBytesAreTokens) {
  EXPECT_EQ(TokensOf("a // b \nc /* d\n */ e"),
            "I(a)c(// b)I(c)c(/* d\n */)I(e)");
  EXPECT_EQ(TokensOf("a:/*"), "I(a).(:).(/).(*)");
  EXPECT_EQ(TokensOf("\u201Ca b\u201D \u00A0x"),
            "b(\u201Ca b\u201D)b(\u00A0)I(x)");
  EXPECT_EQ(TokensOf("\x01"), "b(\x01)");
}

TEST(TextprotoLexerTest, KnowsTheFirstTabOutsideOfTexts) {
  Lexer lexer("'\t' \t\t");
  lexer.Next();
  lexer.Next();
  EXPECT_EQ(lexer.first_tab(), 4u);
}

}  // namespace
}  // namespace cxr
