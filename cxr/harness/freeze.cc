// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/freeze.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/digest.h"

namespace cxr {
namespace {

constexpr double kSecondsAnHour = 3600;

// The device-hours of all stages that are not in the store, those included that
// cannot run here: what the target would take.
void AddDeviceHours(const std::vector<spec::StageCost>& costs,
                    const std::vector<absl::string_view>& stages,
                    const FreezeOptions& options, spec::PlanRecord& record) {
  for (const auto& [name, throughputs] : options.throughputs) {
    spec::DeviceHours hours;
    hours.set_deployment(name);
    double low = 0;
    double high = 0;
    int unknown = 0;
    for (size_t i = 0; i < costs.size(); ++i) {
      spec::StageCost cost = costs[i];
      throughputs.AddTime(stages[i], cost);
      low += cost.device_seconds_low();
      high += cost.device_seconds_high();
      unknown += IsTimeUnknown(cost) ? 1 : 0;
      if (cost.device_seconds_high() > 0 && !hours.has_basis()) {
        hours.set_basis(cost.basis());
      } else if (cost.device_seconds_high() > 0 &&
                 hours.basis() != cost.basis()) {
        hours.set_basis("measured and stated; --format=json tells which");
      }
    }
    hours.set_low(low / kSecondsAnHour);
    hours.set_high(high / kSecondsAnHour);
    hours.set_unknown_stages(unknown);
    if (high > 0) {
      *record.add_device_hours() = hours;
    }
  }
}

spec::PlannedStageRecord FreezeStage(const Plan& plan,
                                     const PlannedStage& stage,
                                     const Decision& decision,
                                     bool with_identity) {
  spec::PlannedStageRecord record;
  record.set_stage(std::string(StageName(stage.kind)));
  record.set_id(stage.id);
  record.set_version(stage.version);
  if (with_identity) {
    for (const spec::IdentityPart& part : plan.PartsOf(stage)) {
      *record.add_identity() = part;
    }
  }
  for (const spec::StageInput& input : stage.inputs) {
    *record.add_inputs() = input;
  }
  for (const auto& [kind, place] : stage.reads) {
    record.add_after(place);
  }
  for (std::string& name : plan.NamesOf(stage)) {
    record.add_experiments(std::move(name));
  }
  record.set_decision(decision.decision);
  record.set_reason(decision.reason);
  if (!decision.drift.empty()) {
    record.set_drift(decision.drift);
  }
  return record;
}

}  // namespace

std::string PlanDigest(const Plan& plan) {
  std::string text;
  for (const PlannedStage& stage : plan.stages) {
    absl::StrAppend(&text, StageName(stage.kind), " ", stage.id, "\n");
  }
  return Sha256Hex(text);
}

spec::PlanRecord Freeze(const Plan& plan,
                        const std::vector<Decision>& decisions,
                        const FreezeOptions& options) {
  spec::PlanRecord record;
  record.set_target(options.target);
  record.set_rung(options.rung);
  record.set_protocol(options.protocol);
  record.set_command(options.command);
  record.set_created_unix_seconds(absl::ToUnixSeconds(absl::Now()));
  record.set_digest(PlanDigest(plan));
  std::vector<spec::StageCost> costs;
  std::vector<absl::string_view> stages;
  for (size_t i = 0; i < plan.stages.size(); ++i) {
    const PlannedStage& stage = plan.stages[i];
    spec::PlannedStageRecord& frozen = *record.add_stages();
    frozen = FreezeStage(plan, stage, decisions[i], options.with_identity);
    if (decisions[i].decision == spec::REUSE) {
      continue;
    }
    spec::StageCost cost = options.cost(stage.kind, plan.ExperimentOf(stage));
    costs.push_back(cost);
    stages.push_back(StageName(stage.kind));
    if (!options.throughputs.empty()) {
      options.throughputs.front().second.AddTime(frozen.stage(), cost);
    }
    *frozen.mutable_cost() = cost;
  }
  AddDeviceHours(costs, stages, options, record);
  return record;
}

PlannedTime TimeToRun(const spec::PlanRecord& plan) {
  PlannedTime time;
  for (const spec::PlannedStageRecord& stage : plan.stages()) {
    if (!IsExecuted(stage.decision())) {
      continue;
    }
    time.low_hours += stage.cost().device_seconds_low() / kSecondsAnHour;
    time.high_hours += stage.cost().device_seconds_high() / kSecondsAnHour;
    time.unknown += IsTimeUnknown(stage.cost()) ? 1 : 0;
  }
  return time;
}

}  // namespace cxr
