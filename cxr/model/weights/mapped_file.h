// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_MAPPED_FILE_H_
#define CXR_MODEL_WEIGHTS_MAPPED_FILE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// A file's bytes, which are read from the disk when they are looked at.

namespace cxr {

struct MappedFile {
  absl::string_view bytes = {};
  // Keeps the bytes where they are.
  std::shared_ptr<const void> memory = nullptr;
};

// Errors as cxr/base/file.h. A file that somebody cuts off in place while it is
// mapped ends the program; one that is replaced by renaming does no harm.
absl::StatusOr<MappedFile> MapFile(absl::string_view path);

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_MAPPED_FILE_H_
