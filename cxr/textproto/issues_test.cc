// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/issues.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> MessagesOf(const std::vector<TextIssue>& issues) {
  std::vector<std::string> messages;
  for (const TextIssue& issue : issues) {
    messages.push_back(issue.message);
  }
  return messages;
}

TEST(TextprotoIssuesTest, ALineKeepsItsFirstErrorAndAllWarnings) {
  IssueList list("ab\ncd");
  list.Add({1, 2}, "first");
  list.Add({0, 1}, "echo");
  list.AddWarning({0, 1}, "warning");
  list.AddWarning({3, 4}, "another");
  list.Add({4, 5}, "second");
  EXPECT_THAT(MessagesOf(list.Take()),
              ElementsAre("warning", "first", "another", "second"));
}

TEST(TextprotoIssuesTest, IssuesHaveTheirPlace) {
  IssueList list("ab\ncde");
  list.Add({4, 6}, "error");
  list.AddWarning({0, 1}, "warning");
  const std::vector<TextIssue> issues = list.Take();
  ASSERT_EQ(issues.size(), 2u);
  EXPECT_TRUE(issues[0].warning);
  EXPECT_EQ(issues[0].place, (TextPlace{1, 1, 1}));
  EXPECT_FALSE(issues[1].warning);
  EXPECT_EQ(issues[1].place, (TextPlace{2, 2, 2}));
}

TEST(TextprotoIssuesTest, WarningsAreNoErrors) {
  IssueList list("a");
  list.AddWarning({0, 1}, "warning");
  EXPECT_FALSE(list.has_errors());
  list.Add({0, 1}, "error");
  EXPECT_TRUE(list.has_errors());
}

TEST(TextprotoIssuesTest, TakingLeavesNone) {
  IssueList list("a");
  list.Add({0, 1}, "error");
  EXPECT_EQ(list.Take().size(), 1u);
  EXPECT_THAT(list.Take(), IsEmpty());
}

TEST(TextprotoIssuesTest, ErrorsThatAreNotKeptFillTheListToo) {
  IssueList list("a");
  for (size_t i = 0; i < 2 * kMaxTextIssues; ++i) {
    list.Add({0, 1}, "error");
  }
  EXPECT_FALSE(list.full());
  list.Add({0, 1}, "error");
  EXPECT_TRUE(list.full());
  EXPECT_EQ(list.Take().size(), 1u);
}

TEST(TextprotoIssuesTest, TheLastOfTooManySaysSo) {
  for (const size_t count : {kMaxTextIssues, kMaxTextIssues + 1}) {
    const std::string text(count, '\n');
    IssueList list(text);
    for (size_t i = 0; i < count; ++i) {
      list.Add({i, i}, "error");
    }
    const std::vector<TextIssue> issues = list.Take();
    ASSERT_EQ(issues.size(), kMaxTextIssues);
    EXPECT_EQ(issues[kMaxTextIssues - 2].message, "error");
    EXPECT_EQ(issues.back().message,
              count == kMaxTextIssues
                  ? "error"
                  : "error; more mistakes follow that are not shown");
  }
}

TEST(TextprotoIssuesTest, SortsByLineThenColumnThenTimeFound) {
  std::vector<TextIssue> issues = {
      {.place = {2, 1, 1}, .message = "d"},
      {.place = {1, 9, 1}, .message = "b"},
      {.place = {1, 9, 5}, .message = "c"},
      {.place = {1, 2, 7}, .message = "a"},
  };
  SortIssues(issues);
  EXPECT_THAT(MessagesOf(issues), ElementsAre("a", "b", "c", "d"));
}

TEST(TextprotoIssuesTest, ManyAtOnePlaceKeepTheirOrder) {
  std::vector<TextIssue> issues;
  for (int i = 0; i < 100; ++i) {
    issues.push_back({.message = std::to_string(i)});
  }
  const std::vector<std::string> before = MessagesOf(issues);
  SortIssues(issues);
  EXPECT_EQ(MessagesOf(issues), before);
}

TEST(TextprotoIssuesTest, KnowsTheLinesOfItsText) {
  IssueList list("a\nb");
  EXPECT_EQ(list.lines().LineOf(2), 2);
}

}  // namespace
}  // namespace cxr
