// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/syntax.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

std::string Cut(absl::string_view text, TextSpan span) {
  return std::string(text.substr(span.begin, span.end - span.begin));
}

TEST(TextprotoSyntaxTest, SpansAreExact) {
  const std::string text = "a: 'x' # c\n 'y'; b { c: [- 5, 6], d <> } e: 1";
  const SyntaxTree tree = ParseSyntax(text);
  EXPECT_TRUE(tree.issues.empty());
  ASSERT_EQ(tree.fields.size(), 3u);
  EXPECT_EQ(Cut(text, tree.fields[0].span), "a: 'x' # c\n 'y';");
  EXPECT_EQ(Cut(text, tree.fields[0].value.span), "'x' # c\n 'y'");
  EXPECT_EQ(tree.fields[0].value.tokens.size(), 2u);
  const SyntaxField& b = tree.fields[1];
  EXPECT_FALSE(b.has_colon);
  EXPECT_EQ(Cut(text, b.name_span), "b");
  EXPECT_EQ(Cut(text, b.value.span), "{ c: [- 5, 6], d <> }");
  ASSERT_EQ(b.value.fields.size(), 2u);
  EXPECT_EQ(Cut(text, b.value.fields[0].span), "c: [- 5, 6],");
  EXPECT_EQ(Cut(text, b.value.fields[0].value.items[0].span), "- 5");
  EXPECT_EQ(Cut(text, b.value.fields[1].span), "d <>");
  EXPECT_EQ(Cut(text, tree.fields[2].span), "e: 1");
}

TEST(TextprotoSyntaxTest, SpansAreExactBesideMistakes) {
  const std::string text = "a: 5m\nb {\n  c: 1\n\nd: \"x\nbad\ne: 2\n";
  const SyntaxTree tree = ParseSyntax(text);
  EXPECT_EQ(tree.issues.size(), 4u);
  ASSERT_EQ(tree.fields.size(), 5u);
  EXPECT_EQ(Cut(text, tree.fields[0].span), "a: 5m");
  EXPECT_TRUE(tree.fields[0].value.tokens.empty());
  EXPECT_EQ(Cut(text, tree.fields[1].span), "b {\n  c: 1");
  EXPECT_EQ(Cut(text, tree.fields[2].span), "d: \"x");
  EXPECT_EQ(Cut(text, tree.fields[4].span), "e: 2");
}

TEST(TextprotoSyntaxTest, IndentationMeansNothingWhereBracketsBalance) {
  EXPECT_TRUE(ParseSyntax("  a {\nb: 1\n    }\n c <\nd: 2>").issues.empty());
}

TEST(TextprotoSyntaxTest, AHundredMessagesInOneAnotherAreTheLimit) {
  for (const int depth : {100, 101}) {
    std::string text;
    for (int i = 0; i < depth; ++i) {
      text += "a {";
    }
    EXPECT_EQ(ParseSyntax(text + std::string(static_cast<size_t>(depth), '}'))
                  .issues.size(),
              depth == 100 ? 0u : 1u);
  }
}

TEST(TextprotoSyntaxTest, BinaryFilesAndMarksAreNamed) {
  const std::string null("a: 'x\0'", 8);
  ASSERT_EQ(ParseSyntax(null).issues.size(), 1u);
  EXPECT_EQ(ParseSyntax(null).issues[0].message,
            "found a NUL byte, expected text: this is not a text file");
  EXPECT_EQ(ParseSyntax("\xFF\xFE").issues.size(), 1u);
  const SyntaxTree marked = ParseSyntax(
      "\xEF\xBB\xBF"
      "a: 1");
  ASSERT_EQ(marked.issues.size(), 1u);
  EXPECT_TRUE(marked.issues[0].warning);
  EXPECT_EQ(marked.fields.size(), 1u);
}

// Whatever is repeated, a megabyte of it ends soon: nothing is quadratic.
TEST(TextprotoSyntaxTest, AMegabyteOfAnythingIsRead) {
  for (const absl::string_view part :
       {"{", "[", "\"", "a{", "a{\n", "}\n", "a:[", "'\n", "a: b c\n", "//",
        "\u00A0", "\u201C", "a=1;", "- \n", "a{} b", "1..", "\\"}) {
    std::string text;
    while (text.size() < (1u << 20)) {
      absl::StrAppend(&text, part);
    }
    EXPECT_FALSE(ParseSyntax(text).issues.empty()) << part;
  }
}

}  // namespace
}  // namespace cxr
