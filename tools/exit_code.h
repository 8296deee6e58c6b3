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
  kInternal = 70,    // A bug.
  kStore = 74,       // The store or another output cannot be written.
};

// Prints "cxr: error: " and the text of `status` to stderr; returns `code`.
ExitCode Fail(ExitCode code, const absl::Status& status);

// The code for input that could not be read: kUndecided, or kInternal for an
// internal error.
ExitCode CodeOfInput(const absl::Status& status);

}  // namespace cxr

#endif  // TOOLS_EXIT_CODE_H_
