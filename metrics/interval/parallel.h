// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_PARALLEL_H_
#define METRICS_INTERVAL_PARALLEL_H_

#include <cstdint>

#include "absl/functional/function_ref.h"

namespace cxr::metrics {

// Calls body(worker, index) once for each index in 0..count-1, from up to
// `threads` threads, of which the caller is one. `worker` is in 0..threads-1
// and belongs to one thread at a time: an index of memory to work in. With one
// thread the indices come in order. Needs threads >= 1 (else the program ends).
void ParallelFor(int threads, int64_t count,
                 absl::FunctionRef<void(int worker, int64_t index)> body);

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_PARALLEL_H_
