// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_WHY_H_
#define CXR_HARNESS_WHY_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "cxr/harness/decide.h"
#include "cxr/harness/plan.h"
#include "cxr/harness/store.h"
#include "cxr/harness/store_index.h"
#include "cxr/spec/plan.pb.h"
#include "cxr/spec/run_record.pb.h"

// Why a stage would be executed: what differs from the last record of the same
// experiment under the same rules.

namespace cxr {

// Where the values of an experiment were written, "file:line" by field path.
using OriginsFunction = absl::FunctionRef<std::map<std::string, std::string>(
    const ResolvedExperiment&)>;

// The parts with their origins.
std::vector<spec::IdentityPart> WithOrigins(
    absl::Span<const spec::IdentityPart> parts,
    const std::map<std::string, std::string>& origins);

// The newest record of the same stage of the same experiment, if it is another
// one than the plan's. None if there is none, or none that can be read.
std::optional<spec::RunRecord> EarlierRecord(const Plan& plan, int place,
                                             const Store& store,
                                             const StoreIndex& index);

// What a stage declares otherwise than the record did: fields, the version of
// the code, digests of files and weights. Not what it reads of other stages.
std::vector<spec::FieldChange> ChangesBetween(
    const spec::RunRecord& earlier, const PlannedStage& stage,
    absl::Span<const spec::IdentityPart> parts);

// "train.epochs: 2 (a.textproto:7) -> 3 (b.textproto:3)".
std::string ToString(const spec::FieldChange& change);

struct WhyOptions {
  std::string target = {};
  std::string rung = {};
  std::string protocol = {};
  const Store& store;
  const StoreIndex& index;
  OriginsFunction origins;
};

// Of every stage that is not simply reused.
spec::WhyRecord Explain(const Plan& plan,
                        const std::vector<Decision>& decisions,
                        const WhyOptions& options);

}  // namespace cxr

#endif  // CXR_HARNESS_WHY_H_
