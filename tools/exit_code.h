// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_EXIT_CODE_H_
#define TOOLS_EXIT_CODE_H_

#include "absl/status/status.h"
#include "cxr/base/exit_code.h"

namespace cxr {

// Brings what was printed to stdout where it goes; the error of the system if
// that is not possible.
absl::Status FlushOutput();

// Prints "cxr: error: " and the text of `status` to stderr; returns `code`, or
// that of the status.
ExitCode Fail(ExitCode code, const absl::Status& status);
ExitCode Fail(const absl::Status& status);

// kDone if it is OK, else Fail.
ExitCode CodeOf(const absl::Status& status);

}  // namespace cxr

#endif  // TOOLS_EXIT_CODE_H_
