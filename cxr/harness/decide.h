// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_DECIDE_H_
#define CXR_HARNESS_DECIDE_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "cxr/harness/plan.h"
#include "cxr/harness/store.h"
#include "cxr/harness/store_index.h"
#include "cxr/spec/plan.pb.h"

// What becomes of the stages of a plan, given what a store has. Only looks.

namespace cxr {

// The digest of the sources of a stage's code; see Provenance.code_digest.
using CodeDigestFunction = absl::FunctionRef<std::string(StageKind)>;

// Whether a stage of this decision is executed: RUN or RESUME.
bool IsExecuted(spec::StageDecision decision);

// Of one stage.
struct Decision {
  spec::StageDecision decision = spec::RUN;
  std::string reason = {};  // In a few words.
  // Not empty if the record that is reused was made by other code.
  std::string drift = {};
};

struct DecideOptions {
  const Store& store;
  const StoreIndex& index;
  CodeDigestFunction code_digest;
  // Records of other code are made again, and so all that was made from them.
  bool strict_code = false;
};

// The newest line of the index of this stage of one of its experiments, under
// the same rules and whatever its id; null if there is none.
const IndexEntry* NewestOf(const Plan& plan, const PlannedStage& stage,
                           const StoreIndex& index);

// One a stage, in the plan's order. Records are taken to be sound: whether they
// are is seen when they are read.
std::vector<Decision> Decide(const Plan& plan, const DecideOptions& options);

}  // namespace cxr

#endif  // CXR_HARNESS_DECIDE_H_
