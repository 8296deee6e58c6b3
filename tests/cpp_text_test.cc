// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/cpp_text.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace cxr::tests {
namespace {

std::string Joined(const std::vector<Token>& tokens) {
  std::string joined;
  for (const Token& token : tokens) joined += token.text + "|";
  return joined;
}

TEST(CppTextTest, CommentsAndLiteralsBecomeSpaces) {
  EXPECT_EQ(MaskCommentsAndLiterals("a(\"b\"); // c\n/* d */ e"),
            "a(\" \");     \n        e");
}

TEST(CppTextTest, EscapedQuoteDoesNotEndALiteral) {
  EXPECT_EQ(MaskCommentsAndLiterals(R"(f("a\"b", '\''))"),
            R"(f("    ", '  '))");
}

TEST(CppTextTest, QuoteInANumberOpensNoLiteral) {
  EXPECT_EQ(MaskCommentsAndLiterals("int n = 1'000; char c = 'x';"),
            "int n = 1'000; char c = ' ';");
}

TEST(CppTextTest, RawStringEndsAtItsOwnDelimiter) {
  EXPECT_EQ(MaskCommentsAndLiterals("R\"x(a)\" // )x\" + b"),
            "R\"           \" + b");
}

TEST(CppTextTest, OnlyCommentsStay) {
  EXPECT_EQ(MaskAllButComments("a; // b \"c\"\n\"// d\""),
            "   // b \"c\"\n      ");
}

TEST(CppTextTest, DirectivesAreNoDefinitions) {
  EXPECT_EQ(MaskAllButDefinitions("#define A \\\n  {\nb\n"),
            "           \n   \nb\n");
}

TEST(CppTextTest, TokensLeaveOutIncludes) {
  EXPECT_EQ(Joined(Tokenize("#include <new>\nstd::x->y(1.5);")),
            "std|::|x|->|y|(|1|.|5|)|;|");
}

TEST(CppTextTest, TokensKnowTheirLine) {
  const std::vector<Token> tokens = Tokenize("// a\n\nb\nc");
  ASSERT_EQ(tokens.size(), 2u);
  EXPECT_EQ(tokens[0].line, 3);
  EXPECT_EQ(tokens[1].line, 4);
}

TEST(CppTextTest, IncludesAreFoundWithTheirKind) {
  const std::vector<Include> includes = FindIncludes(
      "// #include \"no.h\"\n#include <vector>\n\n#include \"a/b.h\"  // x\n");
  ASSERT_EQ(includes.size(), 2u);
  EXPECT_EQ(includes[0].path, "vector");
  EXPECT_TRUE(includes[0].angled);
  EXPECT_EQ(includes[1].path, "a/b.h");
  EXPECT_FALSE(includes[1].angled);
  EXPECT_EQ(includes[1].line, 4);
}

TEST(CppTextTest, ProtoImportsAreFound) {
  const std::vector<Include> imports =
      FindProtoImports("syntax = \"proto3\";\nimport \"cxr/spec/a.proto\";\n");
  ASSERT_EQ(imports.size(), 1u);
  EXPECT_EQ(imports[0].path, "cxr/spec/a.proto");
  EXPECT_EQ(imports[0].line, 2);
}

}  // namespace
}  // namespace cxr::tests
