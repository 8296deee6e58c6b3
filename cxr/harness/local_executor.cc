// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/local_executor.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"

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
                                  absl::Span<const DeviceLock>) {
  // The fork alone makes the job hold devices: their files stay open there.
  CXR_CHECK(!jobs_.contains(number)) << "job " << number << " runs already";
  int ends[2];
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
    return NoProcess("pipe");
  }
  // What waits to be printed is printed once.
  std::fflush(nullptr);
  const pid_t pid = fork();
  if (pid < 0) {
    close(ends[0]);
    close(ends[1]);
    return NoProcess("fork");
  }
  if (pid == 0) {
    close(ends[0]);
    const int code = body(ends[1]);
    std::fflush(nullptr);
    _exit(code);  // Nothing of the parent is ended here.
  }
  close(ends[1]);
  jobs_[number] = {.pid = pid, .pipe = ends[0]};
  return absl::OkStatus();
}

std::vector<JobEnd> LocalExecutor::Reap() {
  std::vector<JobEnd> ends;
  for (auto it = jobs_.begin(); it != jobs_.end();) {
    int status = 0;
    const pid_t ended = waitpid(it->second.pid, &status, WNOHANG);
    if (ended == 0 || (ended < 0 && errno != ECHILD)) {
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
