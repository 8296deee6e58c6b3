// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_IDENTITY_H_
#define CXR_HARNESS_IDENTITY_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/spec/run_record.pb.h"

// What makes two runs of a stage the same run.

namespace cxr {

// All that a stage's id is made of.
struct StageIdentity {
  absl::string_view stage = {};
  // Of its code; raised by whoever changes its numbers on purpose.
  int version = 0;
  // The identity fields, as IdentityTexts writes them.
  absl::string_view fields = {};
  absl::Span<const spec::StageInput> inputs = {};
};

// SHA-256 of the identity, 64 hexadecimal digits.
std::string StageId(const StageIdentity& identity);

}  // namespace cxr

#endif  // CXR_HARNESS_IDENTITY_H_
