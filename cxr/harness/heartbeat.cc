// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/heartbeat.h"

#include <algorithm>

#include "cxr/harness/lease_watch.h"

namespace cxr {

Heartbeat::Heartbeat(const Store& store, const Lease& lease,
                     absl::Duration interval)
    : store_(store),
      lease_(lease),
      interval_(interval),
      thread_([this] { Beat(); }) {}

Heartbeat::~Heartbeat() {
  {
    const absl::MutexLock lock(&mutex_);
    ended_ = true;
  }
  thread_.join();
}

absl::Status Heartbeat::Report(double progress) {
  const absl::MutexLock lock(&mutex_);
  progress_ = std::clamp(progress, progress_, 1.0);
  return status_;
}

void Heartbeat::Beat() {
  const auto ended = [this]()
                         ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return ended_; };
  const auto has_news = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return ended_ || progress_ > told_;
  };
  while (true) {
    double progress = 0;
    {
      const absl::MutexLock lock(&mutex_);
      if (mutex_.AwaitWithTimeout(absl::Condition(&ended), interval_)) {
        return;
      }
      mutex_.AwaitWithTimeout(
          absl::Condition(&has_news),
          std::max(kHeartbeat - interval_, absl::ZeroDuration()));
      if (ended_ || !status_.ok()) {
        return;
      }
      progress = progress_;
    }
    const absl::Status renewed = store_.Renew(lease_, progress);
    const absl::MutexLock lock(&mutex_);
    told_ = progress;
    if (absl::IsAborted(renewed)) {
      status_ = renewed;
    }
  }
}

}  // namespace cxr
