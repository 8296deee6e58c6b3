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

ExitCode Fail(const absl::Status& status) {
  return Fail(ExitCodeOf(status), status);
}

ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
      return ExitCode::kUsage;
    case absl::StatusCode::kOutOfRange:
      return ExitCode::kDiverged;
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kUnimplemented:
      return ExitCode::kUndecided;
    default:
      return ExitCode::kInternal;
  }
}

}  // namespace cxr
