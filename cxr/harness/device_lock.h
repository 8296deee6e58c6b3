// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_DEVICE_LOCK_H_
#define CXR_HARNESS_DEVICE_LOCK_H_

#include <optional>
#include <string>

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

// Takes the first of `devices` that is free; none if all are held. The codes of
// base/file if the files in `folder` cannot be made.
absl::StatusOr<std::optional<DeviceLock>> TryTakeDevice(
    absl::Span<const std::string> devices, absl::string_view folder);

}  // namespace cxr

#endif  // CXR_HARNESS_DEVICE_LOCK_H_
