// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/with_commas.h"

#include <cstddef>
#include <iterator>

#include "absl/strings/str_cat.h"

namespace cxr {

std::string WithCommas(int64_t number) {
  std::string text = absl::StrCat(number);
  for (int64_t at = std::ssize(text) - 3; at > 0; at -= 3) {
    text.insert(static_cast<size_t>(at), 1, ',');
  }
  return text;
}

}  // namespace cxr
