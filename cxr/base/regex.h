// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_REGEX_H_
#define CXR_BASE_REGEX_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace cxr {

// Whether RE2 `pattern` matches all of `text`; InvalidArgument with RE2's words
// if `pattern` is not a pattern. The one place where Debian's absl and its RE2,
// which has string types of its own, meet.
absl::StatusOr<bool> FullMatch(absl::string_view text,
                               absl::string_view pattern);

// The same for many texts, one after the other.
absl::StatusOr<std::vector<bool>> FullMatches(
    const std::vector<std::string>& texts, absl::string_view pattern);

}  // namespace cxr

#endif  // CXR_BASE_REGEX_H_
