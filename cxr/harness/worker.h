// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_WORKER_H_
#define CXR_HARNESS_WORKER_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cxr/harness/job_report.h"
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
  // That execute the stage together.
  int processes = 1;
  // A launcher has started all of them; else this process starts the others.
  bool launched = false;
  // A checkpoint that other code wrote is not gone on from.
  bool strict_code = false;
  // What it prints goes to the attempt's log.
  bool logs = true;
};

// Executes a stage. If several processes execute it, this one is rank 0, which
// alone has the lease, and must have one thread, because it is forked.
WorkerEnd RunWorker(const WorkerJob& job);

// Executes the part of rank `rank` > 0 of a stage whose processes a launcher
// started. Rank 0 is in RunWorker; this changes nothing in the store.
absl::Status RunWorkerRank(const WorkerJob& job, int rank);

// The record of a stage before its artifacts.
spec::RunRecord MakeRecord(const WorkerJob& job, const StageOutput& output);

}  // namespace cxr

#endif  // CXR_HARNESS_WORKER_H_
