// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/list_literal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "nlohmann/json.hpp"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ListLiteralTest, ReadsItemsInEitherQuote) {
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> items,
                       ParseListLiteral(R"(['a', "b'c", 'd"e'])"));
  EXPECT_THAT(items, ElementsAre("a", "b'c", "d\"e"));
}

TEST(ListLiteralTest, TrimsItemsAndTheirInnerSpace) {
  ASSERT_OK_AND_ASSIGN(
      const std::vector<std::string> items,
      ParseListLiteral(" [ 'loc  cardiac ' ,'  \\n\\tx\\r',''] "));
  EXPECT_THAT(items, ElementsAre("loc cardiac", "x", ""));
}

TEST(ListLiteralTest, TakesEscapesOff) {
  ASSERT_OK_AND_ASSIGN(
      const std::vector<std::string> items,
      ParseListLiteral(R"(['it\'s', "\"a\"", 'b\\n', 'c\nd'])"));
  EXPECT_THAT(items, ElementsAre("it's", "\"a\"", "b\\n", "c d"));
}

TEST(ListLiteralTest, ReadsEmptyLists) {
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> items,
                       ParseListLiteral("[ ]"));
  EXPECT_THAT(items, IsEmpty());
  ASSERT_OK_AND_ASSIGN(const auto lists, ParseNestedListLiteral("[]"));
  EXPECT_THAT(lists, IsEmpty());
}

TEST(ListLiteralTest, ReadsListsOfLists) {
  ASSERT_OK_AND_ASSIGN(
      const auto lists,
      ParseNestedListLiteral("[['a', 'loc right'], [], ['b']]"));
  EXPECT_THAT(lists, ElementsAre(ElementsAre("a", "loc right"), IsEmpty(),
                                 ElementsAre("b")));
}

TEST(ListLiteralTest, SaysWhereItIsNoList) {
  struct Case {
    const char* text;
    const char* message;
  };
  for (const Case& one : {
           Case{"", "character 1: found the end, expected '['"},
           Case{"nan", "character 1: found 'n', expected '['"},
           Case{"['a'", "character 5: found the end, expected ',' or ']'"},
           Case{"['a' 'b']", "character 6: found '\\'', expected ',' or ']'"},
           Case{"['a',]", "character 6: found ']', expected a quote"},
           Case{"[a]", "character 2: found 'a', expected a quote"},
           Case{"['a", "character 4: found the end, expected a closing quote"},
           Case{"['a\\",
                "character 5: found the end, expected one of \\'\"ntr "
                "after a backslash"},
           Case{"['\\x41']",
                "character 4: found 'x', expected one of "
                "\\'\"ntr after a backslash"},
           Case{"['a'] x", "character 7: found 'x', expected the end"},
       }) {
    EXPECT_THAT(ParseListLiteral(one.text),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         absl::StrCat("list, ", one.message)));
  }
  EXPECT_THAT(ParseNestedListLiteral("['a']"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "list, character 2: found '\\'', expected '['"));
  EXPECT_THAT(ParseListLiteral("[['a']]"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "list, character 2: found '[', expected a quote"));
}

// Lists as Python prints them, in testdata/make_list_cases.py.
TEST(ListLiteralTest, EqualsPython) {
  using Lists = std::vector<std::vector<std::string>>;
  ASSERT_OK_AND_ASSIGN(
      const std::string text,
      ReadFile(TestData("cxr/data/table/testdata/list_cases.json")));
  const auto cases = nlohmann::json::parse(text, nullptr, false);
  ASSERT_GT(cases.size(), 50u);
  for (const auto& one : cases) {
    const std::string printed = one["text"].get<std::string>();
    ASSERT_OK_AND_ASSIGN(const Lists lists, ParseNestedListLiteral(printed));
    EXPECT_EQ(lists, one["lists"].get<Lists>()) << printed;
  }
}

}  // namespace
}  // namespace cxr
