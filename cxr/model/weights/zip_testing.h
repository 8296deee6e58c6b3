// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_ZIP_TESTING_H_
#define CXR_MODEL_WEIGHTS_ZIP_TESTING_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

// Zip archives made by hand, for what no program writes.

namespace cxr {

// Of names and contents, stored as they are, with checksums of zero.
std::string MakeZip(
    const std::vector<std::pair<std::string, std::string>>& entries);

// `count` little-endian bytes.
std::string LittleEndianText(uint64_t value, int count);

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_ZIP_TESTING_H_
