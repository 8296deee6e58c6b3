// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_DATA_KEY_H_
#define TOOLS_DATA_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace cxr {

// The secret by which digests of sources under terms are keyed: the bytes of
// `file` if one is named; else those of a file of this user's in `cache`, made
// of 32 random bytes, for this user alone to read, when it is first needed.
// InvalidArgument if the key has less than 16 bytes, or neither is given.
absl::StatusOr<std::string> FingerprintKey(const std::string& file,
                                           absl::string_view cache);

}  // namespace cxr

#endif  // TOOLS_DATA_KEY_H_
