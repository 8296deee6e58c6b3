// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/background.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "cxr/base/file.h"

namespace cxr::tests {
namespace {

constexpr absl::Duration kPause = absl::Milliseconds(5);
constexpr int kNotStarted = 127;

struct Process {
  pid_t pid = 0;
  pid_t parent = 0;
};

// The process `pid`, if the text of its /proc/PID/stat says that it is of
// `group` and has not ended. Behind the name in brackets: state, parent, group
// (proc(5)).
std::optional<Process> LivesIn(pid_t group, pid_t pid, absl::string_view stat) {
  const std::vector<absl::string_view> fields =
      absl::StrSplit(stat.substr(stat.rfind(')') + 1), ' ', absl::SkipEmpty());
  Process process = {.pid = pid};
  int its_group = 0;
  if (fields.size() > 2 && absl::SimpleAtoi(fields[1], &process.parent) &&
      absl::SimpleAtoi(fields[2], &its_group) && its_group == group &&
      fields[0] != "Z") {
    return process;
  }
  return std::nullopt;
}

std::vector<Process> ProcessesOf(pid_t group) {
  const absl::StatusOr<std::vector<std::string>> names = ListFolder("/proc");
  EXPECT_OK(names);
  std::vector<Process> processes;
  for (const std::string& name :
       names.ok() ? *names : std::vector<std::string>()) {
    int pid = 0;
    if (!absl::SimpleAtoi(name, &pid)) continue;
    // It may have ended meanwhile.
    const absl::StatusOr<std::string> stat =
        ReadFile(absl::StrCat("/proc/", pid, "/stat"));
    if (!stat.ok()) continue;
    const std::optional<Process> process = LivesIn(group, pid, *stat);
    if (process.has_value()) processes.push_back(*process);
  }
  return processes;
}

}  // namespace

Background::Background(const std::string& command) {
  const std::string line =
      absl::StrCat("exec ", command, " >", outputs_.File("out"), " 2>",
                   outputs_.File("err"));
  pid_ = fork();
  if (pid_ == 0) {
    setsid();
    execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
    _exit(kNotStarted);
  }
  EXPECT_GT(pid_, 0) << "cannot start a process";
}

Background::~Background() {
  SignalGroup(SIGKILL);
  Wait(absl::InfiniteDuration());
}

void Background::Signal(int signal) const {
  if (pid_ > 0 && !exit_code_.has_value()) {
    kill(pid_, signal);
  }
}

void Background::SignalGroup(int signal) const {
  if (pid_ > 0) {
    // Before it has a group of its own there is none of this number.
    kill(-pid_, signal);
    Signal(signal);
  }
}

std::optional<ProgramResult> Background::Wait(absl::Duration patience) {
  WaitUntil(
      [this] {
        int status = 0;
        if (!exit_code_.has_value() && waitpid(pid_, &status, WNOHANG) != 0) {
          exit_code_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status)
                                           : WEXITSTATUS(status);
        }
        return exit_code_.has_value();
      },
      patience);
  if (!exit_code_.has_value()) {
    return std::nullopt;
  }
  return ProgramResult{.exit_code = *exit_code_,
                       .out = Contents(outputs_.File("out")),
                       .err = Contents(outputs_.File("err"))};
}

int Background::Living() const {
  return static_cast<int>(ProcessesOf(pid_).size());
}

std::vector<pid_t> Background::Generation(int number) const {
  const std::vector<Process> all = ProcessesOf(pid_);
  std::vector<pid_t> generation = {pid_};
  for (int i = 0; i < number; ++i) {
    const std::vector<pid_t> parents = std::exchange(generation, {});
    for (const Process& process : all) {
      if (std::count(parents.begin(), parents.end(), process.parent) > 0) {
        generation.push_back(process.pid);
      }
    }
  }
  return generation;
}

bool WaitUntil(absl::FunctionRef<bool()> question, absl::Duration patience) {
  const absl::Time end = absl::Now() + patience;
  while (!question()) {
    if (absl::Now() >= end) {
      return false;
    }
    absl::SleepFor(kPause);
  }
  return true;
}

}  // namespace cxr::tests
