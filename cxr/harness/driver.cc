// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/driver.h"

#include <atomic>
#include <optional>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/status_macros.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

constexpr int kNone = -1;

class Driver {
 public:
  Driver(const Plan& plan, const DriverOptions& options)
      : plan_(plan),
        options_(options),
        records_(plan.stages.size()),
        failures_(plan.stages.size()) {}

  absl::StatusOr<DriverResult> Run() {
    const absl::Cleanup wipe = [this] { options_.progress.End(); };
    // Looked up first, so that progress counts only what there is to do.
    for (size_t i = 0; i < plan_.stages.size(); ++i) {
      CXR_RETURN_IF_ERROR(LookUp(i));
    }
    int done = 0;
    options_.progress.Start(static_cast<int>(plan_.stages.size()) -
                            result_.reused);
    for (size_t i = 0; i < plan_.stages.size(); ++i) {
      if (!records_[i].has_value()) {
        CXR_RETURN_IF_ERROR(RunOne(i));
        options_.progress.Finished(++done);
      }
    }
    Collect();
    return std::move(result_);
  }

 private:
  // OK also if the record is not there, or damaged.
  absl::Status LookUp(size_t i) {
    const PlannedStage& stage = plan_.stages[i];
    absl::StatusOr<spec::RunRecord> record =
        options_.store.Find(StageName(stage.kind), stage.id);
    if (record.ok()) {
      records_[i] = *std::move(record);
      ++result_.reused;
    } else if (absl::IsDataLoss(record.status())) {
      SayDamaged(record.status());
    } else if (!absl::IsNotFound(record.status())) {
      return record.status();
    }
    return absl::OkStatus();
  }

  void SayDamaged(const absl::Status& status) {
    options_.progress.Say(
        absl::StrCat("made again, because it is damaged: ", status.message()));
  }

  // OK also if the stage itself fails; not OK if the store does.
  absl::Status RunOne(size_t i) {
    const PlannedStage& stage = plan_.stages[i];
    for (const auto& [kind, place] : stage.inputs) {
      if (!records_[place].has_value()) {
        failures_[i] = failures_[place];
        return absl::OkStatus();
      }
    }
    const absl::Time begin = absl::Now();
    options_.progress.Begin(
        absl::StrCat(StageName(stage.kind), " ", stage.experiment.name));
    std::atomic<int> damaged = kNone;
    absl::StatusOr<StageOutput> output = Execute(stage, damaged);
    if (!output.ok() && damaged != kNone) {
      // An input was damaged in a way that only reading shows.
      SayDamaged(output.status());
      records_[damaged].reset();
      --result_.reused;
      CXR_RETURN_IF_ERROR(RunOne(static_cast<size_t>(damaged)));
      if (!records_[damaged].has_value()) {
        failures_[i] = failures_[damaged];
        return absl::OkStatus();
      }
      damaged = kNone;
      output = Execute(stage, damaged);
    }
    if (!output.ok()) {
      failures_[i] = output.status();
      return absl::OkStatus();
    }
    ++result_.run;
    CXR_ASSIGN_OR_RETURN(
        records_[i],
        options_.store.Commit(MakeRecord(stage, *output, absl::Now() - begin),
                              output->artifacts));
    return absl::OkStatus();
  }

  // Sets `damaged` to the place of an input whose artifact was damaged.
  absl::StatusOr<StageOutput> Execute(const PlannedStage& stage,
                                      std::atomic<int>& damaged) {
    const auto read = [&](StageKind kind, absl::string_view name) {
      const int place = stage.inputs.at(kind);
      absl::StatusOr<std::string> bytes =
          options_.store.ReadArtifact(*records_[place], name);
      if (absl::IsDataLoss(bytes.status())) {
        damaged = place;
      }
      return bytes;
    };
    const auto report = [&](double part) { options_.progress.Within(part); };
    return options_.run({.kind = stage.kind,
                         .spec = stage.experiment.spec,
                         .read = read,
                         .report_progress = report});
  }

  spec::RunRecord MakeRecord(const PlannedStage& stage,
                             const StageOutput& output,
                             absl::Duration wall) const {
    spec::RunRecord record;
    record.set_stage(stage.identity.stage);
    record.set_id(stage.id);
    record.set_version(stage.identity.version);
    for (const spec::IdentityPart& part : stage.identity.parts) {
      *record.add_identity() = part;
    }
    for (const spec::StageInput& input : stage.identity.inputs) {
      *record.add_inputs() = input;
    }
    for (const spec::MetricValue& metric : output.metrics) {
      *record.add_metrics() = metric;
    }
    for (const std::string& note : output.notes) {
      record.add_notes(note);
    }
    record.set_resolved_spec(
        ToTextproto(StageSpec(stage.experiment.spec, stage.kind)));
    spec::Provenance& provenance = *record.mutable_provenance();
    provenance = options_.provenance;
    provenance.set_created_unix_seconds(absl::ToUnixSeconds(absl::Now()));
    provenance.set_wall_seconds(absl::ToDoubleSeconds(wall));
    provenance.set_experiment(stage.experiment.name);
    provenance.set_rung(stage.experiment.rung);
    return record;
  }

  void Collect() {
    result_.failed = plan_.failed;
    for (const auto& [name, places] : plan_.stages_of) {
      std::vector<spec::RunRecord>& own = result_.records[name];
      for (const int place : places) {
        if (!records_[place].has_value()) {
          result_.failed[name] = failures_[place];
          result_.records.erase(name);
          break;
        }
        own.push_back(*records_[place]);
      }
    }
  }

  const Plan& plan_;
  const DriverOptions& options_;
  std::vector<std::optional<spec::RunRecord>> records_;
  std::vector<absl::Status> failures_;
  DriverResult result_;
};

}  // namespace

absl::StatusOr<DriverResult> RunPlan(const Plan& plan,
                                     const DriverOptions& options) {
  return Driver(plan, options).Run();
}

DriverResult CollectRecords(const Plan& plan, const Store& store) {
  DriverResult result{.failed = plan.failed};
  for (const auto& [name, places] : plan.stages_of) {
    std::vector<spec::RunRecord> own;
    absl::Status status;
    for (const int place : places) {
      const PlannedStage& stage = plan.stages[place];
      absl::StatusOr<spec::RunRecord> record =
          store.Find(StageName(stage.kind), stage.id);
      status.Update(record.status());
      if (record.ok()) {
        own.push_back(*std::move(record));
      }
    }
    if (status.ok()) {
      result.reused += static_cast<int>(own.size());
      result.records[name] = std::move(own);
    } else if (absl::IsNotFound(status)) {
      result.not_run.push_back(name);
    } else {
      result.failed[name] = status;
    }
  }
  return result;
}

}  // namespace cxr
