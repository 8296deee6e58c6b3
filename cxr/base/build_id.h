// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_BUILD_ID_H_
#define CXR_BASE_BUILD_ID_H_

#include <string>

namespace cxr {

// The GNU build id of the running program as hexadecimal digits: names the
// exact binary. Empty if it was linked without.
std::string BuildId();

}  // namespace cxr

#endif  // CXR_BASE_BUILD_ID_H_
