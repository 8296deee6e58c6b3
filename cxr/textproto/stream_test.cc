// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/stream.h"

#include <gtest/gtest.h>

#include <string>

namespace cxr {
namespace {

using Kind = SyntaxToken::Kind;

TEST(TextprotoStreamTest, AnEmptyTextIsDoneAtOnce) {
  IssueList issues("");
  TokenStream in("", issues);
  EXPECT_TRUE(in.done());
  EXPECT_TRUE(in.FirstOnLine());
  EXPECT_FALSE(in.Adjacent());
  EXPECT_EQ(in.previous_end(), 0u);
  in.Skip();
  in.SkipWhole();
  EXPECT_EQ(in.at(), 0u);
  EXPECT_TRUE(in.LookingAt(Kind::kEnd));
}

TEST(TextprotoStreamTest, LooksAheadAndStaysAtTheEnd) {
  const std::string text = "a: '{'";
  IssueList issues(text);
  TokenStream in(text, issues);
  EXPECT_EQ(in.Text(), "a");
  EXPECT_TRUE(in.Looking(':', 1));
  EXPECT_FALSE(in.Looking('{', 1));
  EXPECT_TRUE(in.LookingAtAny("{:", 1));
  EXPECT_FALSE(in.LookingAtAny("{<", 1));
  EXPECT_FALSE(in.LookingAtAny("'", 2));  // A text is no symbol.
  EXPECT_EQ(in.Peek(3).kind, Kind::kEnd);
  EXPECT_EQ(in.Peek(99).kind, Kind::kEnd);
}

TEST(TextprotoStreamTest, TakesOnlyTheSymbolThatStandsThere) {
  IssueList issues("; a");
  TokenStream in("; a", issues);
  EXPECT_FALSE(in.Take(','));
  EXPECT_EQ(in.at(), 0u);
  EXPECT_TRUE(in.Take(';'));
  EXPECT_EQ(in.at(), 1u);
  EXPECT_EQ(in.previous_end(), 1u);
  EXPECT_FALSE(in.Take('a'));
}

TEST(TextprotoStreamTest, SkipsClosedBracketsWhole) {
  const std::string text = "{ a < [ ] > } b { c";
  IssueList issues(text);
  TokenStream in(text, issues);
  in.SkipWhole();
  EXPECT_EQ(in.Text(), "b");
  in.SkipWhole();
  in.SkipWhole();
  EXPECT_EQ(in.Text(), "c");  // Only the bracket: it is not closed.
}

TEST(TextprotoStreamTest, CountsBracketsThatDoNotBalance) {
  const auto expect = [](const std::string& text, int missing, int extra) {
    IssueList issues(text);
    const TokenStream in(text, issues);
    EXPECT_EQ(in.missing(), missing) << text;
    EXPECT_EQ(in.extra(), extra) << text;
  };
  expect("", 0, 0);
  expect("{ [ < > ] }", 0, 0);
  expect("{ [ <", 3, 0);
  expect("} ] >", 0, 3);
  expect("} {", 1, 1);
  expect("{ [ }", 1, 0);
  expect("{ ] }", 0, 1);
  expect("{ [ } ]", 1, 1);
  expect("'{' # {", 0, 0);
}

TEST(TextprotoStreamTest, WhatCrossesIsNotSkippedWhole) {
  const std::string text = "[ { ] a }";
  IssueList issues(text);
  TokenStream in(text, issues);
  in.Skip();
  in.SkipWhole();  // The inner bracket is the unclosed one.
  EXPECT_EQ(in.Text(), "]");
}

TEST(TextprotoStreamTest, ForeignCommentsAndHiddenBytesAreReportedAndLeftOut) {
  const std::string text = "a // b\n\u00A0: 1\n\u00E9";
  IssueList issues(text);
  TokenStream in(text, issues);
  EXPECT_TRUE(in.Looking(':', 1));
  EXPECT_EQ(in.Peek(3).kind, Kind::kBadBytes);  // For the parser to name.
  EXPECT_EQ(in.tokens().size(), 5u);
  const std::vector<TextIssue> found = issues.Take();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].place, (TextPlace{1, 3, 4}));
  EXPECT_EQ(found[1].place, (TextPlace{2, 1, 1}));
}

TEST(TextprotoStreamTest, AMarkAndTheFirstTabAreWarnings) {
  const std::string text =
      "\uFEFF"
      "a\n\t\tb\t";
  IssueList issues(text);
  const TokenStream in(text, issues);
  EXPECT_EQ(in.tokens().size(), 3u);
  const std::vector<TextIssue> found = issues.Take();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_TRUE(found[0].warning);
  EXPECT_EQ(found[0].place, (TextPlace{1, 1, 1}));
  EXPECT_TRUE(found[1].warning);
  EXPECT_EQ(found[1].place, (TextPlace{2, 1, 1}));
}

TEST(TextprotoStreamTest, KnowsWhatBeginsALine) {
  const std::string text = "a b # c\n c";
  IssueList issues(text);
  TokenStream in(text, issues);
  EXPECT_TRUE(in.FirstOnLine());
  in.Skip();
  EXPECT_FALSE(in.FirstOnLine());
  in.Skip();
  EXPECT_TRUE(in.FirstOnLine());
}

TEST(TextprotoStreamTest, KnowsWhatStandsClose) {
  const std::string text = "a-b c";
  IssueList issues(text);
  const TokenStream in(text, issues);
  EXPECT_FALSE(in.Adjacent(0));
  EXPECT_TRUE(in.Adjacent(1));
  EXPECT_TRUE(in.Adjacent(2));
  EXPECT_FALSE(in.Adjacent(3));
  EXPECT_TRUE(in.Adjacent(4));  // The end, right behind "c".
  EXPECT_FALSE(in.Adjacent(5));
}

TEST(TextprotoStreamTest, AFieldIsANameWithAColonOrABracket) {
  for (const std::string text : {"a:", "a {", "a <", "a [", "a = 1"}) {
    IssueList issues(text);
    EXPECT_TRUE(TokenStream(text, issues).BeginsField()) << text;
  }
  for (const std::string text : {"", "a", "a b", "'a':", "1:", "a }", "a ,"}) {
    IssueList issues(text);
    EXPECT_FALSE(TokenStream(text, issues).BeginsField()) << text;
  }
}

TEST(TextprotoStreamTest, IndentsAreThoseOfTheLine) {
  const std::string text = "a\n  b c\n" + std::string(300, ' ') + "d";
  IssueList issues(text);
  const TokenStream in(text, issues);
  EXPECT_EQ(in.Indent(0), 0u);
  EXPECT_EQ(in.Indent(1), 2u);
  EXPECT_EQ(in.Indent(2), 2u);
  EXPECT_EQ(in.Indent(3), 200u);
}

}  // namespace
}  // namespace cxr
