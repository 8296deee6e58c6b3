// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_ISSUE_H_
#define CXR_SPEC_ISSUE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "cxr/textproto/place.h"

namespace cxr {

// One thing that is wrong with a spec file. Problems of specs are data: a
// reader gets all of them, not the first.
struct SpecIssue {
  std::string file = {};   // As it was named to the program.
  int line = 1;            // 1-based.
  int column = 1;          // 1-based, in characters.
  bool warning = false;    // Nothing stops because of it.
  std::string field = {};  // Field path, e.g. "train.targets[1]"; may be empty.
  std::string message = {};
  // The line of the file with a caret under the place; empty if there is no
  // such line. See Excerpt.
  std::string excerpt = {};
};

// The line of `text` that holds `place`, and under it a caret:
//
//     3 |   depth: -2
//       |          ^~
//
// Empty if `text` has no such line or `place` is nothing.
std::string Excerpt(absl::string_view text, const TextPlace& place);

// "file:line:column: error: field: message", then the excerpt's lines.
std::string ToString(const SpecIssue& issue);

// InvalidArgument with all errors, one after the other; OK if there are none.
absl::Status ToStatus(const std::vector<SpecIssue>& issues);

}  // namespace cxr

#endif  // CXR_SPEC_ISSUE_H_
