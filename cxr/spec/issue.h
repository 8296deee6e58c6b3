// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_ISSUE_H_
#define CXR_SPEC_ISSUE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace cxr {

// One thing that is wrong with a spec file. Problems of specs are data: a
// reader gets all of them, not the first.
struct SpecIssue {
  std::string file = {};   // As it was named to the program.
  int line = 1;            // 1-based.
  int column = 1;          // 1-based.
  std::string field = {};  // Field path, e.g. "train.targets"; may be empty.
  std::string message = {};
};

// "file:line:column: error: field: message".
std::string ToString(const SpecIssue& issue);

// InvalidArgument with one issue a line; OK if there are none.
absl::Status ToStatus(const std::vector<SpecIssue>& issues);

}  // namespace cxr

#endif  // CXR_SPEC_ISSUE_H_
