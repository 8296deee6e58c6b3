// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_DATA_KEY_H_
#define TOOLS_DATA_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace cxr {

// The secret by which digests of sources under terms are keyed: the bytes of
// `file` if one is named; else those of fingerprint.key in `folder`, made of 32
// random bytes, for this user alone to read, when it is first needed.
// InvalidArgument if the key has less than 16 bytes, or neither is given.
absl::StatusOr<std::string> FingerprintKey(const std::string& file,
                                           absl::string_view folder);

// 12 digits by which people see whether they have the same key.
std::string KeyId(absl::string_view key);

// Where a person's own key lies: $XDG_CONFIG_HOME/cxr, else ~/.config/cxr;
// empty if neither is set.
std::string KeyFolder();

}  // namespace cxr

#endif  // TOOLS_DATA_KEY_H_
