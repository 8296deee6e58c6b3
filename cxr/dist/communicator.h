// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DIST_COMMUNICATOR_H_
#define CXR_DIST_COMMUNICATOR_H_

#include <cstdint>
#include <functional>
#include <memory>

#include "ATen/core/Tensor.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "c10/core/Device.h"
#include "cxr/dist/rendezvous.h"
#include "torch/csrc/distributed/c10d/Store.hpp"

namespace cxr {

// Sums over the processes of one run: of tensors on the CPU by Gloo, on the GPU
// of each process by NCCL. All processes make the same calls in the same order,
// each from one thread at a time.
//
//   CXR_ASSIGN_OR_RETURN(const Rendezvous rendezvous, FindRendezvous());
//   CXR_ASSIGN_OR_RETURN(
//       const std::unique_ptr<Communicator> processes,
//       Communicator::Create(rendezvous, at::kCPU, absl::Minutes(10)));
//   const absl::Status status = CatchTorch("training step", [&] {
//     trainer.Step(batches, step,
//                  [&](at::Tensor& tensor) { processes->Sum(tensor); });
//   });
//   CXR_RETURN_IF_ERROR(processes->failure());
//   CXR_RETURN_IF_ERROR(status);
//   ...
//   return processes->Close();
class Communicator {
  struct Passkey {};
  struct Link;

 public:
  // Returns when all processes of `rendezvous` have arrived. `device`, which is
  // open, is the CPU, or the GPU that this process alone has.
  //
  // No later call on the CPU takes longer than `timeout`, at least a second,
  // which has to hold the longest time that one process may wait for another;
  // this one takes twice as long at most, or `meeting` and `timeout` together,
  // if processes that start at once have not arrived after `meeting`. Errors as
  // MeetInStore's (meeting.h) and Nccl::Join's (nccl.h).
  static absl::StatusOr<std::unique_ptr<Communicator>> Create(
      const Rendezvous& rendezvous, at::Device device, absl::Duration timeout,
      absl::Duration meeting = absl::InfiniteDuration());
  Communicator(Passkey, const Rendezvous& rendezvous,
               std::unique_ptr<Link> link);
  ~Communicator();

  int rank() const { return rank_; }
  int world() const { return world_; }

  // Adds the contiguous `tensor` to those of all other processes, in place. All
  // get the same bits; those of CPUs depend on the number of processes and a
  // number's place in the tensor alone. With one process, nothing. If a process
  // is missing, throws c10::DistBackendError, since it is called in the midst
  // of torch code; failure() is then set.
  //
  // On a GPU the sum is queued on the current stream. If a process is missing,
  // failure() is set before that stream goes on, with numbers that mean
  // nothing: ask after each wait for the stream.
  void Sum(at::Tensor& tensor);

  // As Sum, but this process goes on meanwhile. The tensor is to be left alone
  // until the function that is returned has been called: it waits, or makes the
  // current stream of a GPU wait, and throws as Sum does.
  std::function<void()> BeginSum(const at::Tensor& tensor);

  // Returns when all processes have called it.
  absl::Status Barrier();

  // True everywhere if `mine` is true anywhere.
  absl::StatusOr<bool> Any(bool mine);

  // Why calls fail: Unavailable, naming the ranks that do not answer or have
  // not come to the call, as far as can be told. Once set it stays, and no call
  // waits any more.
  absl::Status failure() const;

  // Leaves without the others taking it for a failure; the last call. Rank 0
  // waits for the others to leave.
  absl::Status Close();

 private:
  using Wait = std::function<absl::Status()>;

  absl::Status Connect(const Rendezvous& rendezvous);
  absl::Status ConnectGpus();
  // Begins a sum over several processes.
  absl::StatusOr<Wait> Begin(const at::Tensor& tensor);
  absl::StatusOr<Wait> BeginOnCpu(const at::Tensor& tensor);
  absl::Status SumOver(at::Tensor& tensor);
  // Sets failure(), unless it is set, to what `asked` tells of the call
  // numbered `call`, and gives it back. Who asks for it meanwhile waits for the
  // words.
  absl::Status Fail(c10d::Store& asked, int64_t call,
                    const absl::Status& cause);
  // Likewise, and ends all other calls.
  absl::Status Explain(int64_t call, const absl::Status& cause);
  absl::Status ExplainGpu(int64_t call, const absl::Status& cause);
  // Ends all that GPUs have queued if it would wait for ever; false then.
  bool WatchGpus();

  int rank_;
  int world_;
  std::unique_ptr<Link> link_;  // To the other processes, if there are any.
};

}  // namespace cxr

#endif  // CXR_DIST_COMMUNICATOR_H_
