// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_HEARTBEAT_H_
#define CXR_HARNESS_HEARTBEAT_H_

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "cxr/harness/store.h"

namespace cxr {

// While it lives, a thread says in a lease that its owner lives and how far it
// is: at once when there is news, but not more often than every `interval`, and
// at the latest after kHeartbeat.
class Heartbeat {
 public:
  Heartbeat(const Store& store, const Lease& lease,
            absl::Duration interval = absl::Milliseconds(500));
  ~Heartbeat();
  Heartbeat(const Heartbeat&) = delete;
  Heartbeat& operator=(const Heartbeat&) = delete;

  // How much is done, from 0 to 1. From any thread. Aborted if the lease was
  // taken over. A store that cannot be written for a while is no error here:
  // the lease may outlast it.
  absl::Status Report(double progress);

 private:
  void Beat();

  const Store& store_;
  const Lease& lease_;
  const std::chrono::nanoseconds interval_;
  // Of the standard library, whose waits no setting of a clock lengthens; those
  // of absl::Mutex end by the clock on the wall.
  std::mutex mutex_;
  std::condition_variable changed_;
  // All guarded by mutex_.
  double progress_ = 0;
  double told_ = 0;
  bool ended_ = false;
  absl::Status status_;
  std::thread thread_;
};

}  // namespace cxr

#endif  // CXR_HARNESS_HEARTBEAT_H_
