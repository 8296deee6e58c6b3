// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/dicom_stderr.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstddef>

#include "absl/strings/str_split.h"

namespace cxr {

DicomStderr::DicomStderr() {
  kept_ = memfd_create("stderr", MFD_CLOEXEC);
  usual_ = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
  if (kept_ >= 0 && usual_ >= 0) {
    dup2(kept_, STDERR_FILENO);
  }
}

DicomStderr::~DicomStderr() {
  if (usual_ >= 0) {
    dup2(usual_, STDERR_FILENO);
    close(usual_);
  }
  if (kept_ >= 0) {
    close(kept_);
  }
}

std::vector<std::string> DicomStderr::Lines() const {
  std::string text;
  std::array<char, 4096> buffer;
  ssize_t count = 1;
  while (count > 0) {
    count = pread(kept_, buffer.data(), buffer.size(),
                  static_cast<off_t>(text.size()));
    text.append(buffer.data(), count > 0 ? static_cast<size_t>(count) : 0);
  }
  return absl::StrSplit(text, '\n', absl::SkipWhitespace());
}

}  // namespace cxr
