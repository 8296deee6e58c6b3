// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_FOOTNOTES_H_
#define REPORTS_FOOTNOTES_H_

#include <string>
#include <vector>

namespace cxr::reports {

// Remarks under a table, each with a letter, in the order of first use.
class Footnotes {
 public:
  // "(a)" for a text that is new or known.
  std::string Mark(const std::string& text);

  // One line a remark, each ended as a Markdown line break.
  std::string ToText() const;

 private:
  std::vector<std::string> texts_;
};

}  // namespace cxr::reports

#endif  // REPORTS_FOOTNOTES_H_
