// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_TABLE_GZIP_READER_H_
#define CXR_DATA_TABLE_GZIP_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "cxr/data/table/byte_file.h"

// The text behind a gzip file (RFC 1952), a part at a time, from the file's
// start or from a place noted earlier. Several members, one after another, are
// one text; zero bytes after the last are passed over.
//
//   CXR_ASSIGN_OR_RETURN(const ByteFile file, ByteFile::Open("a.csv.gz"));
//   GzipReader reader(&file);
//   CXR_ASSIGN_OR_RETURN(const size_t got, reader.Read(buffer, size));

namespace cxr {

// Where a block of the compressed text begins: what is needed to go on there.
struct GzipPlace {
  int64_t text_offset = 0;
  int64_t file_offset = 0;  // of the first byte that is all the block's
  int bits = 0;             // of the block in the byte before that
  std::string window;       // up to 32 kB of text before it
};

class GzipReader {
 public:
  // `file` outlives the reader.
  explicit GzipReader(const ByteFile* file);
  GzipReader(const ByteFile* file, const GzipPlace& place);

  GzipReader(GzipReader&&);
  GzipReader& operator=(GzipReader&&);
  ~GzipReader();

  // Puts the next `size` bytes of the text to `to`, fewer only where the text
  // ends; how many. DataLoss, naming the file and about where in it, if it is
  // damaged or cut off: once the text before that has been read.
  absl::StatusOr<size_t> Read(char* to, size_t size);

  // The same, but stops early where a block begins too; at_block() is true
  // then.
  absl::StatusOr<size_t> ReadToBlock(char* to, size_t size);
  bool at_block() const;
  bool at_end() const;

  // Where the text goes on; only while at_block().
  GzipPlace Here() const;

 private:
  class Impl;

  std::unique_ptr<Impl> impl_;
};

}  // namespace cxr

#endif  // CXR_DATA_TABLE_GZIP_READER_H_
