// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/process_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace cxr {
namespace {

TEST(ProcessNameTest, ThisProcessLives) {
  const spec::ProcessName self = ThisProcess();
  EXPECT_EQ(self.pid(), getpid());
  EXPECT_GT(self.start_ticks(), 0);
  EXPECT_EQ(LifeOf(self), Life::kAlive);
  EXPECT_EQ(ToString(self), absl::StrCat("process ", getpid()));
}

TEST(ProcessNameTest, AProcessOfAnotherMachineIsNotJudged) {
  spec::ProcessName other = ThisProcess();
  other.set_machine("elsewhere@boot@pid:[1]");
  EXPECT_EQ(LifeOf(other), Life::kUnknown);
  EXPECT_EQ(ToString(other),
            absl::StrCat("process ", getpid(), " on elsewhere"));
  // The same machine after it was started anew, or another container of it.
  other.set_machine(ThisProcess().machine() + "x");
  EXPECT_EQ(LifeOf(other), Life::kUnknown);
  EXPECT_EQ(LifeOf(spec::ProcessName()), Life::kUnknown);
}

TEST(ProcessNameTest, AnEndedProcessIsDead) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const std::string name = ThisProcess().SerializeAsString();
    const ssize_t written = write(ends[1], name.data(), name.size());
    _exit(written > 0 ? 0 : 1);
  }
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  char buffer[1000];
  const ssize_t count = read(ends[0], buffer, sizeof(buffer));
  ASSERT_GT(count, 0);
  spec::ProcessName name;
  ASSERT_TRUE(name.ParseFromArray(buffer, static_cast<int>(count)));
  EXPECT_EQ(name.pid(), child);
  EXPECT_EQ(LifeOf(name), Life::kDead);
  close(ends[0]);
  close(ends[1]);
}

TEST(ProcessNameTest, ALaterProcessOfTheSameNumberIsAnother) {
  spec::ProcessName earlier = ThisProcess();
  earlier.set_start_ticks(earlier.start_ticks() - 1);
  EXPECT_EQ(LifeOf(earlier), Life::kDead);
}

TEST(ProcessNameTest, NothingOutlivesAStartOfTheMachine) {
  const std::vector<std::string> parts =
      absl::StrSplit(ThisProcess().machine(), '@');
  ASSERT_EQ(parts.size(), 4u);
  spec::ProcessName earlier = ThisProcess();
  earlier.set_machine(
      absl::StrCat(parts[0], "@", parts[1], "@another start@", parts[3]));
  EXPECT_EQ(LifeOf(earlier), parts[1].empty() ? Life::kUnknown : Life::kDead);
  earlier.set_machine(
      absl::StrCat(parts[0], "@another machine@start@", parts[3]));
  EXPECT_EQ(LifeOf(earlier), Life::kUnknown);
}

}  // namespace
}  // namespace cxr
