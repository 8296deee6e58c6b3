// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DIST_RENDEZVOUS_H_
#define CXR_DIST_RENDEZVOUS_H_

#include <functional>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// How the processes of one run find each other. Torch-free.

namespace cxr {

struct Rendezvous {
  std::string launcher = {};  // who started the processes, for texts
  int rank = 0;               // 0 ... world - 1
  int world = 1;              // processes of the run
  int local_rank = 0;         // among those of this machine ...
  int local_world = 1;        // ... so many, if the launcher says it
  // Where rank 0 keeps the store through which they meet ...
  std::string address = {};
  int port = 0;
  bool launcher_keeps_store = false;  // ... unless the launcher does;
  std::string file = {};  // or a file that all of them reach, in their place.
  int attempt = 0;        // how often the launcher has started the run again
};

// The value of a variable, or none.
using Environment =
    std::function<std::optional<std::string>(absl::string_view name)>;

// That of this process.
std::optional<std::string> ProcessEnvironment(absl::string_view name);

// What the launcher says. The innermost one counts, since torchrun and mpirun
// are themselves started under Slurm:
//
//   torchrun, or a person by hand: RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR,
//     MASTER_PORT; LOCAL_WORLD_SIZE,
//     TORCHELASTIC_{RUN_ID,RESTART_COUNT,USE_AGENT_STORE}
//   Open MPI: OMPI_COMM_WORLD_{RANK,SIZE,LOCAL_RANK,LOCAL_SIZE}; on several
//     machines also MASTER_ADDR (mpirun -x MASTER_ADDR)
//   Slurm, within srun: SLURM_{STEP_ID,PROCID,NTASKS,LOCALID,NODEID,JOB_ID};
//     the address is the first host of SLURM_STEP_NODELIST or
//     SLURM_JOB_NODELIST, the port follows from job, step and
//     SLURM_RESTART_COUNT
//
// MASTER_ADDR and MASTER_PORT replace what is derived. CXR_RENDEZVOUS, a
// file:///path, takes the place of both; the file's name gets the job and the
// attempt appended, where they are known, because the file of a killed attempt
// stays. Nothing set: one process.
//
// InvalidArgument if some variables lack or do not fit together.
absl::StatusOr<Rendezvous> FindRendezvous(
    const Environment& environment = ProcessEnvironment);

}  // namespace cxr

#endif  // CXR_DIST_RENDEZVOUS_H_
