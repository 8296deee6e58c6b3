// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_ZIP_DIRECTORY_H_
#define CXR_MODEL_WEIGHTS_ZIP_DIRECTORY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// What lies in a zip archive, of any size (zip64), without copying it. Only
// entries that are stored as they are have contents: torch.save compresses
// nothing. Checksums are not compared: torch.save may be told to leave them
// out, and they would have every byte of large files read.

namespace cxr {

struct ZipEntry {
  std::string name = {};
  bool stored = true;            // neither compressed nor encrypted
  absl::string_view bytes = {};  // as they lie in the archive
};

class ZipDirectory {
 public:
  // DataLoss if the archive is cut off or contradicts itself.
  static absl::StatusOr<ZipDirectory> Parse(absl::string_view archive);

  // By name; names differ.
  const std::vector<ZipEntry>& entries() const { return entries_; }

  // Of this name; nullptr if there is none.
  const ZipEntry* Find(absl::string_view name) const;

 private:
  explicit ZipDirectory(std::vector<ZipEntry> entries);

  std::vector<ZipEntry> entries_;
};

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_ZIP_DIRECTORY_H_
