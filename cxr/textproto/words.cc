// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/words.h"

#include "absl/strings/str_cat.h"
#include "cxr/textproto/doctor.h"

namespace cxr {

absl::Status Wrong(const ScalarWords& words, absl::string_view expected) {
  std::string found = Shown(words.All());
  if (words.kind() == SyntaxToken::Kind::kString) {
    found = found.substr(1, found.size() - 2);  // It has quotes of its own.
  }
  return absl::InvalidArgumentError(
      absl::StrCat("found ", found, ", expected ", expected));
}

}  // namespace cxr
