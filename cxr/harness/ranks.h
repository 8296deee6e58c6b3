// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_RANKS_H_
#define CXR_HARNESS_RANKS_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "cxr/harness/local_executor.h"

namespace cxr {

// The other processes of a stage that several execute together: they are
// forked from this one, rank 0, and never outlive it, however it ends.
class Ranks {
 public:
  // Starts ranks 1 to processes - 1, each of which does `body`. This process
  // must have one thread. Unavailable if the system has no room for them.
  absl::Status Start(int processes,
                     absl::FunctionRef<absl::Status(int rank)> body);

  // Why the stage ended, if this process ended with `mine`. Who misses a rank
  // (Unavailable) is told what became of it: its own error, or its signal.
  absl::Status CauseOf(const absl::Status& mine);

 private:
  LocalExecutor executor_;
};

}  // namespace cxr

#endif  // CXR_HARNESS_RANKS_H_
