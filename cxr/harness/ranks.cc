// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/ranks.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>

#include "absl/strings/str_cat.h"
#include "cxr/base/exit_code.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/job_report.h"

namespace cxr {
namespace {

// The system ends this process when its parent ends; at once, if that is over.
void EndWithParent(pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(static_cast<int>(ExitCode::kRetryable));
}

}  // namespace

absl::Status Ranks::Start(int processes,
                          absl::FunctionRef<absl::Status(int rank)> body) {
  const pid_t parent = getpid();
  for (int rank = 1; rank < processes; ++rank) {
    CXR_RETURN_IF_ERROR(executor_.Start(rank,
                                        [&](int fd) {
                                          EndWithParent(parent);
                                          return TellDriver(
                                              {.status = body(rank)}, fd);
                                        },
                                        {}));
  }
  return absl::OkStatus();
}

absl::Status Ranks::CauseOf(const absl::Status& mine) {
  if (!absl::IsUnavailable(mine)) return mine;
  absl::Status cause = mine;
  // Who has failed by itself ended before anybody missed it.
  for (const JobEnd& end : executor_.Reap()) {
    const absl::Status status =
        Annotate(ToStatus(end), absl::StrCat("rank ", end.job));
    if (end.signal != 0) cause = status;
    if (!status.ok() && !absl::IsUnavailable(status)) return status;
  }
  return cause;
}

}  // namespace cxr
