// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "metrics/require.h"

namespace cxr::metrics {

void ParallelFor(int threads, int64_t count,
                 absl::FunctionRef<void(int worker, int64_t index)> body) {
  Require(threads >= 1, "at least one thread");
  std::atomic<int64_t> next = 0;
  const auto work = [&](int worker) {
    for (int64_t i = next++; i < count; i = next++) body(worker, i);
  };
  std::vector<std::thread> helpers;
  const auto used = static_cast<int>(std::min<int64_t>(threads, count));
  for (int worker = 1; worker < used; ++worker) {
    helpers.emplace_back(work, worker);
  }
  work(0);
  for (std::thread& helper : helpers) helper.join();
}

}  // namespace cxr::metrics
