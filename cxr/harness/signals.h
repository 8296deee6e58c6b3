// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_SIGNALS_H_
#define CXR_HARNESS_SIGNALS_H_

#include <csignal>

#include "absl/time/time.h"

// Signals as events that are waited for, and not as interruptions.

namespace cxr {

// While it lives, SIGCHLD, SIGINT (Ctrl-C), SIGTERM and SIGHUP wait until they
// are asked for; but those that the process ignores stay ignored, SIGCHLD
// excepted. For a process of one thread.
class HeldSignals {
 public:
  HeldSignals();
  ~HeldSignals();
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

  enum class Event { kNone, kChildEnded, kStop };

  // Waits for a signal, at most for `patience`.
  Event Wait(absl::Duration patience);

 private:
  sigset_t held_;
  sigset_t before_;
  void (*child_handler_)(int);
};

// For a process that executes a stage, after it was forked under HeldSignals:
// SIGTERM makes StopRequested true, Ctrl-C is left to the driver.
void PrepareWorkerSignals();

// Whether this process was asked to stop. From any thread.
bool StopRequested();

}  // namespace cxr

#endif  // CXR_HARNESS_SIGNALS_H_
