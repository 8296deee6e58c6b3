// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/exit_code.h"

#include <cstdio>
#include <string>

#include "absl/strings/str_format.h"

namespace cxr {

ExitCode Fail(ExitCode code, const absl::Status& status) {
  absl::FPrintF(stderr, "cxr: error: %s\n", std::string(status.message()));
  return code;
}

ExitCode CodeOfInput(const absl::Status& status) {
  return absl::IsInternal(status) ? ExitCode::kInternal : ExitCode::kUndecided;
}

}  // namespace cxr
