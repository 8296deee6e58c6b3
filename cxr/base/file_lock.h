// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_FILE_LOCK_H_
#define CXR_BASE_FILE_LOCK_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace cxr {

// Keeps other processes, and other holders in this one, out of what they agree
// to protect by the same file. Given back with the object, or by the system
// when the process ends, however it ends.
class FileLock {
 public:
  // Waits until the lock is free. The file is created if need be and stays.
  // The codes of base/file if it cannot be.
  static absl::StatusOr<FileLock> Acquire(absl::string_view path);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int fd) : fd_(fd) {}

  int fd_;  // -1 once moved from.
};

}  // namespace cxr

#endif  // CXR_BASE_FILE_LOCK_H_
