// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_FILE_LOCK_H_
#define CXR_BASE_FILE_LOCK_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace cxr {

// Keeps other processes, and other holders in this one, out of what they agree
// to protect by the same file. Given back with the object, or by the system
// when the process ends, however it ends. A child that was forked holds it too:
// it is free when both have let it go.
class FileLock {
 public:
  // Waits until the lock is free, at most for `patience`: then Unavailable. The
  // file is created if need be and stays. The codes of base/file if it cannot
  // be.
  static absl::StatusOr<FileLock> Acquire(
      absl::string_view path,
      absl::Duration patience = absl::InfiniteDuration());

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

 private:
  explicit FileLock(int fd) : fd_(fd) {}

  int fd_;  // -1 once moved from.
};

}  // namespace cxr

#endif  // CXR_BASE_FILE_LOCK_H_
