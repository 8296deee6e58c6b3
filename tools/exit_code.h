// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_EXIT_CODE_H_
#define TOOLS_EXIT_CODE_H_

#include "absl/status/status.h"

namespace cxr {

// How the program ends; the same for every verb.
enum class ExitCode {
  kDone = 0,         // Missing and not comparable cells included.
  kCheckFailed = 1,  // A verdict, claim or sanity check failed.
  kUndecided = 2,    // Bad or missing input.
  kUsage = 64,       // Wrong command line or spec.
  kDiverged = 65,    // A run diverged or met NaN.
  kInternal = 70,    // A bug.
  kStore = 74,       // The store or another output cannot be written.
};

// The code for what went wrong, other than an output that cannot be written:
// InvalidArgument is a usage or spec error, OutOfRange a run whose numbers are
// not finite, files and data that are not as they should be leave the question
// undecided, the rest are bugs.
ExitCode ExitCodeOf(const absl::Status& status);

// Brings what was printed to stdout where it goes; the error of the system if
// that is not possible.
absl::Status FlushOutput();

// Prints "cxr: error: " and the text of `status` to stderr; returns `code`, or
// that of the status.
ExitCode Fail(ExitCode code, const absl::Status& status);
ExitCode Fail(const absl::Status& status);

}  // namespace cxr

#endif  // TOOLS_EXIT_CODE_H_
