// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/issue.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace cxr {

std::string ToString(const SpecIssue& issue) {
  return absl::StrCat(issue.file, ":", issue.line, ":", issue.column,
                      ": error: ", issue.field, issue.field.empty() ? "" : ": ",
                      issue.message);
}

absl::Status ToStatus(const std::vector<SpecIssue>& issues) {
  if (issues.empty()) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrJoin(issues, "\n", [](std::string* out, const SpecIssue& issue) {
        out->append(ToString(issue));
      }));
}

}  // namespace cxr
