// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_TABLE_TABLE_TEXT_H_
#define CXR_DATA_TABLE_TABLE_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/table/byte_file.h"
#include "cxr/data/table/gzip_reader.h"

// A window that moves over a table's text, which may be longer than memory.
//
//   CXR_ASSIGN_OR_RETURN(TableText text, TableText::Open("train.csv.gz"));
//   while (!text.complete()) {
//     CXR_RETURN_IF_ERROR(text.Advance(used));
//     used = Use(text.data(), text.size());
//   }

namespace cxr {

class TableText {
 public:
  // A small gzip file is unpacked at once, which is fastest; everything else is
  // read a part at a time.
  static absl::StatusOr<TableText> Open(absl::string_view path);
  static TableText FromText(absl::string_view text);

  // The text that is in memory, to be changed at will, and a line feed behind
  // it that does not count.
  char* data() const { return bytes_.get(); }
  size_t size() const { return size_; }
  // Place of data()[0] in the text.
  int64_t offset() const { return offset_; }
  // Whether the text ends with that.
  bool complete() const { return complete_; }

  // Drops the first `used` bytes and reads more behind the rest, at least one
  // byte unless the text ends. The bytes move. Only while !complete().
  absl::Status Advance(size_t used);

 private:
  TableText() = default;

  std::unique_ptr<char[]> bytes_;
  size_t capacity_ = 0;  // while not complete
  size_t size_ = 0;
  int64_t offset_ = 0;
  bool complete_ = false;
  std::unique_ptr<ByteFile> file_;
  std::optional<GzipReader> gzip_;
};

}  // namespace cxr

#endif  // CXR_DATA_TABLE_TABLE_TEXT_H_
