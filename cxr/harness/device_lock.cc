// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/device_lock.h"

#include <sys/stat.h>

#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"

namespace cxr {

std::string DeviceFolder() {
  std::error_code ignored;
  return JoinPath(std::filesystem::temp_directory_path(ignored).string(),
                  "cxr_devices");
}

absl::StatusOr<std::optional<std::vector<DeviceLock>>> TryTakeDevices(
    absl::Span<const std::string> devices, int count,
    absl::string_view folder) {
  CXR_RETURN_IF_ERROR(CreateDirectories(folder));
  // For all users, as the folder above is. Only its owner can say so.
  chmod(std::string(folder).c_str(), 01777);
  std::vector<DeviceLock> taken;
  for (const std::string& device : devices) {
    if (std::ssize(taken) == count) break;
    const std::string path = JoinPath(
        folder,
        absl::StrCat(absl::StrReplaceAll(device, {{"/", "_"}}), ".lock"));
    absl::StatusOr<FileLock> lock =
        FileLock::Acquire(path, absl::ZeroDuration());
    if (lock.ok()) {
      chmod(path.c_str(), 0666);
      taken.push_back({.name = device, .lock = *std::move(lock)});
    } else if (!absl::IsUnavailable(lock.status())) {
      return lock.status();
    }
  }
  if (std::ssize(taken) == count) return taken;
  return std::optional<std::vector<DeviceLock>>();
}

}  // namespace cxr
