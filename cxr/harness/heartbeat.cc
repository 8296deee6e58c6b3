// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/heartbeat.h"

#include <algorithm>

#include "cxr/harness/lease_watch.h"

namespace cxr {

namespace {

const std::chrono::nanoseconds kLongest = absl::ToChronoNanoseconds(kHeartbeat);

}  // namespace

Heartbeat::Heartbeat(const Store& store, const Lease& lease,
                     absl::Duration interval)
    : store_(store),
      lease_(lease),
      interval_(absl::ToChronoNanoseconds(interval)),
      thread_([this] { Beat(); }) {}

Heartbeat::~Heartbeat() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

absl::Status Heartbeat::Report(double progress) {
  const std::lock_guard lock(mutex_);
  progress_ = std::clamp(progress, progress_, 1.0);
  changed_.notify_all();
  return status_;
}

void Heartbeat::Beat() {
  std::unique_lock lock(mutex_);
  while (status_.ok()) {
    changed_.wait_for(lock, interval_, [this] { return ended_; });
    changed_.wait_for(lock, std::max(kLongest - interval_, interval_ * 0),
                      [this] { return ended_ || progress_ > told_; });
    if (ended_) {
      return;
    }
    const double progress = progress_;
    lock.unlock();
    const absl::Status renewed = store_.Renew(lease_, progress);
    lock.lock();
    told_ = progress;
    if (absl::IsAborted(renewed)) {
      status_ = renewed;
    }
  }
}

}  // namespace cxr
