// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_WORKER_H_
#define CXR_HARNESS_WORKER_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cxr/harness/plan.h"
#include "cxr/harness/stage_function.h"
#include "cxr/harness/store.h"
#include "cxr/spec/journal.pb.h"
#include "cxr/spec/run_record.pb.h"

// One stage, from its lease to its record: what the process of a stage does.

namespace cxr {

struct WorkerJob {
  const Store& store;
  const Plan& plan;
  int stage = 0;  // Place in plan.stages.
  Store::AcquireOptions acquire = {};
  // The records of what it reads.
  std::map<StageKind, const spec::RunRecord*> inputs = {};
  // With where each value was written.
  std::vector<spec::IdentityPart> identity = {};
  // Copied into the record; times, experiment and rules are filled in.
  spec::Provenance provenance = {};
  StageFunction run;
  // A checkpoint that other code wrote is not gone on from.
  bool strict_code = false;
  // What it prints goes to the attempt's log.
  bool logs = true;
};

// How it ended.
struct WorkerEnd {
  // Ok: there is a record, by this process or another. AlreadyExists: another
  // process works on it. Else what went wrong.
  absl::Status status = absl::OkStatus();
  // It is the store that cannot be written.
  bool store_failed = false;
  // The kind of the input whose artifact turned out to be damaged.
  std::optional<StageKind> damaged = {};
};

WorkerEnd RunWorker(const WorkerJob& job);

// The record of a stage before its artifacts.
spec::RunRecord MakeRecord(const WorkerJob& job, const StageOutput& output);

}  // namespace cxr

#endif  // CXR_HARNESS_WORKER_H_
