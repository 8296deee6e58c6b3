// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_SCORE_GROUPS_H_
#define TOOLS_SCORE_GROUPS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace cxr {

// The columns that --groups names, maybe none; InvalidArgument for that of ids
// and for one that stands there twice.
absl::StatusOr<std::vector<std::string>> ChosenGroups();

}  // namespace cxr

#endif  // TOOLS_SCORE_GROUPS_H_
