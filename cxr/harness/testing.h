// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_TESTING_H_
#define CXR_HARNESS_TESTING_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "cxr/base/testing.h"
#include "cxr/harness/driver.h"
#include "cxr/harness/plan.h"
#include "cxr/harness/stage_function.h"
#include "cxr/harness/store.h"
#include "cxr/harness/store_index.h"

// Plans and runs for tests, so that each states only what matters to it.

namespace cxr {

using InputsFunction =
    absl::FunctionRef<absl::StatusOr<std::vector<spec::StageInput>>(
        StageKind, const spec::ExperimentSpec&)>;

// The experiment of a text, at rung smoke.
ResolvedExperiment ExperimentForTest(const std::string& name,
                                     absl::string_view text);

// An experiment of five stages that differs from others by its target alone, so
// that all share data and features.
ResolvedExperiment SmallExperiment(const std::string& name,
                                   const std::string& target);

// The data stage reads one file; nothing else is read from outside.
absl::StatusOr<std::vector<spec::StageInput>> OneFile(
    StageKind kind, const spec::ExperimentSpec& stage);

// A plan in which experiments name each other's pretrainings.
Plan PlanForTest(
    const std::vector<ResolvedExperiment>& experiments,
    InputsFunction inputs = OneFile,
    absl::FunctionRef<int(StageKind)> version = [](StageKind) { return 1; });

// How a test runs a plan.
struct RunForTestOptions {
  std::string target = "test";
  std::string code = "c0de";
  int max_parallel = 1;
  int retries = 1;
  int pretrain_processes = 1;
  std::vector<std::string> devices = {};
  std::string device_folder = {};
  bool strict_code = false;
  std::string accept_equivalent = {};
  absl::Duration lease_patience = absl::Seconds(30);
  absl::Duration stop_patience = absl::Seconds(10);
  // What the driver says; nothing if null.
  std::FILE* log = nullptr;
};

absl::StatusOr<DriverResult> RunForTest(const Plan& plan, const Store& store,
                                        StageFunction run,
                                        const RunForTestOptions& options = {});

// The store below a test's folder, and its index.
Store OpenStore(const TempDir& dir);
StoreIndex IndexOf(const Store& store);

// A stage that gives nothing.
absl::StatusOr<StageOutput> Nothing(const StageRequest& request);

// Adds a line to a file; from any process.
void AddLine(const std::string& path, absl::string_view line);

// The lines of a file, in order; none if it is not there.
std::vector<std::string> LinesOf(const std::string& path);

}  // namespace cxr

#endif  // CXR_HARNESS_TESTING_H_
