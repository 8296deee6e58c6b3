// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/signals.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cxr {
namespace {

using Event = HeldSignals::Event;

TEST(SignalsTest, HeldSignalsAreEvents) {
  HeldSignals signals;
  EXPECT_EQ(signals.Wait(absl::Milliseconds(1)), Event::kNone);
  raise(SIGINT);
  EXPECT_EQ(signals.Wait(absl::Milliseconds(1)), Event::kStop);
  raise(SIGTERM);
  EXPECT_EQ(signals.Wait(absl::Milliseconds(1)), Event::kStop);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    _exit(0);
  }
  EXPECT_EQ(signals.Wait(absl::Seconds(10)), Event::kChildEnded);
  EXPECT_EQ(waitpid(child, nullptr, 0), child);
}

TEST(SignalsTest, AWorkerIsToldToStopByItsDriverAlone) {
  HeldSignals signals;
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    PrepareWorkerSignals();
    const bool before = StopRequested();
    raise(SIGINT);  // Ctrl-C reaches all processes of a terminal.
    const bool after_interrupt = StopRequested();
    raise(SIGTERM);
    _exit(!before && !after_interrupt && StopRequested() ? 0 : 1);
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_FALSE(StopRequested());
}

TEST(SignalsTest, WhatIsIgnoredStaysIgnoredButForEndsOfChildren) {
  std::signal(SIGHUP, SIG_IGN);
  std::signal(SIGCHLD, SIG_IGN);
  {
    HeldSignals signals;
    raise(SIGHUP);
    EXPECT_EQ(signals.Wait(absl::Milliseconds(1)), Event::kNone);
    const pid_t child = fork();
    if (child == 0) {
      _exit(3);
    }
    EXPECT_EQ(signals.Wait(absl::Seconds(10)), Event::kChildEnded);
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 3);
  }
  EXPECT_EQ(std::signal(SIGCHLD, SIG_DFL), SIG_IGN);
  std::signal(SIGHUP, SIG_DFL);
}

}  // namespace
}  // namespace cxr
