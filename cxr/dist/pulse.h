// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DIST_PULSE_H_
#define CXR_DIST_PULSE_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "c10/util/intrusive_ptr.h"
#include "torch/csrc/distributed/c10d/Store.hpp"

namespace cxr {

// A thread that does something every `period`, the first time at once, until
// that returns false or this is destroyed.
class Every {
 public:
  Every(absl::Duration period, std::function<bool()> action);
  ~Every();
  Every(const Every&) = delete;
  Every& operator=(const Every&) = delete;

 private:
  const std::chrono::nanoseconds period_;
  const std::function<bool()> action_;
  // Of the standard library, whose waits no setting of a clock lengthens.
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ended_ = false;  // guarded by mutex_
  std::thread thread_;
};

// While it lives, a thread says every `period` in the store of the run that
// this process lives, and which call over all processes it has come to.
class Pulse {
 public:
  // `store` is used by that thread alone: a clone.
  Pulse(c10::intrusive_ptr<c10d::Store> store, int rank, absl::Duration period);

  // This process begins the next call; its number, from 1.
  int64_t BeginCall() { return ++calls_; }
  int64_t calls() const { return calls_; }

 private:
  bool Beat();

  const c10::intrusive_ptr<c10d::Store> store_;
  const std::string key_;
  int64_t beats_ = 0;
  std::atomic<int64_t> calls_ = 0;
  Every beating_;  // The last member: it uses the others.
};

// Listens to the pulses of all processes.
class PulseWatch {
 public:
  // `store` is used by one thread at a time: a clone. `rank` is the caller's,
  // who beats there.
  PulseWatch(c10::intrusive_ptr<c10d::Store> store, int rank, int world)
      : store_(std::move(store)),
        rank_(rank),
        heard_(static_cast<size_t>(world), {.since = Clock::now()}) {}

  // Unavailable if a rank has said nothing new for `patience`, or if the store
  // cannot be reached. To be called at shorter intervals than that: after a
  // longer one, in which this process may have been stopped, all count as
  // heard.
  absl::Status Listen(absl::Duration patience);

 private:
  using Clock = std::chrono::steady_clock;
  struct Heard {
    std::string pulse = {};
    Clock::time_point since = {};
  };

  const c10::intrusive_ptr<c10d::Store> store_;
  const int rank_;
  Clock::time_point listened_ = Clock::now();
  std::vector<Heard> heard_;  // of each rank
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
