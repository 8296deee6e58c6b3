// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/local_executor.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

absl::Status NoProcess(const char* what) {
  return absl::UnavailableError(absl::StrCat("cannot start a process: ", what,
                                             ": ", std::strerror(errno)));
}

std::string ReadAll(int fd) {
  std::string text;
  std::array<char, 4096> buffer;
  // It was written before the end of its process, and fits into a pipe.
  for (ssize_t count = read(fd, buffer.data(), buffer.size()); count > 0;
       count = read(fd, buffer.data(), buffer.size())) {
    text.append(buffer.data(), static_cast<size_t>(count));
  }
  return text;
}

}  // namespace

LocalExecutor::~LocalExecutor() {
  for (const auto& [number, job] : jobs_) {
    kill(job.pid, SIGKILL);
    waitpid(job.pid, nullptr, 0);
    close(job.pipe);
  }
}

absl::Status LocalExecutor::Start(int number, absl::FunctionRef<int(int)> body,
                                  const std::optional<DeviceLock>&) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
    return NoProcess("pipe");
  }
  const pid_t pid = fork();
  if (pid < 0) {
    close(ends[0]);
    close(ends[1]);
    return NoProcess("fork");
  }
  if (pid == 0) {
    close(ends[0]);
    // Nothing of the parent is ended here: not its buffers, not its locks.
    _exit(body(ends[1]));
  }
  close(ends[1]);
  jobs_[number] = {.pid = pid, .pipe = ends[0]};
  return absl::OkStatus();
}

std::vector<JobEnd> LocalExecutor::Reap() {
  std::vector<JobEnd> ends;
  for (auto it = jobs_.begin(); it != jobs_.end();) {
    int status = 0;
    if (waitpid(it->second.pid, &status, WNOHANG) != it->second.pid) {
      ++it;
      continue;
    }
    ends.push_back({.job = it->first,
                    .exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 0,
                    .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
                    .message = ReadAll(it->second.pipe)});
    close(it->second.pipe);
    it = jobs_.erase(it);
  }
  return ends;
}

void LocalExecutor::SignalAll(int signal) const {
  for (const auto& [number, job] : jobs_) {
    kill(job.pid, signal);
  }
}

}  // namespace cxr
