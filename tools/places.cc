// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/places.h"

#include <cstdlib>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "tools/command_line.h"

namespace cxr {
namespace {

bool IsRoot(const std::string& folder) {
  return Exists(JoinPath(folder, "experiments/rungs.textproto"));
}

}  // namespace

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

absl::StatusOr<std::string> FindRoot(absl::string_view program) {
  const std::string flag = absl::GetFlag(FLAGS_root);
  if (!flag.empty()) {
    const std::string root = UserPath(flag);
    if (IsRoot(root)) {
      return root;
    }
    return absl::NotFoundError(
        absl::StrCat(root, ": --root holds no experiments/rungs.textproto"));
  }
  // "" first: messages then name files as experiments/..., as a person does.
  for (const std::string& folder :
       {std::string(), absl::StrCat(program, ".runfiles/cxr"),
        absl::StrCat(Canonical("/proc/self/exe"), ".runfiles/cxr")}) {
    if (IsRoot(folder)) {
      return folder;
    }
  }
  return absl::NotFoundError(
      "no experiments/rungs.textproto here; give its folder with --root");
}

absl::StatusOr<std::string> StorePath() {
  const std::string flag = absl::GetFlag(FLAGS_store);
  if (!flag.empty()) {
    return UserPath(flag);
  }
  const std::string variable = Environment("CXR_STORE");
  if (!variable.empty()) {
    return UserPath(variable);
  }
  const std::string home = Environment("HOME");
  if (home.empty()) {
    return absl::InvalidArgumentError(
        "no place for results: give --store, or set CXR_STORE or HOME");
  }
  return JoinPath(home, ".cache/cxr/store");
}

std::string OutPath(absl::string_view rung) {
  const std::string flag = absl::GetFlag(FLAGS_out);
  if (!flag.empty()) {
    return UserPath(flag);
  }
  return JoinPath(Environment("BUILD_WORKSPACE_DIRECTORY"),
                  absl::StrCat("results/", rung));
}

std::string WorkingCopy() {
  const std::string flag = absl::GetFlag(FLAGS_root);
  return flag.empty() ? Environment("BUILD_WORKSPACE_DIRECTORY")
                      : UserPath(flag);
}

std::string UserPath(absl::string_view path) {
  return JoinPath(Environment("BUILD_WORKING_DIRECTORY"), path);
}

}  // namespace cxr
