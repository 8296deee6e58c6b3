// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/dicom_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

absl::Status NoMemory() {
  return absl::ResourceExhaustedError(absl::StrCat(
      "no memory to share with the DICOM codec: ", std::strerror(errno)));
}

}  // namespace

absl::StatusOr<DicomMemory> DicomMemory::Create() {
  const int fd = memfd_create("dicom", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0) {
    return NoMemory();
  }
  // If the worker made it smaller, the program would die of reading it.
  if (ftruncate(fd, kBytes) != 0 ||
      fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW) != 0) {
    const absl::Status status = NoMemory();
    close(fd);
    return status;
  }
  return Open(fd);
}

absl::StatusOr<DicomMemory> DicomMemory::Open(int fd) {
  void* bytes =
      mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (bytes == MAP_FAILED) {
    const absl::Status status = NoMemory();
    close(fd);
    return status;
  }
  return DicomMemory(fd, static_cast<char*>(bytes));
}

DicomMemory::~DicomMemory() {
  if (bytes_ != nullptr) {
    munmap(bytes_, kBytes);
    close(fd_);
  }
}

}  // namespace cxr
