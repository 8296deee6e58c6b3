// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_WITH_COMMAS_H_
#define CXR_BASE_WITH_COMMAS_H_

#include <cstdint>
#include <string>

namespace cxr {

// "1,000": a whole number of at least 0 in groups of three digits.
std::string WithCommas(int64_t number);

}  // namespace cxr

#endif  // CXR_BASE_WITH_COMMAS_H_
