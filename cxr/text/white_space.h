// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXT_WHITE_SPACE_H_
#define CXR_TEXT_WHITE_SPACE_H_

#include <cstddef>

#include "absl/strings/string_view.h"

// White space as Python's str knows it, in UTF-8: more than \s of RE2 and
// absl's.

namespace cxr {

// Bytes of the white space character with which `text` begins; 0 if it begins
// with another.
size_t LeadingSpace(absl::string_view text);

// str.strip().
absl::string_view StripSpace(absl::string_view text);

}  // namespace cxr

#endif  // CXR_TEXT_WHITE_SPACE_H_
