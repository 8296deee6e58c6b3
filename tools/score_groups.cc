// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/score_groups.h"

#include <algorithm>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "tools/command_line.h"

namespace cxr {
namespace {

absl::Status Unexpected(absl::string_view found, absl::string_view expected) {
  return absl::InvalidArgumentError(
      absl::StrCat("--groups: found '", found, "', expected ", expected));
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ChosenGroups() {
  const std::vector<std::string> groups =
      absl::StrSplit(absl::GetFlag(FLAGS_groups), ',', absl::SkipEmpty());
  for (auto group = groups.begin(); group != groups.end(); ++group) {
    if (*group == "id") {
      return Unexpected(*group, "a column that groups images");
    }
    if (std::count(groups.begin(), group, *group) > 0) {
      return Unexpected(*group, "each column once");
    }
  }
  return groups;
}

}  // namespace cxr
