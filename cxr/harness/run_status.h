// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_RUN_STATUS_H_
#define CXR_HARNESS_RUN_STATUS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "cxr/harness/journal.h"
#include "cxr/harness/store.h"
#include "cxr/spec/journal.pb.h"

// How runs stand, from the files in the store alone: whether a driver lives or
// not, on this machine or another.

namespace cxr {

// The state of a run from its journal and the leases of its running stages.
spec::RunStatus StatusOf(const RunHistory& run, const Store& store);

// One line a run, newest first.
std::string ToText(const std::vector<spec::RunStatus>& runs,
                   absl::TimeZone zone);

// All of one run, as of `now`.
std::string ToText(const spec::RunStatus& run, absl::Time now,
                   absl::TimeZone zone);

}  // namespace cxr

#endif  // CXR_HARNESS_RUN_STATUS_H_
