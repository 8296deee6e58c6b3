// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_PARALLEL_H_
#define CXR_BASE_PARALLEL_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"

namespace cxr {

// Calls `body(i)` once for each i in [0, count) on at most `threads` threads
// (the caller's is one of them; threads >= 1). After an error no new index is
// begun; the error of the smallest failed index is returned, so that a run
// with many threads reports what a run with one would. Results must depend on
// `i` alone, never on the thread: the number of threads is then no part of a
// result.
absl::Status ParallelFor(int64_t count, int threads,
                         absl::FunctionRef<absl::Status(int64_t)> body);

// Threads this process may run at once, at least 1.
int AvailableThreads();

}  // namespace cxr

#endif  // CXR_BASE_PARALLEL_H_
