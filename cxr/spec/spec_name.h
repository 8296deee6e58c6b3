// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_SPEC_NAME_H_
#define CXR_SPEC_SPEC_NAME_H_

#include "absl/strings/string_view.h"

namespace cxr {

// What a name of a file, an axis or a point is made of, for messages: names
// become parts of targets, cells and files.
inline constexpr absl::string_view kNameCharacters =
    "letters, digits, '_', '-' and '.'";

// Whether `name` is made of these, of at least one.
bool IsSpecName(absl::string_view name);

}  // namespace cxr

#endif  // CXR_SPEC_SPEC_NAME_H_
