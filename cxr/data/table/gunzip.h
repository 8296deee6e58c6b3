// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_TABLE_GUNZIP_H_
#define CXR_DATA_TABLE_GUNZIP_H_

#include <cstddef>
#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "cxr/data/table/byte_file.h"

// Unpacks a gzip file of one member at once, faster than GzipReader can.

namespace cxr {

struct Gunzipped {
  std::unique_ptr<char[]> bytes;  // room for one more
  size_t size = 0;
};

// The text behind `file`. Nothing if file and text together need more than
// `most_bytes` of memory, or if it is not plainly one undamaged member whose
// end states its true size: GzipReader then tells what there is. What the file
// states is never believed beyond `most_bytes`.
absl::StatusOr<std::optional<Gunzipped>> GunzipAtOnce(const ByteFile& file,
                                                      size_t most_bytes);

}  // namespace cxr

#endif  // CXR_DATA_TABLE_GUNZIP_H_
