// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_TABLE_TEXT_AT_H_
#define CXR_DATA_TABLE_TEXT_AT_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// Parts of a large text file by their place, without reading all of it; of a
// gzip file too.

namespace cxr {

class TextAt {
 public:
  // Reads through a gzip file once, noting places from which it can go on (one
  // every 4 MB of text, 32 kB each). NotFound and the like from the disk;
  // DataLoss for damaged gzip.
  static absl::StatusOr<TextAt> Open(absl::string_view path);

  TextAt(TextAt&&);
  TextAt& operator=(TextAt&&);
  ~TextAt();

  // `length` bytes from `offset` on, of the text behind gzip. DataLoss if the
  // text ends before. Safe to call from many threads.
  absl::StatusOr<std::string> Read(int64_t offset, int64_t length) const;

 private:
  class Impl;
  explicit TextAt(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace cxr

#endif  // CXR_DATA_TABLE_TEXT_AT_H_
