// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/testing.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "cxr/base/check.h"

namespace cxr {

std::vector<int> RunProcesses(int world, const std::function<void(int)>& body) {
  std::fflush(nullptr);  // Else every process would print what waits.
  std::vector<pid_t> processes;
  for (int rank = 0; rank < world; ++rank) {
    const pid_t process = fork();
    CXR_CHECK(process >= 0) << "fork";
    if (process == 0) {
      body(rank);
      std::fflush(nullptr);
      _exit(testing::Test::HasFailure() ? 1 : 0);
    }
    processes.push_back(process);
  }
  std::vector<int> ended;
  for (const pid_t process : processes) {
    int status = 0;
    CXR_CHECK(waitpid(process, &status, 0) == process) << process;
    ended.push_back(WIFEXITED(status) ? WEXITSTATUS(status)
                                      : 128 + WTERMSIG(status));
  }
  return ended;
}

Rendezvous FileRendezvous(int rank, int world, absl::string_view path) {
  return {.launcher = "a test",
          .rank = rank,
          .world = world,
          .local_rank = rank,
          .file = std::string(path)};
}

Rendezvous PortRendezvous(int rank, int world, int port) {
  return {.launcher = "a test",
          .rank = rank,
          .world = world,
          .local_rank = rank,
          .address = "127.0.0.1",
          .port = port};
}

int UnusedPort() {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  CXR_CHECK(listener >= 0) << "socket";
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  CXR_CHECK(bind(listener, any, size) == 0) << "bind";
  CXR_CHECK(getsockname(listener, any, &size) == 0) << "getsockname";
  close(listener);
  return ntohs(address.sin_port);
}

}  // namespace cxr
