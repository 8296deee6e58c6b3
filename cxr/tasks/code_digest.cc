// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/code_digest.h"

#include "cxr/tasks/code_digest_table.h"

namespace cxr {

std::string StageCodeDigest(absl::string_view stage) {
  for (const SourceDigest& digest : SourceDigests()) {
    if (digest.stage == stage) {
      return std::string(digest.sha256);
    }
  }
  return "";
}

}  // namespace cxr
