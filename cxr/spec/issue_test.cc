// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/issue.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

TEST(IssueTest, ReadsLikeACompilersMessage) {
  EXPECT_EQ(ToString({.file = "a.textproto",
                      .line = 3,
                      .column = 7,
                      .field = "train.targets",
                      .message = "is empty"}),
            "a.textproto:3:7: error: train.targets: is empty");
  EXPECT_EQ(ToString({.file = "a.textproto", .message = "unreadable"}),
            "a.textproto:1:1: error: unreadable");
  EXPECT_EQ(
      ToString({.file = "a.textproto", .warning = true, .message = "tab"}),
      "a.textproto:1:1: warning: tab");
}

TEST(IssueTest, TheExcerptFollowsTheMessage) {
  EXPECT_EQ(ToString({.file = "a",
                      .line = 2,
                      .column = 8,
                      .message = "m",
                      .excerpt = Excerpt("x\ndepth: -2\n", {2, 8, 2})}),
            "a:2:8: error: m\n"
            "    2 | depth: -2\n"
            "      |        ^~");
}

TEST(IssueTest, ExcerptsHoldTheLineAndACaret) {
  EXPECT_EQ(Excerpt("a\n  b: 1\n", {2, 3, 4}),
            "    2 |   b: 1\n"
            "      |   ^~~~");
  EXPECT_EQ(Excerpt("a: 1", {1, 1, 1}),
            "    1 | a: 1\n"
            "      | ^");
}

TEST(IssueTest, ExcerptsCountCharactersNotBytes) {
  EXPECT_EQ(Excerpt("a: '\xC3\xA9' b\r\n", {1, 8, 1}),
            "    1 | a: '\xC3\xA9' b\n"
            "      |        ^");
  EXPECT_EQ(Excerpt("\ta: 1\n", {1, 2, 1}),
            "    1 |  a: 1\n"
            "      |  ^");
}

TEST(IssueTest, ExcerptsOfLongLinesAreCutAroundTheirPlace) {
  const std::string text =
      absl::StrCat(std::string(200, 'x'), "HERE", std::string(200, 'y'));
  EXPECT_EQ(Excerpt(text, {1, 201, 4}),
            absl::StrCat("    1 | ...", std::string(50, 'x'), "HERE",
                         std::string(46, 'y'), "...\n      | ",
                         std::string(53, ' '), "^~~~"));
}

TEST(IssueTest, CaretsStayInTheirLine) {
  EXPECT_EQ(Excerpt("abc\n", {1, 2, 99}),
            "    1 | abc\n"
            "      |  ^~");
}

TEST(IssueTest, WhereNothingStandsThereIsNoExcerpt) {
  EXPECT_EQ(Excerpt("", {1, 1, 1}), "");
  EXPECT_EQ(Excerpt("a\n", {7, 1, 1}), "");
  EXPECT_EQ(Excerpt("a\n", {1, 1, 0}), "");
}

TEST(IssueTest, AStatusHoldsAllErrors) {
  EXPECT_EQ(ToStatus({{.file = "a", .message = "x"},
                      {.file = "b", .warning = true, .message = "y"},
                      {.file = "c", .message = "z"}}),
            absl::InvalidArgumentError("a:1:1: error: x\nc:1:1: error: z"));
}

TEST(IssueTest, WarningsAloneStopNothing) {
  EXPECT_EQ(ToStatus({}), absl::OkStatus());
  EXPECT_EQ(ToStatus({{.file = "a", .warning = true, .message = "x"}}),
            absl::OkStatus());
}

}  // namespace
}  // namespace cxr
