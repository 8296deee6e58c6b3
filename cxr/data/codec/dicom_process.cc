// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/dicom_process.h"

#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

absl::Status CannotStart(absl::string_view worker, int error) {
  return absl::UnavailableError(absl::StrCat(
      worker, ": cannot start the DICOM codec: ", std::strerror(error)));
}

// Runs `worker` with `end` as its stdin and stdout, this program's stderr, the
// shared memory, no other file, and no signal blocked or ignored. 0 or what
// errno would be.
int Spawn(const std::string& worker, std::chrono::seconds timeout, int end,
          int memory, pid_t* pid) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&files);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&files, end, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, end, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&files, memory, kDicomMemoryFile);
  posix_spawn_file_actions_addclosefrom_np(&files, kDicomMemoryFile + 1);
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::string program = worker;
  std::string seconds = absl::StrCat(timeout.count());
  char* const arguments[] = {program.data(), seconds.data(), nullptr};
  const int error =
      posix_spawn(pid, worker.c_str(), &files, &attributes, arguments, environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  return error;
}

}  // namespace

absl::StatusOr<std::unique_ptr<DicomProcess>> DicomProcess::Start(
    const std::string& worker, std::chrono::seconds timeout) {
  absl::StatusOr<DicomMemory> memory = DicomMemory::Create();
  if (!memory.ok()) {
    return Annotate(memory.status(), worker);
  }
  std::array<int, 2> ends;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return CannotStart(worker, errno);
  }
  pid_t pid = 0;
  const int error = Spawn(worker, timeout, ends[1], memory->fd(), &pid);
  close(ends[1]);
  if (error != 0) {
    close(ends[0]);
    return CannotStart(worker, error);
  }
  return std::make_unique<DicomProcess>(Passkey{}, pid, ends[0],
                                        *std::move(memory), timeout);
}

DicomProcess::~DicomProcess() {
  close(socket_);
  Reap();
}

absl::StatusOr<DicomAnswer> DicomProcess::Ask(DicomAction action,
                                              absl::string_view file) {
  const Deadline deadline = std::chrono::steady_clock::now() + timeout_;
  CXR_ASSIGN_OR_RETURN(
      const std::string request,
      EncodeRequest({.action = action, .length = file.size()}));
  std::copy(file.begin(), file.end(), memory_.bytes());
  CXR_RETURN_IF_ERROR(Send(request, deadline));
  CXR_ASSIGN_OR_RETURN(const std::string head,
                       Receive(kDicomHeadBytes, deadline));
  const absl::StatusOr<size_t> length = DecodeAnswerHead(head);
  if (!length.ok()) {
    return Annotate(length.status(), "answered garbage");
  }
  CXR_ASSIGN_OR_RETURN(const std::string body, Receive(*length, deadline));
  absl::StatusOr<DicomAnswer> answer = DecodeAnswer(body);
  if (!answer.ok()) {
    return Annotate(answer.status(), "answered garbage");
  }
  GrayImage& image = answer->decoded.image;
  const size_t pixels = size_t(image.width) * image.height;
  if (action == DicomAction::kDecode && answer->status.ok() && pixels == 0) {
    return absl::DataLossError("answered garbage: an image without pixels");
  }
  const auto* levels = reinterpret_cast<const uint8_t*>(memory_.bytes());
  image.pixels.assign(levels, levels + pixels);
  return answer;
}

absl::Status DicomProcess::Wait(short events, Deadline deadline) const {
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    pollfd end{.fd = socket_, .events = events, .revents = 0};
    const int ready =
        poll(&end, 1, static_cast<int>(std::max<int64_t>(left.count(), 0)));
    if (ready > 0) {
      return absl::OkStatus();
    }
    if (ready == 0) {
      return absl::DeadlineExceededError(
          absl::StrCat("did not answer within ", timeout_.count(), " s"));
    }
    if (errno != EINTR) {
      return absl::InternalError(
          absl::StrCat("cannot be waited for: ", std::strerror(errno)));
    }
  }
}

absl::Status DicomProcess::Send(absl::string_view bytes, Deadline deadline) {
  while (!bytes.empty()) {
    const ssize_t sent =
        send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<size_t>(sent));
    } else if (errno == EAGAIN) {
      CXR_RETURN_IF_ERROR(Wait(POLLOUT, deadline));
    } else if (errno != EINTR) {
      return Ended();
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> DicomProcess::Receive(size_t count,
                                                  Deadline deadline) {
  std::string bytes(count, '\0');
  size_t at = 0;
  while (at < count) {
    const ssize_t got =
        recv(socket_, bytes.data() + at, count - at, MSG_DONTWAIT);
    if (got > 0) {
      at += static_cast<size_t>(got);
    } else if (got < 0 && errno == EAGAIN) {
      CXR_RETURN_IF_ERROR(Wait(POLLIN, deadline));
    } else if (got == 0 || errno != EINTR) {
      return Ended();
    }
  }
  return bytes;
}

absl::Status DicomProcess::Ended() {
  const int status = Reap();
  return absl::DataLossError(
      WIFSIGNALED(status)
          ? absl::StrCat("was killed by signal ", WTERMSIG(status))
          : absl::StrCat("ended with exit code ", WEXITSTATUS(status),
                         " instead of an answer"));
}

int DicomProcess::Reap() {
  if (pid_ == 0) {
    return 0;
  }
  // Does not change how a process ended that has closed its socket in ending.
  kill(pid_, SIGKILL);
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = 0;
  return status;
}

}  // namespace cxr
