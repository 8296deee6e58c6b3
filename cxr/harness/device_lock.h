// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_DEVICE_LOCK_H_
#define CXR_HARNESS_DEVICE_LOCK_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/base/file_lock.h"

namespace cxr {

// A device of this machine that nobody else has.
struct DeviceLock {
  std::string name = {};
  FileLock lock;
};

// Where processes of this machine, of any user and any store, agree on devices:
// a file a device, locked by whoever has it.
std::string DeviceFolder();

// Takes the first `count` of `devices` that are free; none if there are fewer.
// The codes of base/file if the files in `folder` cannot be made.
absl::StatusOr<std::optional<std::vector<DeviceLock>>> TryTakeDevices(
    absl::Span<const std::string> devices, int count, absl::string_view folder);

}  // namespace cxr

#endif  // CXR_HARNESS_DEVICE_LOCK_H_
