// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_DRIVER_H_
#define CXR_HARNESS_DRIVER_H_

#include <map>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/harness/plan.h"
#include "cxr/harness/progress.h"
#include "cxr/harness/store.h"
#include "cxr/spec/run_record.pb.h"

// Runs what of a plan is not in the store yet.

namespace cxr {

// What the code of a stage is given.
struct StageRequest {
  StageKind kind;
  const spec::ExperimentSpec& spec;
  // Contents of an artifact of one of the stage's inputs.
  absl::FunctionRef<absl::StatusOr<std::string>(StageKind, absl::string_view)>
      read;
  // Tells how much of the stage is done, from 0 to 1. From any thread.
  absl::FunctionRef<void(double)> report_progress;
};

// What the code of a stage gives back.
struct StageOutput {
  std::vector<ArtifactBytes> artifacts = {};
  std::vector<spec::MetricValue> metrics = {};
  std::vector<std::string> notes = {};
};

using StageFunction =
    absl::FunctionRef<absl::StatusOr<StageOutput>(const StageRequest&)>;

struct DriverOptions {
  const Store& store;
  StageFunction run;
  Progress& progress;
  // Copied into every record; times and experiment are filled in.
  spec::Provenance provenance = {};
};

// What became of a plan.
struct DriverResult {
  // The records of an experiment's stages, in running order, if all are there.
  std::map<std::string, std::vector<spec::RunRecord>> records = {};
  // Experiments with a failed stage, or files that cannot be read.
  std::map<std::string, absl::Status> failed = {};
  // Experiments of which a stage was not run, when nothing was to be run.
  std::vector<std::string> not_run = {};
  int reused = 0;
  int run = 0;
};

// Runs every stage whose record is not in the store, inputs first. A failing
// stage fails the experiments that need it; the others go on. A damaged record
// or artifact is announced and made again. Fails only if the store cannot be
// read or written, with the store's error.
absl::StatusOr<DriverResult> RunPlan(const Plan& plan,
                                     const DriverOptions& options);

// Only looks; experiments whose stages are not all in the store are not_run.
DriverResult CollectRecords(const Plan& plan, const Store& store);

}  // namespace cxr

#endif  // CXR_HARNESS_DRIVER_H_
