// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/accept.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/why.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

// So many digits of an id tell records apart.
constexpr size_t kIdDigits = 12;

spec::RunRecord AcceptedRecord(const Acceptance& acceptance) {
  const PlannedStage& stage = acceptance.plan.At(acceptance.stage);
  const ResolvedExperiment& experiment = acceptance.plan.ExperimentOf(stage);
  spec::RunRecord record = acceptance.earlier;
  record.set_id(stage.id);
  record.set_version(stage.version);
  record.clear_artifacts();
  record.mutable_identity()->Assign(acceptance.identity.begin(),
                                    acceptance.identity.end());
  record.mutable_inputs()->Assign(stage.inputs.begin(), stage.inputs.end());
  record.set_resolved_spec(ToTextproto(StageSpec(experiment.spec, stage.kind)));
  // Nothing was measured.
  record.mutable_provenance()->clear_flops();
  record.mutable_provenance()->clear_images();
  record.mutable_provenance()->clear_wall_seconds();
  spec::AcceptedEquivalent& accepted = *record.mutable_accepted();
  accepted.Clear();
  accepted.set_id(acceptance.earlier.id());
  accepted.set_reason(acceptance.reason);
  for (const spec::FieldChange& change :
       ChangesBetween(acceptance.earlier, stage, acceptance.identity)) {
    accepted.add_changes(ToString(change));
  }
  // What only passes on a change of what it reads has nothing to justify.
  if (!accepted.changes().empty()) {
    record.add_notes(
        absl::StrCat("the ", record.stage(), " of record ",
                     acceptance.earlier.id().substr(0, kIdDigits),
                     " was accepted as equivalent: ", acceptance.reason));
  }
  return record;
}

}  // namespace

absl::StatusOr<std::optional<spec::RunRecord>> AcceptRecord(
    const Acceptance& acceptance) {
  const PlannedStage& stage = acceptance.plan.At(acceptance.stage);
  const absl::StatusOr<Lease> lease =
      acceptance.store.Acquire(StageName(stage.kind), stage.id, {});
  if (absl::IsUnavailable(lease.status()) ||
      absl::IsAlreadyExists(lease.status())) {
    return std::optional<spec::RunRecord>();
  }
  CXR_RETURN_IF_ERROR(lease.status());
  return acceptance.store.CommitCopy(*lease, AcceptedRecord(acceptance),
                                     acceptance.earlier);
}

}  // namespace cxr
