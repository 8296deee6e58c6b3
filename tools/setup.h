// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_SETUP_H_
#define TOOLS_SETUP_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/deployment.pb.h"
#include "cxr/spec/library.h"
#include "cxr/tasks/common/artifacts.h"

// What every verb that plans or runs stages needs before it begins.

namespace cxr {

// This machine, by --root and --deployment.
struct Machine {
  spec::DeploymentSpec deployment = {};
  // With all threads of the machine.
  TaskOptions tasks = {};
};

// InvalidArgument if there is no such deployment.
absl::StatusOr<Machine> MakeMachine(const SpecLibrary& library,
                                    absl::string_view program);

}  // namespace cxr

#endif  // TOOLS_SETUP_H_
