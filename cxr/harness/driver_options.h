// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_DRIVER_OPTIONS_H_
#define CXR_HARNESS_DRIVER_OPTIONS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "cxr/harness/decide.h"
#include "cxr/harness/device_lock.h"
#include "cxr/harness/journal.h"
#include "cxr/harness/lease_watch.h"
#include "cxr/harness/progress.h"
#include "cxr/harness/stage_function.h"
#include "cxr/harness/store.h"
#include "cxr/harness/why.h"
#include "cxr/spec/plan.pb.h"
#include "cxr/spec/run_record.pb.h"

// What a driver is given and what it gives back.

namespace cxr {

struct DriverOptions {
  const Store& store;
  // Runs in the process of the stage.
  StageFunction run;
  Progress& progress;
  // The plan as it was frozen; its costs weigh progress and go into records.
  const spec::PlanRecord& frozen;
  const Journal& journal;
  CodeDigestFunction code_digest;
  // Where the values of an experiment were written, by field path.
  OriginsFunction origins;
  // Copied into every record.
  spec::Provenance provenance = {};
  int max_parallel = 1;
  // Tries after the first of a stage that was interrupted or killed.
  int retries = 1;
  // Processes that execute a pretrain stage together; other stages have one. A
  // launcher has started them all, of which this is the first, or the stage
  // starts them.
  int pretrain_processes = 1;
  bool launched = false;
  // Names of devices of which each stage takes one for each of its
  // processes; none needed if empty.
  std::vector<std::string> devices = {};
  // Records of other code are made again.
  bool strict_code = false;
  // Not empty: instead of executing a stage whose experiment has an earlier
  // record, that record is taken as equal, with this justification.
  std::string accept_equivalent = {};
  // For tests.
  std::string device_folder = DeviceFolder();
  absl::Duration lease_patience = kLeasePatience;
  absl::Duration stop_patience = absl::Seconds(10);
  absl::Duration retry_delay = absl::Seconds(1);
};

// What became of a plan.
struct DriverResult {
  // The records of an experiment's stages, in running order, if all are there.
  std::map<std::string, std::vector<spec::RunRecord>> records = {};
  // Experiments that need what is not to be had here, with the reason, e.g.
  // "data: ...".
  std::map<std::string, std::string> missing = {};
  // Experiments with a failed stage, or files that cannot be read.
  std::map<std::string, absl::Status> failed = {};
  // Experiments of which a stage was not to be run, or was not reached.
  std::vector<std::string> not_run = {};
  int reused = 0;
  int run = 0;
  int accepted = 0;
  bool stopped = false;  // By a signal.
};

}  // namespace cxr

#endif  // CXR_HARNESS_DRIVER_OPTIONS_H_
