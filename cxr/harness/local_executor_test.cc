// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/local_executor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

std::vector<JobEnd> WaitForAll(LocalExecutor& executor) {
  std::vector<JobEnd> ends;
  while (executor.running() > 0) {
    for (JobEnd& end : executor.Reap()) {
      ends.push_back(end);
    }
    absl::SleepFor(absl::Milliseconds(2));
  }
  return ends;
}

int SleepLong() {
  absl::SleepFor(absl::Seconds(100));
  return 0;
}

TEST(LocalExecutorTest, ExitCodesMessagesAndSignalsComeBack) {
  LocalExecutor executor;
  ASSERT_OK(executor.Start(
      7, [](int fd) { return write(fd, "why", 3) == 3 ? 3 : 1; }, {}));
  ASSERT_OK(executor.Start(8, [](int) { return raise(SIGKILL); }, {}));
  EXPECT_EQ(executor.running(), 2);
  for (const JobEnd& end : WaitForAll(executor)) {
    EXPECT_EQ(end.exit_code, end.job == 7 ? 3 : 0);
    EXPECT_EQ(end.signal, end.job == 7 ? 0 : SIGKILL);
    EXPECT_EQ(end.message, end.job == 7 ? "why" : "");
  }
}

TEST(LocalExecutorTest, JobsAreSignalled) {
  LocalExecutor executor;
  ASSERT_OK(executor.Start(1, [](int) { return SleepLong(); }, {}));
  executor.SignalAll(SIGTERM);
  EXPECT_EQ(WaitForAll(executor).at(0).signal, SIGTERM);
}

TEST(LocalExecutorTest, AJobHoldsItsDeviceAndGivesItBack) {
  const TempDir dir;
  LocalExecutor executor;
  {
    ASSERT_OK_AND_ASSIGN(const auto device,
                         TryTakeDevices({"0"}, 1, dir.path()));
    ASSERT_OK(executor.Start(
        1, [](int) { return SleepLong(); }, device.value()));
  }
  EXPECT_FALSE(TryTakeDevices({"0"}, 1, dir.path())->has_value());
  executor.SignalAll(SIGKILL);
  WaitForAll(executor);
  EXPECT_TRUE(TryTakeDevices({"0"}, 1, dir.path())->has_value());
}

TEST(LocalExecutorTest, NoJobOutlivesItsOrderlyEnd) {
  pid_t pid = 0;
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  {
    LocalExecutor executor;
    ASSERT_OK(executor.Start(1,
                             [&](int) {
                               const pid_t own = getpid();
                               return write(ends[1], &own, sizeof(own)) > 0
                                          ? SleepLong()
                                          : 1;
                             },
                             {}));
    ASSERT_EQ(read(ends[0], &pid, sizeof(pid)),
              static_cast<ssize_t>(sizeof(pid)));
  }
  EXPECT_NE(kill(pid, 0), 0);
  close(ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace cxr
