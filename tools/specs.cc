// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/specs.h"

#include <string>

#include "absl/flags/flag.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "tools/command_line.h"
#include "tools/places.h"

namespace cxr {

absl::StatusOr<SpecLibrary> LoadLibrary(absl::string_view program) {
  CXR_ASSIGN_OR_RETURN(const std::string root, FindRoot(program));
  return SpecLibrary::Load(JoinPath(root, "experiments"));
}

Setting SettingFlags() {
  return {.rung = absl::GetFlag(FLAGS_rung),
          .protocol = absl::GetFlag(FLAGS_protocol)};
}

}  // namespace cxr
