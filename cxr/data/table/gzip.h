// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_TABLE_GZIP_H_
#define CXR_DATA_TABLE_GZIP_H_

#include <string>

#include "absl/strings/string_view.h"

namespace cxr {

// `text` as one gzip member, without name and time: the same bytes whenever and
// wherever the same libdeflate packs it. Levels 0 to 12; 6 is gzip's own.
std::string Gzip(absl::string_view text, int level = 6);

}  // namespace cxr

#endif  // CXR_DATA_TABLE_GZIP_H_
