// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/exit_code.h"

#include <cerrno>
#include <cstdio>
#include <string>

#include "absl/strings/str_format.h"
#include "cxr/base/file.h"

namespace cxr {

ExitCode Fail(ExitCode code, const absl::Status& status) {
  absl::FPrintF(stderr, "cxr: error: %s\n", std::string(status.message()));
  return code;
}

absl::Status FlushOutput() {
  const bool flushed = std::fflush(stdout) == 0;
  return flushed && std::ferror(stdout) == 0
             ? absl::OkStatus()
             : ErrnoStatus(errno, "cannot write", "standard output");
}

ExitCode Fail(const absl::Status& status) {
  return Fail(ExitCodeOf(status), status);
}

ExitCode CodeOf(const absl::Status& status) {
  return status.ok() ? ExitCode::kDone : Fail(status);
}

}  // namespace cxr
