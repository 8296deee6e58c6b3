// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_SPECS_H_
#define TOOLS_SPECS_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/library.h"

// The declarations that every verb begins with.

namespace cxr {

// The specs of this program. NotFound if they cannot be found; else as
// SpecLibrary::Load.
absl::StatusOr<SpecLibrary> LoadLibrary(absl::string_view program);

// --rung and --protocol.
Setting SettingFlags();

}  // namespace cxr

#endif  // TOOLS_SPECS_H_
