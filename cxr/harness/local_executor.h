// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_LOCAL_EXECUTOR_H_
#define CXR_HARNESS_LOCAL_EXECUTOR_H_

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "cxr/harness/device_lock.h"

namespace cxr {

// How the process of a job ended.
struct JobEnd {
  int job = 0;
  int exit_code = 0;    // If no signal ended it.
  int signal = 0;       // 0 if none did.
  std::string message;  // What it wrote for the driver; may be cut off.
};

// Executes jobs on this machine, each in a process of its own that is forked
// from this one: a crash ends the job alone, and a job outlives this process if
// that is killed. This process must have one thread, and no library whose state
// does not survive a fork may be in use.
class LocalExecutor {
 public:
  // A process whose driver ends in order does not outlive it.
  ~LocalExecutor();

  // Starts a job. `body` runs in the new process, is given the descriptor for
  // its message and returns its exit code. The job holds `devices` until it
  // ends, also after the caller has let them go. Unavailable if the system has
  // no room for another process.
  absl::Status Start(int job, absl::FunctionRef<int(int)> body,
                     absl::Span<const DeviceLock> devices);

  // The jobs that ended since.
  std::vector<JobEnd> Reap();

  // Sends `signal` to every job.
  void SignalAll(int signal) const;

  int running() const { return static_cast<int>(jobs_.size()); }

 private:
  struct Job {
    pid_t pid = 0;
    int pipe = -1;
  };

  std::map<int, Job> jobs_;
};

}  // namespace cxr

#endif  // CXR_HARNESS_LOCAL_EXECUTOR_H_
