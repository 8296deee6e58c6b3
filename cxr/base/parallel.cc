// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <thread>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "cxr/base/check.h"

namespace cxr {

absl::Status ParallelFor(int64_t count, int threads,
                         absl::FunctionRef<absl::Status(int64_t)> body) {
  CXR_CHECK(threads >= 1) << "threads " << threads;
  std::atomic<int64_t> next = 0;
  std::atomic<bool> failed = false;
  absl::Mutex mutex;
  int64_t first_failure = std::numeric_limits<int64_t>::max();
  absl::Status status;
  const auto work = [&] {
    // Indices are handed out in order and a begun one always finishes, so the
    // smallest failing index has been begun before any larger failure stops
    // the rest.
    while (!failed.load()) {
      const int64_t i = next.fetch_add(1);
      if (i >= count) {
        return;
      }
      const absl::Status result = body(i);
      if (!result.ok()) {
        failed.store(true);
        const absl::MutexLock lock(&mutex);
        if (i < first_failure) {
          first_failure = i;
          status = result;
        }
      }
    }
  };
  std::vector<std::thread> helpers;
  const int64_t used = std::min<int64_t>(threads, count);
  for (int64_t t = 1; t < used; ++t) {
    helpers.emplace_back(work);
  }
  work();
  for (std::thread& helper : helpers) {
    helper.join();
  }
  return status;
}

int AvailableThreads() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace cxr
