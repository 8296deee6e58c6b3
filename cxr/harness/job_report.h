// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_JOB_REPORT_H_
#define CXR_HARNESS_JOB_REPORT_H_

#include <optional>

#include "absl/status/status.h"
#include "cxr/harness/local_executor.h"
#include "cxr/harness/stage.h"

// What the process of a stage tells its driver when it ends: an exit code, and
// the reason through a pipe. It needs no disk, which may be full.

namespace cxr {

// How the process of a stage ended.
struct WorkerEnd {
  // Ok: there is a record, by this process or another. AlreadyExists: another
  // process works on it. Else what went wrong.
  absl::Status status = absl::OkStatus();
  // It is the store that cannot be written.
  bool store_failed = false;
  // The kind of the input whose artifact turned out to be damaged.
  std::optional<StageKind> damaged = {};
};

// Besides the codes of ExitCode: another process has the stage.
inline constexpr int kTakenExit = 79;

// In the process of the stage: writes the reason to `fd`, returns the exit
// code.
int TellDriver(const WorkerEnd& end, int fd);

// In the driver: OK if there is a record. A process that a signal ended is
// Unavailable, which may be tried again.
absl::Status ToStatus(const JobEnd& end);

// The kind of the input that was damaged.
std::optional<StageKind> DamagedInputOf(const JobEnd& end);

}  // namespace cxr

#endif  // CXR_HARNESS_JOB_REPORT_H_
