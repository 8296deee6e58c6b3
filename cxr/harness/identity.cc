// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/identity.h"

#include "absl/strings/str_cat.h"
#include "cxr/base/digest.h"

namespace cxr {

std::string StageId(const StageIdentity& identity) {
  // One fact a line.
  std::string text = absl::StrCat("stage ", identity.stage, "\nversion ",
                                  identity.version, "\n", identity.fields);
  for (const spec::StageInput& input : identity.inputs) {
    absl::StrAppend(&text, "input ", input.stage(), " = ", input.id(), "\n");
  }
  return Sha256Hex(text);
}

}  // namespace cxr
