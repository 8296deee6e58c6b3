// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXTPROTO_ISSUES_H_
#define CXR_TEXTPROTO_ISSUES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/textproto/place.h"

// The issues of one text while they are found.

namespace cxr {

// Of the syntax errors on one line only the first is kept: what follows it is
// mostly its echo. More than kMaxTextIssues are cut, and the last says so.
inline constexpr size_t kMaxTextIssues = 1000;

class IssueList {
 public:
  // The text must outlive the list.
  explicit IssueList(absl::string_view text) : text_(text) {}

  // A syntax error; `message` begins with what was found.
  void Add(TextSpan span, std::string message);
  void AddWarning(TextSpan span, std::string message);

  bool has_errors() const { return errors_ > 0; }
  // Whether so much is wrong, kept or not, that reading on tells nobody more.
  bool full() const { return errors_ > 2 * kMaxTextIssues; }
  // Made when first asked for: most texts have nothing wrong.
  const LineIndex& lines();
  // All of them, sorted by place; the list is empty then.
  std::vector<TextIssue> Take();

 private:
  absl::string_view text_;
  std::optional<LineIndex> lines_;
  std::vector<bool> wrong_lines_;
  std::vector<TextIssue> issues_;
  size_t errors_ = 0;
};

// By place, what was found first first; cut after kMaxTextIssues.
void SortIssues(std::vector<TextIssue>& issues);

}  // namespace cxr

#endif  // CXR_TEXTPROTO_ISSUES_H_
