// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/signals.h"

#include <atomic>
#include <initializer_list>

namespace cxr {
namespace {

std::atomic<bool> stop_requested = false;
static_assert(std::atomic<bool>::is_always_lock_free);

void RequestStop(int) { stop_requested = true; }

sigset_t SetOf(std::initializer_list<int> signals) {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : signals) {
    sigaddset(&set, signal);
  }
  return set;
}

// Of those that stop, the ones that whoever started the program did not have
// ignored, as nohup does; and SIGCHLD.
sigset_t ToHold() {
  sigset_t held = SetOf({SIGCHLD});
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction action;
    if (sigaction(signal, nullptr, &action) == 0 &&
        action.sa_handler != SIG_IGN) {
      sigaddset(&held, signal);
    }
  }
  return held;
}

}  // namespace

HeldSignals::HeldSignals()
    : held_(ToHold()), child_handler_(std::signal(SIGCHLD, SIG_DFL)) {
  // Where SIGCHLD is ignored, children end without a word.
  sigprocmask(SIG_BLOCK, &held_, &before_);
}

HeldSignals::~HeldSignals() {
  // Those that nobody asked for any more would otherwise come now.
  const timespec now = {};
  while (sigtimedwait(&held_, nullptr, &now) > 0) {
  }
  sigprocmask(SIG_SETMASK, &before_, nullptr);
  std::signal(SIGCHLD, child_handler_);
}

HeldSignals::Event HeldSignals::Wait(absl::Duration patience) {
  const timespec time = absl::ToTimespec(patience);
  switch (sigtimedwait(&held_, nullptr, &time)) {
    case SIGCHLD:
      return Event::kChildEnded;
    case SIGINT:
    case SIGTERM:
    case SIGHUP:
      return Event::kStop;
    default:
      return Event::kNone;
  }
}

void PrepareWorkerSignals() {
  stop_requested = false;
  std::signal(SIGINT, SIG_IGN);
  std::signal(SIGHUP, SIG_IGN);
  // Who was to read may be gone; what is written then is an error, no end.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGTERM, RequestStop);
  const sigset_t all = SetOf({SIGCHLD, SIGINT, SIGTERM, SIGHUP});
  sigprocmask(SIG_UNBLOCK, &all, nullptr);
}

bool StopRequested() { return stop_requested; }

}  // namespace cxr
