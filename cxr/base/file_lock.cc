// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "cxr/base/file.h"

namespace cxr {

namespace {

// How often a lock is asked for by whoever does not wait for ever.
constexpr absl::Duration kPoll = absl::Milliseconds(10);

// Of several users' lock files one may only read those of the others; and where
// all may write, some systems let nobody create what is there.
int Open(const std::string& path) {
  int fd = open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (fd < 0 && errno == EACCES) {
    fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  }
  return fd >= 0 || errno != ENOENT
             ? fd
             : open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
}

absl::Status Lock(int fd, absl::string_view path, absl::Duration patience) {
  const bool waits = patience == absl::InfiniteDuration();
  absl::Duration waited;
  while (flock(fd, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK && waited >= patience) {
      return absl::UnavailableError(
          absl::StrCat(path, ": is held by another process"));
    }
    if (errno == EWOULDBLOCK) {
      absl::SleepFor(kPoll);
      waited += kPoll;
    } else if (errno != EINTR) {
      return ErrnoStatus(errno, "cannot lock", path);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<FileLock> FileLock::Acquire(absl::string_view path,
                                           absl::Duration patience) {
  const int fd = Open(std::string(path));
  if (fd < 0) {
    return ErrnoStatus(errno, "cannot create", path);
  }
  FileLock lock(fd);
  const absl::Status locked = Lock(fd, path, patience);
  return locked.ok() ? absl::StatusOr<FileLock>(std::move(lock)) : locked;
}

FileLock::FileLock(FileLock&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

FileLock::~FileLock() {
  if (fd_ >= 0) {
    close(fd_);  // Closing gives the lock back.
  }
}

}  // namespace cxr
