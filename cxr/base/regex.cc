// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/regex.h"

#include <re2/re2.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace cxr {

absl::StatusOr<bool> FullMatch(absl::string_view text,
                               absl::string_view pattern) {
  const RE2 compiled(std::string(pattern), RE2::Quiet);
  if (!compiled.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", pattern, "' is not a pattern: ", compiled.error()));
  }
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), compiled);
}

}  // namespace cxr
