// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_TABLE_BYTE_FILE_H_
#define CXR_DATA_TABLE_BYTE_FILE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// The bytes of a file by their place, read when asked for.

namespace cxr {

class ByteFile {
 public:
  // Errors as of ReadFile in cxr/base/file.h; InvalidArgument for a folder.
  static absl::StatusOr<ByteFile> Open(absl::string_view path);

  ByteFile(ByteFile&& other);
  ByteFile& operator=(ByteFile&& other);
  ~ByteFile();

  const std::string& path() const { return path_; }
  int64_t size() const { return size_; }  // when it was opened

  // Puts `size` bytes from `offset` on to `to`, fewer only where the file ends;
  // how many. Safe to call from many threads.
  absl::StatusOr<size_t> ReadAt(int64_t offset, char* to, size_t size) const;

  // Whether the file begins as gzip does (RFC 1952).
  absl::StatusOr<bool> IsGzip() const;

 private:
  ByteFile(std::string path, int descriptor, int64_t size);

  std::string path_;
  int descriptor_;
  int64_t size_;
};

}  // namespace cxr

#endif  // CXR_DATA_TABLE_BYTE_FILE_H_
