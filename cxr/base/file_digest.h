// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_FILE_DIGEST_H_
#define CXR_BASE_FILE_DIGEST_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace cxr {

// SHA-256 of the bytes of a file of any size, read piece by piece; 64
// lower-case hexadecimal digits. Errors as those of ReadFile.
absl::StatusOr<std::string> Sha256OfFile(absl::string_view path);

// HMAC-SHA-256 of `bytes` under `key`, in the same digits: who lacks the key
// can neither make nor check it.
std::string HmacSha256Hex(absl::string_view key, absl::string_view bytes);

}  // namespace cxr

#endif  // CXR_BASE_FILE_DIGEST_H_
