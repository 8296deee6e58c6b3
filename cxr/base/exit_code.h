// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_EXIT_CODE_H_
#define CXR_BASE_EXIT_CODE_H_

#include "absl/status/status.h"

namespace cxr {

// How a process of the program ends; the same for every verb, and for the
// workers that run stages.
enum class ExitCode {
  kDone = 0,         // Missing and not comparable cells included.
  kCheckFailed = 1,  // A verdict, claim or sanity check failed.
  kUndecided = 2,    // Bad or missing input.
  kUsage = 64,       // Wrong command line or spec.
  kDiverged = 65,    // A run diverged or met NaN.
  kInternal = 70,    // A bug.
  kStore = 74,       // The store or another output cannot be written.
  kRetryable = 75,   // Stopped, preempted, a lost device or peer: again helps.
  kSkipped = 77,     // Licence or device missing.
};

// The code for what went wrong, other than an output that cannot be written:
// InvalidArgument is a usage or spec error, OutOfRange a run whose numbers are
// not finite, files and data that are not as they should be leave the question
// undecided, what was interrupted or is taken (Cancelled, Aborted, Unavailable)
// can be tried again, the rest are bugs.
ExitCode ExitCodeOf(const absl::Status& status);

}  // namespace cxr

#endif  // CXR_BASE_EXIT_CODE_H_
