// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_DIGEST_H_
#define CXR_BASE_DIGEST_H_

#include <string>

#include "absl/strings/string_view.h"

namespace cxr {

// SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
std::string Sha256Hex(absl::string_view bytes);

}  // namespace cxr

#endif  // CXR_BASE_DIGEST_H_
