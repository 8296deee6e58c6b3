// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/issues.h"

#include <algorithm>

namespace cxr {

const LineIndex& IssueList::lines() {
  if (!lines_.has_value()) {
    lines_.emplace(text_);
  }
  return *lines_;
}

void IssueList::Add(TextSpan span, std::string message) {
  ++errors_;
  if (issues_.size() > kMaxTextIssues) {
    return;
  }
  const size_t line = static_cast<size_t>(lines().LineOf(span.begin));
  if (wrong_lines_.size() <= line) {
    wrong_lines_.resize(line + 1);
  }
  if (wrong_lines_[line]) {
    return;
  }
  wrong_lines_[line] = true;
  issues_.push_back(
      {.place = lines().PlaceOf(span), .message = std::move(message)});
}

void IssueList::AddWarning(TextSpan span, std::string message) {
  issues_.push_back({.place = lines().PlaceOf(span),
                     .warning = true,
                     .message = std::move(message)});
}

std::vector<TextIssue> IssueList::Take() {
  SortIssues(issues_);
  return std::move(issues_);
}

void SortIssues(std::vector<TextIssue>& issues) {
  std::stable_sort(issues.begin(), issues.end(),
                   [](const TextIssue& a, const TextIssue& b) {
                     return std::pair(a.place.line, a.place.column) <
                            std::pair(b.place.line, b.place.column);
                   });
  if (issues.size() > kMaxTextIssues) {
    issues.resize(kMaxTextIssues);
    issues.back().message += "; more mistakes follow that are not shown";
  }
}

}  // namespace cxr
