// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_DICOM_MEMORY_H_
#define CXR_DATA_CODEC_DICOM_MEMORY_H_

#include <cstddef>
#include <utility>

#include "absl/status/statusor.h"

namespace cxr {

// Memory that a program shares with its DICOM worker: there the program puts
// a file, and the worker what it made of that. Through a socket, uncompressed
// images would take longer to move than to decode. It takes as much real
// memory as was ever written.
class DicomMemory {
 public:
  static constexpr size_t kBytes = size_t{1} << 29;

  // New memory. ResourceExhausted if the system has none.
  static absl::StatusOr<DicomMemory> Create();
  // The memory that another process has created and handed over as `fd`.
  static absl::StatusOr<DicomMemory> Open(int fd);

  DicomMemory(DicomMemory&& other)
      : fd_(std::exchange(other.fd_, -1)),
        bytes_(std::exchange(other.bytes_, nullptr)) {}
  DicomMemory& operator=(DicomMemory&&) = delete;
  ~DicomMemory();

  int fd() const { return fd_; }
  // kBytes of them.
  char* bytes() const { return bytes_; }

 private:
  DicomMemory(int fd, char* bytes) : fd_(fd), bytes_(bytes) {}

  int fd_;
  char* bytes_;
};

}  // namespace cxr

#endif  // CXR_DATA_CODEC_DICOM_MEMORY_H_
