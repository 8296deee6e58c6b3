// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/language.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

std::string Cut(absl::string_view text, TextSpan span) {
  return std::string(text.substr(span.begin, span.end - span.begin));
}

// The language by the first words of the message, and what it was known by;
// "none" if it is not another language.
std::string LanguageOf(absl::string_view text) {
  std::vector<SyntaxToken> tokens;
  Lexer lexer(text);
  do {
    tokens.push_back(lexer.Next());
  } while (tokens.back().kind != SyntaxToken::Kind::kEnd);
  const auto found = DiagnoseLanguage(text, tokens);
  if (!found.has_value()) {
    return "none";
  }
  const absl::string_view message = found->message;
  return absl::StrCat(message.substr(0, message.find(',')), " by '",
                      Cut(text, found->span), "'");
}

TEST(TextprotoLanguageTest, BytesWithANulAreNoText) {
  const absl::string_view text("ab\0c", 4);
  const auto found = DiagnoseBytes(text);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->message,
            "found a NUL byte, expected text: this is not a text file");
  EXPECT_EQ(found->span.begin, 2u);
  EXPECT_EQ(found->span.end, 3u);
}

TEST(TextprotoLanguageTest, Utf16IsNamedInEitherByteOrder) {
  for (const absl::string_view text : {absl::string_view("\xFF\xFE"
                                                         "a\0",
                                                         4),
                                       absl::string_view("\xFE\xFF\0a", 4)}) {
    const auto found = DiagnoseBytes(text);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->message.substr(0, 12), "found UTF-16");
  }
}

TEST(TextprotoLanguageTest, TextIsText) {
  EXPECT_FALSE(DiagnoseBytes("").has_value());
  EXPECT_FALSE(DiagnoseBytes("a: \"\xFF\xFE\"").has_value());
}

TEST(TextprotoLanguageTest, AMergeConflictHasMarkersOfSevenSigns) {
  const std::string found = "found a merge conflict's marker by ";
  EXPECT_EQ(LanguageOf("a: 1\n<<<<<<< HEAD\na: 2\n"), found + "'<<<<<<<'");
  EXPECT_EQ(LanguageOf("{\n=======\r\n}"), found + "'======='");
  EXPECT_EQ(LanguageOf(">>>>>>> other"), found + "'>>>>>>>'");
  for (const char* text : {" =======", "========", "======", "# ======="}) {
    EXPECT_EQ(LanguageOf(text), "none") << text;
  }
}

TEST(TextprotoLanguageTest, JsonBeginsWithABraceOrAList) {
  const std::string by_brace = "found JSON by '{'";
  const std::string by_list = "found JSON by '['";
  EXPECT_EQ(LanguageOf("{ \"a\": 1 }"), by_brace);
  EXPECT_EQ(LanguageOf("# c\n{"), by_brace);
  for (const char* text : {"[{", "[[", "['a'", "[1"}) {
    EXPECT_EQ(LanguageOf(text), by_list) << text;
  }
  EXPECT_EQ(LanguageOf("[a.b]: 1"), "none");
  EXPECT_EQ(LanguageOf("a: { \"b\": 1 }"), "none");
}

TEST(TextprotoLanguageTest, AProtoFileDeclares) {
  const std::string found = "found the language of .proto files by ";
  EXPECT_EQ(LanguageOf("# c\nsyntax = \"proto3\";"), found + "'syntax'");
  EXPECT_EQ(LanguageOf("a: 1\nmessage X {"), found + "'message'");
  EXPECT_EQ(LanguageOf("enum X {"), found + "'enum'");
  EXPECT_EQ(LanguageOf("oneof x {"), found + "'oneof'");
  EXPECT_EQ(LanguageOf("int32 x = 1;"), found + "'int32'");
  EXPECT_EQ(LanguageOf("optional int32 x = 1 [a = 2];"), found + "'int32'");
  for (const char* text : {"syntax = proto3", "message { x: 1 }", "x = 1;",
                           "a b {", "int32 x = 1", "int32 x = y;"}) {
    EXPECT_EQ(LanguageOf(text), "none") << text;
  }
}

TEST(TextprotoLanguageTest, YamlGoesByIndentation) {
  const std::string found = "found YAML by ";
  EXPECT_EQ(LanguageOf("---\na: 1"), found + "'---'");
  EXPECT_EQ(LanguageOf("x: 1\na:\n  b: 1"), found + "'a:'");
  EXPECT_EQ(LanguageOf("a:\n\n# c\n  b-c: 1"), found + "'a:'");
  EXPECT_EQ(LanguageOf("a:\n- 1"), found + "'a:'");
  EXPECT_EQ(LanguageOf("  a:\n  -\n"), found + "'a:'");
}

TEST(TextprotoLanguageTest, WhatIsNotIndentedIsNoYaml) {
  for (const char* text :
       {"", "a:", "a:\nb: 1", "  a:\n- 1", "a: 1\n  b: 2", "a:\n  - { b: 1 }",
        "a:\n  b: < >", "a:\n  5", ":\n  b: 1", "a: 1\n---"}) {
    EXPECT_EQ(LanguageOf(text), "none") << text;
  }
}

}  // namespace
}  // namespace cxr
