// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_BYTE_READER_H_
#define CXR_MODEL_WEIGHTS_BYTE_READER_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// A place in bytes that moves on as they are read. Whatever would lie past the
// end is DataLoss, with the place and the bytes that are missing.

namespace cxr {

class ByteReader {
 public:
  explicit ByteReader(absl::string_view bytes, size_t offset = 0);

  size_t offset() const { return offset_; }
  size_t left() const { return bytes_.size() - offset_; }

  absl::StatusOr<absl::string_view> Take(uint64_t count);

  // Little-endian, of 1 to 8 bytes.
  absl::StatusOr<uint64_t> TakeInteger(int count);

  // Up to the next "\n", which is left out and passed over.
  absl::StatusOr<absl::string_view> TakeLine();

 private:
  absl::string_view bytes_;
  size_t offset_;
};

// The little-endian number in 1 to 8 bytes.
uint64_t LittleEndian(absl::string_view bytes);

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_BYTE_READER_H_
