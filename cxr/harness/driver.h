// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_DRIVER_H_
#define CXR_HARNESS_DRIVER_H_

#include "absl/status/statusor.h"
#include "cxr/harness/driver_options.h"
#include "cxr/harness/plan.h"
#include "cxr/harness/store.h"

// Executes what of a plan is not in the store yet, each stage in a process of
// its own. The driver may be killed at any moment: what it started goes on, and
// the next driver waits for it instead of starting it again. Several drivers
// may share a store; each stage is executed by one of them.

namespace cxr {

// Executes every stage whose record is not in the store, inputs first. A
// failing stage fails the experiments that need it; the others go on. A damaged
// record or artifact is announced and made again. Fails only if the store
// cannot be read or written, with the store's error. Not for a process with
// several threads.
absl::StatusOr<DriverResult> RunPlan(const Plan& plan,
                                     const DriverOptions& options);

// Only looks.
DriverResult CollectRecords(const Plan& plan, const Store& store);

}  // namespace cxr

#endif  // CXR_HARNESS_DRIVER_H_
