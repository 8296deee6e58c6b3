// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_ACCEPT_H_
#define CXR_HARNESS_ACCEPT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/harness/plan.h"
#include "cxr/harness/store.h"
#include "cxr/spec/run_record.pb.h"

namespace cxr {

// A stage and the record that is to stand for its own.
struct Acceptance {
  const Store& store;
  const Plan& plan;
  int stage = 0;
  const spec::RunRecord& earlier;
  // Of the stage as it is declared now, with origins.
  std::vector<spec::IdentityPart> identity = {};
  // Why the two are equal, by whoever says so.
  std::string reason = {};
};

// Completes the stage with the artifacts and metrics of the earlier record. The
// new one says so, in `accepted` and in a note that tables print. None if
// another process works on the stage or has completed it. The codes of Store.
absl::StatusOr<std::optional<spec::RunRecord>> AcceptRecord(
    const Acceptance& acceptance);

}  // namespace cxr

#endif  // CXR_HARNESS_ACCEPT_H_
