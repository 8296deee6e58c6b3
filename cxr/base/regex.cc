// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/regex.h"

#include <re2/re2.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"

namespace cxr {

absl::StatusOr<bool> FullMatch(absl::string_view text,
                               absl::string_view pattern) {
  CXR_ASSIGN_OR_RETURN(const std::vector<bool> matches,
                       FullMatches({std::string(text)}, pattern));
  return matches[0];
}

absl::StatusOr<std::vector<bool>> FullMatches(
    const std::vector<std::string>& texts, absl::string_view pattern) {
  const RE2 compiled(std::string(pattern), RE2::Quiet);
  if (!compiled.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", pattern, "' is not a pattern: ", compiled.error()));
  }
  std::vector<bool> matches;
  for (const std::string& text : texts) {
    matches.push_back(RE2::FullMatch(text, compiled));
  }
  return matches;
}

}  // namespace cxr
