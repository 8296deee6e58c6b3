// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/driver.h"

#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

class Driver {
 public:
  Driver(const Plan& plan, const DriverOptions& options)
      : plan_(plan),
        options_(options),
        records_(plan.stages.size()),
        failures_(plan.stages.size()) {}

  absl::StatusOr<DriverResult> Run() {
    // Looked up first, so that progress counts only what there is to do.
    for (size_t i = 0; i < plan_.stages.size(); ++i) {
      LookUp(i);
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
    options_.progress.End();
    Collect();
    return std::move(result_);
  }

 private:
  void LookUp(size_t i) {
    const PlannedStage& stage = plan_.stages[i];
    absl::StatusOr<spec::RunRecord> record =
        options_.store.Find(StageName(stage.kind), stage.id);
    if (record.ok()) {
      records_[i] = *std::move(record);
      ++result_.reused;
    } else if (!absl::IsNotFound(record.status())) {
      options_.progress.Say(absl::StrCat("made again, because it is damaged: ",
                                         record.status().message()));
    }
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
    absl::StatusOr<StageOutput> output = Execute(stage);
    if (!output.ok()) {
      failures_[i] = std::string(output.status().message());
      options_.progress.Say(absl::StrCat(StageName(stage.kind), " ",
                                         stage.experiment.name,
                                         " failed: ", failures_[i]));
      return absl::OkStatus();
    }
    ++result_.run;
    CXR_RETURN_IF_ERROR(options_.store.Commit(
        MakeRecord(stage, *output, absl::Now() - begin), output->artifacts));
    absl::StatusOr<spec::RunRecord> record =
        options_.store.Find(StageName(stage.kind), stage.id);
    CXR_RETURN_IF_ERROR(record.status());
    records_[i] = *std::move(record);
    return absl::OkStatus();
  }

  absl::StatusOr<StageOutput> Execute(const PlannedStage& stage) {
    const auto read = [&](StageKind kind, absl::string_view name) {
      return options_.store.ReadArtifact(*records_[stage.inputs.at(kind)],
                                         name);
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
    spec::Provenance& provenance = *record.mutable_provenance();
    provenance = options_.provenance;
    provenance.set_created_unix_seconds(absl::ToUnixSeconds(absl::Now()));
    provenance.set_wall_seconds(absl::ToDoubleSeconds(wall));
    provenance.set_experiment(stage.experiment.name);
    provenance.set_rung(stage.experiment.rung);
    return record;
  }

  void Collect() {
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
  std::vector<std::string> failures_;
  DriverResult result_;
};

}  // namespace

absl::StatusOr<DriverResult> RunPlan(const Plan& plan,
                                     const DriverOptions& options) {
  return Driver(plan, options).Run();
}

DriverResult CollectRecords(const Plan& plan, const Store& store) {
  DriverResult result;
  for (const auto& [name, places] : plan.stages_of) {
    std::vector<spec::RunRecord> own;
    for (const int place : places) {
      const PlannedStage& stage = plan.stages[place];
      absl::StatusOr<spec::RunRecord> record =
          store.Find(StageName(stage.kind), stage.id);
      if (!record.ok()) {
        result.failed[name] = absl::IsNotFound(record.status())
                                  ? "not run"
                                  : std::string(record.status().message());
        break;
      }
      own.push_back(*std::move(record));
    }
    if (own.size() == places.size()) {
      result.reused += static_cast<int>(own.size());
      result.records[name] = std::move(own);
    }
  }
  return result;
}

}  // namespace cxr
