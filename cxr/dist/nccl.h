// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DIST_NCCL_H_
#define CXR_DIST_NCCL_H_

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

#include "ATen/core/Tensor.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "c10/core/Device.h"
#include "c10/core/Event.h"
#include "c10/core/Stream.h"
#include "torch/csrc/distributed/c10d/Store.hpp"

namespace cxr {

// Sums over GPUs, one of each process, by NCCL. Its library, which LibTorch's
// CUDA half needs and brings, is loaded when the first communicator is made,
// and is called through its C interface: nothing of CUDA or NCCL is needed to
// build.
//
// Like all work of a GPU, sums are queued: calls return at once and what they
// have queued waits for the other processes, for ever if one of them is dead.
// So somebody has to look at Check() now and then, and to Abort().
class Nccl {
  struct Passkey {};
  struct Library;
  static const absl::StatusOr<Library>& LoadOnce();

 public:
  // FailedPrecondition unless there is a library.
  static absl::Status Load();

  // Returns when all `world` processes, which share `store`, have called it,
  // and waits for them as long as NCCL does. FailedPrecondition: no library;
  // Unavailable: another process was lost; Internal: what else NCCL says, such
  // as that two processes have the same GPU.
  static absl::StatusOr<std::unique_ptr<Nccl>> Join(c10d::Store& store,
                                                    int rank, int world,
                                                    c10::Device device);
  Nccl(Passkey, const Library& library, void* communicator, c10::Device device);
  ~Nccl();

  // Adds the contiguous `tensor` in place, behind all that the current stream
  // of its device has to do. Floating-point types of 16, 32 and 64 bits; int64.
  absl::Status Sum(at::Tensor& tensor);

  // Likewise, but on a stream of its own: what comes next on the current stream
  // does not wait. The function that is returned makes its caller's current
  // stream wait for the sum.
  absl::StatusOr<std::function<void()>> BeginSum(const at::Tensor& tensor);

  // Not OK if NCCL or the device has met an error, or if a sum is not done
  // `timeout` after it was asked for. From any thread.
  absl::Status Check(absl::Duration timeout);

  // Ends what is queued, with any numbers. From any thread, also while another
  // one is in a call, which then fails; there may be no call after it.
  void Abort();

 private:
  using Clock = std::chrono::steady_clock;
  struct Queued {
    std::shared_ptr<c10::Event> done;  // None while NCCL is being called.
    Clock::time_point since;
  };
  static absl::StatusOr<void*> Connect(c10d::Store& store, int rank, int world,
                                       c10::Device device);

  absl::Status Enqueue(const at::Tensor& tensor, const c10::Stream& stream,
                       std::shared_ptr<c10::Event>* done);

  const Library& library_;
  void* communicator_;
  const c10::Device device_;
  const c10::Stream stream_;  // of BeginSum
  std::mutex mutex_;
  std::deque<Queued> queued_;  // guarded by mutex_
  bool is_aborted_ = false;    // guarded by mutex_
};

}  // namespace cxr

#endif  // CXR_DIST_NCCL_H_
