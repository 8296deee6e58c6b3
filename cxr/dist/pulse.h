// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DIST_PULSE_H_
#define CXR_DIST_PULSE_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "absl/time/time.h"
#include "c10/util/intrusive_ptr.h"
#include "torch/csrc/distributed/c10d/Store.hpp"

namespace cxr {

// While it lives, a thread says every `period` in the store of the run that
// this process lives, and which call over all processes it has come to.
class Pulse {
 public:
  // `store` is used by that thread alone: a clone.
  Pulse(c10::intrusive_ptr<c10d::Store> store, int rank, absl::Duration period);
  ~Pulse();
  Pulse(const Pulse&) = delete;
  Pulse& operator=(const Pulse&) = delete;

  // This process begins the next call; its number, from 1.
  int64_t BeginCall() { return ++calls_; }
  int64_t calls() const { return calls_; }

 private:
  void Beat();

  c10::intrusive_ptr<c10d::Store> store_;
  const std::string key_;
  const std::chrono::nanoseconds period_;
  std::atomic<int64_t> calls_ = 0;
  // Of the standard library, whose waits no setting of a clock lengthens.
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ended_ = false;  // guarded by mutex_
  std::thread thread_;
};

struct PulseCheck {
  int rank = 0;  // the caller's
  int world = 0;
  int64_t call = 0;  // which the caller has come to
  absl::Duration period = {};
};

// Listens for two and a half periods and says which ranks do not answer, or
// have not come to the call: "rank 1 does not answer; rank 2 lives, but has
// come to call 7 of 8 only". c10::Error or another std::exception if the store
// cannot be reached.
std::string DescribeMissing(c10d::Store& store, const PulseCheck& check);

}  // namespace cxr

#endif  // CXR_DIST_PULSE_H_
