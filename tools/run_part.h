// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_RUN_PART_H_
#define TOOLS_RUN_PART_H_

#include "absl/status/statusor.h"
#include "cxr/harness/driver.h"
#include "cxr/harness/store.h"
#include "cxr/spec/library.h"
#include "tools/run_processes.h"
#include "tools/setup.h"
#include "tools/target.h"

namespace cxr {

// Executes what `part` of a target needs and is not in the store, and says how
// to go on if it was stopped. The store's errors.
absl::StatusOr<DriverResult> RunPart(const SpecLibrary& library,
                                     const Target& part, const Store& store,
                                     const Machine& machine,
                                     const RunProcesses& processes);

}  // namespace cxr

#endif  // TOOLS_RUN_PART_H_
