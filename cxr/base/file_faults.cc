// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/file_faults.h"

#include <unistd.h>

#include <atomic>
#include <csignal>

namespace cxr {
namespace {

std::atomic<FileFaultHook> installed_hook = nullptr;

}  // namespace

void SetFileFaultHook(FileFaultHook hook) { installed_hook = hook; }

namespace base_internal {

int TakeFault(FileStep step, absl::string_view path, int fd,
              absl::string_view bytes) {
  const FileFaultHook hook = installed_hook;
  const int fault = hook == nullptr ? 0 : hook(step, path);
  if (fault != kTornWrite) {
    return fault;
  }
  if (fd >= 0 && write(fd, bytes.data(), bytes.size() / 2) < 0) {
    // It is torn all the same.
  }
  raise(SIGKILL);
  return 0;
}

}  // namespace base_internal
}  // namespace cxr
