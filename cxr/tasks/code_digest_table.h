// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CODE_DIGEST_TABLE_H_
#define CXR_TASKS_CODE_DIGEST_TABLE_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

// What source_digests (tools/build_defs/source_digest.bzl) writes.

namespace cxr {

struct SourceDigest {
  absl::string_view stage;
  absl::string_view sha256;
};

absl::Span<const SourceDigest> SourceDigests();

}  // namespace cxr

#endif  // CXR_TASKS_CODE_DIGEST_TABLE_H_
