// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/process_name.h"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <system_error>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cxr/base/file.h"

namespace cxr {
namespace {

constexpr char kSeparator = '@';

// Of the fields of /proc/PID/stat behind the name in brackets, which may hold
// anything: the state is the first, the start time the twentieth (proc(5)).
constexpr size_t kStartField = 19;

struct ProcessStat {
  std::string state = {};
  int64_t start_ticks = 0;
};

ProcessStat StatOf(int pid) {
  const absl::StatusOr<std::string> stat =
      ReadFile(absl::StrCat("/proc/", pid, "/stat"));
  if (!stat.ok()) {
    return {};
  }
  const std::vector<std::string> fields =
      absl::StrSplit(absl::string_view(*stat).substr(stat->rfind(')') + 1), ' ',
                     absl::SkipEmpty());
  ProcessStat read;
  if (fields.size() <= kStartField ||
      !absl::SimpleAtoi(fields[kStartField], &read.start_ticks)) {
    return {};
  }
  read.state = fields[0];
  return read;
}

std::string HostName() {
  char name[256] = "";
  gethostname(name, sizeof(name) - 1);
  return name;
}

std::string Word(const char* path) {
  const absl::StatusOr<std::string> text = ReadFile(path);
  return text.ok() ? std::string(absl::StripAsciiWhitespace(*text)) : "";
}

// Host, machine, start of the machine, space of process numbers. Equal for two
// processes exactly if they see each other's numbers.
std::string MachineName() {
  std::error_code ignored;
  return absl::StrJoin(
      {HostName(), Word("/etc/machine-id"),
       Word("/proc/sys/kernel/random/boot_id"),
       std::filesystem::read_symlink("/proc/self/ns/pid", ignored).string()},
      std::string(1, kSeparator));
}

// Whether a machine of this name is this one before it was started anew: then
// nothing of it lives.
bool IsEarlierStart(const std::string& machine) {
  const std::vector<std::string> then = absl::StrSplit(machine, kSeparator);
  const std::vector<std::string> now =
      absl::StrSplit(MachineName(), kSeparator);
  return then.size() == now.size() && then[0] == now[0] && !now[1].empty() &&
         then[1] == now[1] && then[2] != now[2];
}

}  // namespace

spec::ProcessName ThisProcess() {
  spec::ProcessName name;
  name.set_machine(MachineName());
  name.set_pid(getpid());
  name.set_start_ticks(StatOf(getpid()).start_ticks);
  return name;
}

Life LifeOf(const spec::ProcessName& process) {
  if (process.pid() <= 0) {
    return Life::kUnknown;
  }
  if (process.machine() != MachineName()) {
    return IsEarlierStart(process.machine()) ? Life::kDead : Life::kUnknown;
  }
  if (kill(process.pid(), 0) != 0 && errno == ESRCH) {
    return Life::kDead;
  }
  // Another process may have got the number; one that has ended keeps it until
  // its parent asks for it, which the first process of a container may never.
  const ProcessStat stat = StatOf(process.pid());
  if (stat.state.empty()) {
    return Life::kUnknown;  // Some systems hide the processes of others.
  }
  return stat.start_ticks == process.start_ticks() && stat.state != "Z"
             ? Life::kAlive
             : Life::kDead;
}

std::string ToString(const spec::ProcessName& process) {
  const std::vector<std::string> parts =
      absl::StrSplit(process.machine(), kSeparator);
  return parts[0] == HostName()
             ? absl::StrCat("process ", process.pid())
             : absl::StrCat("process ", process.pid(), " on ", parts[0]);
}

}  // namespace cxr
