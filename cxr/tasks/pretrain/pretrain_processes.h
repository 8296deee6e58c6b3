// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_PRETRAIN_PRETRAIN_PROCESSES_H_
#define CXR_TASKS_PRETRAIN_PRETRAIN_PROCESSES_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "c10/core/Device.h"
#include "cxr/data/load/order.h"
#include "cxr/dist/communicator.h"
#include "cxr/harness/stage_function.h"
#include "cxr/train/pretrain/pretrainer.h"

namespace cxr {

// The processes that pretrain together, each on as many groups of every batch:
// this one's part, and what all of them agree on. All make the same calls in
// the same order. One process alone agrees with itself.
class PretrainProcesses {
 public:
  // Opens this process' device and returns when all processes of `request` have
  // arrived. InvalidArgument if the groups of a batch cannot be shared;
  // FailedPrecondition if the launcher started another number of processes;
  // OpenDevice's and Communicator's errors.
  static absl::StatusOr<std::unique_ptr<PretrainProcesses>> Meet(
      const StageRequest& request, absl::string_view device);

  PretrainProcesses(std::unique_ptr<Communicator> communicator,
                    c10::Device device)
      : communicator_(std::move(communicator)), device_(device) {}

  c10::Device device() const { return device_; }
  int count() const { return communicator_->world(); }
  // The one that logs, evaluates, saves and gives the output.
  bool is_first() const { return communicator_->rank() == 0; }

  // The part of a batch that this process works on: whole groups.
  PositionRange ShareOf(PositionRange batch) const {
    return RankShare(batch, communicator_->rank(), count());
  }

  // For Pretrainer::Step; empty if there is one process. They throw, so that
  // what the step says is to be given to CauseOf.
  ProcessSums sums();

  // The sum of a number over the processes.
  absl::StatusOr<int64_t> Total(int64_t mine);

  // FailedPrecondition, everywhere, unless all are to begin with the same step.
  absl::Status AgreeOnFirstStep(int64_t step);

  // OK if `mine` is OK everywhere. Else all end: with `mine`, or Cancelled if
  // it is another process that cannot go on.
  absl::Status AgreeToGoOn(const absl::Status& mine);

  // Why this process fails with `status`: a process that is missing, with its
  // number, if there is one.
  absl::Status CauseOf(const absl::Status& status) const;

  // Leaves; the last call.
  absl::Status Close() { return communicator_->Close(); }

  // How long this process waited for sums of steps, and so for the others. Not
  // known of GPUs, which wait by themselves.
  std::optional<double> summing_seconds() const;

 private:
  std::unique_ptr<Communicator> communicator_;
  const c10::Device device_;
  absl::Duration summing_ = absl::ZeroDuration();
};

}  // namespace cxr

#endif  // CXR_TASKS_PRETRAIN_PRETRAIN_PROCESSES_H_
