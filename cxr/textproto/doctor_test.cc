// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/doctor.h"

#include <gtest/gtest.h>

#include <string>

namespace cxr {
namespace {

using Kind = SyntaxToken::Kind;

TEST(TextprotoDoctorTest, ShowsOneLineOfAtMostFortyBytes) {
  EXPECT_EQ(Shown(""), "''");
  EXPECT_EQ(Shown("a\nb"), "'a'");
  EXPECT_EQ(Shown("a\rb"), "'a'");
  EXPECT_EQ(Shown(std::string(40, 'x')), "'" + std::string(40, 'x') + "'");
  EXPECT_EQ(Shown(std::string(41, 'x')), "'" + std::string(37, 'x') + "...'");
}

TEST(TextprotoDoctorTest, CutsNoCharacterInTwo) {
  // The two bytes of the last character are the 37th and 38th.
  EXPECT_EQ(Shown(std::string(36, 'x') + "\u00E9yyyy"),
            "'" + std::string(36, 'x') + "...'");
  EXPECT_EQ(Shown(std::string(35, 'x') + "\u00E9yyyy"),
            "'" + std::string(35, 'x') + "\u00E9...'");
}

TEST(TextprotoDoctorTest, QuotesAreEscapedInATextToWrite) {
  EXPECT_EQ(Quoted(""), "\"\"");
  EXPECT_EQ(Quoted("say \"a\\b\""), "\"say \\\"a\\\\b\\\"\"");
  EXPECT_EQ(Quoted("a\nb"), "\"a\"");
}

TEST(TextprotoDoctorTest, KnowsWhichCharactersShowNothing) {
  for (const char* shown : {"a", " ", "\u00E9", "\u201C", "\u2212", "\u2010"}) {
    EXPECT_FALSE(IsInvisible(shown)) << shown;
  }
  for (const char* hidden :
       {"\x01", "\x7F", "\u00A0", "\u00AD", "\u2000", "\u200A", "\u200B",
        "\u200F", "\u2028", "\u3000", "\uFEFF"}) {
    EXPECT_TRUE(IsInvisible(hidden)) << hidden;
  }
  // No character at all: a byte in the middle, one that is cut off, one that
  // goes on wrongly.
  for (const char* broken : {"\xA0", "\xC2", "\xC2 ", "\xFF"}) {
    EXPECT_FALSE(IsInvisible(broken)) << broken;
  }
}

TEST(TextprotoDoctorTest, NamesTheCharacterThatIsWrong) {
  EXPECT_EQ(Explain(Kind::kBadBytes, "\x80"),
            "found the byte 0x80, expected UTF-8: save the file as UTF-8");
  EXPECT_EQ(Explain(Kind::kBadBytes, "\u00A0"),
            "found an invisible character, U+00A0 (no-break space), expected "
            "a plain space: replace it");
  EXPECT_EQ(Explain(Kind::kBadBytes, "\u2212"),
            "found a typographic dash, U+2212, expected '-': write '-'");
  EXPECT_EQ(Explain(Kind::kBadBytes, "\U0001F600"),
            "found '\U0001F600' (U+1F600), expected an ASCII character: "
            "others stand in quotes and comments only");
  EXPECT_EQ(Explain(Kind::kBadBytes, "\u201Ca b\u201D"),
            "found typographic quotes, expected straight ones: write \"a b\"");
  EXPECT_EQ(Explain(Kind::kBadBytes, "\u00ABa\""),
            "found typographic quotes, expected straight ones: write \"a\"");
  EXPECT_EQ(Explain(Kind::kBadBytes, "\u201C"),
            "found typographic quotes, expected straight ones: write \"");
}

TEST(TextprotoDoctorTest, NamesWhatIsWrongWithAText) {
  EXPECT_EQ(Explain(Kind::kBadString, "'a"),
            "found ''a', a text that does not end on its line: close it with "
            "'");
  EXPECT_EQ(Explain(Kind::kBadString, "\"C:\\data\""),
            "found a wrong escape in '\"C:\\data\"': a backslash is written "
            "\\\\");
  EXPECT_EQ(Explain(Kind::kBadString, "\"a\u201D"),
            "found a typographic quote at the end of a text, expected \": "
            "write \"a\"");
}

TEST(TextprotoDoctorTest, NamesTheCommentsOfOtherLanguages) {
  EXPECT_EQ(Explain(Kind::kBadComment, "// a"),
            "found a comment with '//', expected '#': write # instead");
  EXPECT_EQ(Explain(Kind::kBadComment, "/* a */"),
            "found a comment with '/*', expected '#': write # before each "
            "line of it");
  EXPECT_EQ(Explain(Kind::kBadComment, "/* a"),
            "found '/*' without '*/', expected '#' before each line of a "
            "comment");
}

TEST(TextprotoDoctorTest, NamesWhatIsWrongWithANumber) {
  const auto expect = [](const char* number, const std::string& message) {
    EXPECT_EQ(Explain(Kind::kBadNumber, number),
              "found '" + std::string(number) + "'" + message);
  };
  expect("1..5", ", expected one number: a range is two numbers");
  expect(".5", " right behind a name, expected ':'");
  expect("089",
         ", expected an octal number: a leading 0 means octal, leave it out");
  expect("1.2.3",
         ", expected a number with one point: a text is written \"1.2.3\"");
  expect("0x", ", expected a hexadecimal number, as 0x1F");
  expect("1_000", ", expected a number: write 1000, digits are not grouped");
  expect("1e", ", expected an exponent behind 'e', as 1e-4");
  expect("518px",
         ", expected a number: write 518, the unit is part of the field's "
         "name");
  expect("3k", ", expected a number: write 3000, in full");
  expect("1.5k",
         ", expected a number: write 1.5, the unit is part of the field's "
         "name");
  // Times 1000 this is no 64-bit number.
  expect("9223372036854775807k",
         ", expected a number: write 9223372036854775807, the unit is part of "
         "the field's name");
  expect("10%",
         ", expected a number: write 10, or the share as a decimal; the unit "
         "is part of the field's name");
}

TEST(TextprotoDoctorTest, OtherTokensAreNotExpectedHere) {
  EXPECT_EQ(Explain(Kind::kSymbol, "}"), "found '}', not expected here");
}

TEST(TextprotoDoctorTest, NamesWhatSeveralWordsWereMeantToBe) {
  const auto expect = [](const char* words, const std::string& message) {
    EXPECT_EQ(ExplainWords(words),
              "found '" + std::string(words) + "', expected " + message);
  };
  expect("5 px", "a number: write 5, the unit is part of the field's name");
  expect("10 %",
         "a number: write 10, or the share as a decimal; the unit is part of "
         "the field's name");
  expect("1,000,000", "a number: write 1000000, digits are not grouped");
  expect("0,001", "a number: write 0.001, with a point");
  expect("-1,5e-3", "a number: write -1.5e-3, with a point");
  expect("1,000", "a number: write 1000, digits are not grouped");
  expect("1 2", "one number: several are a list, [a, b]");
  expect("10 - 2", "one number: nothing is computed here");
  expect("(1, 2)", "a value: a list is written [a, b]");
  expect("hello world",
         "one value: a text is written in quotes, \"hello world\"");
  expect("/data/x.png",
         "one value: a text is written in quotes, \"/data/x.png\"");
  EXPECT_EQ(ExplainWords("+5"),
            "found '+', expected a number: write it without a '+'");
}

}  // namespace
}  // namespace cxr
