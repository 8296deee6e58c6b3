// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/pretrain_processes.h"

#include <utility>

#include "ATen/ops/full.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_device.h"
#include "cxr/base/torch_status.h"
#include "cxr/dist/rendezvous.h"
#include "cxr/dist/share.h"
#include "cxr/spec/pretrain.pb.h"

namespace cxr {
namespace {

// One process may look at the teacher or save a checkpoint while the others
// wait. Those that have ended are missed at once. NCCL's default in PyTorch.
constexpr absl::Duration kLongestWait = absl::Minutes(30);

// From fork to arrival, on a machine with much else to do ...
constexpr absl::Duration kForkPatience = absl::Minutes(2);
// ... and where a launcher starts processes on several machines.
constexpr absl::Duration kLaunchPatience = absl::Minutes(10);

absl::StatusOr<Rendezvous> RendezvousOf(const StageRequest& request) {
  if (request.processes == 1) return Rendezvous{.launcher = "one process"};
  if (!request.meeting_file.empty()) {
    return Rendezvous{.launcher = "cxr run",
                      .rank = request.rank,
                      .world = request.processes,
                      .local_rank = request.rank,
                      .address = "127.0.0.1",
                      .file = request.meeting_file};
  }
  CXR_ASSIGN_OR_RETURN(Rendezvous found, FindRendezvous());
  if (found.rank != request.rank || found.world != request.processes) {
    return absl::FailedPreconditionError(absl::StrCat(
        found.launcher, " started rank ", found.rank, " of ", found.world,
        ", expected rank ", request.rank, " of ", request.processes));
  }
  return found;
}

}  // namespace

absl::StatusOr<std::unique_ptr<PretrainProcesses>> PretrainProcesses::Meet(
    const StageRequest& request, absl::string_view device_name) {
  const spec::PretrainBatchSpec& batch = request.spec.pretrain().batch();
  CXR_RETURN_IF_ERROR(CheckShare(batch.global_images() / batch.group_images(),
                                 request.processes));
  CXR_ASSIGN_OR_RETURN(const Rendezvous rendezvous, RendezvousOf(request));
  CXR_ASSIGN_OR_RETURN(const c10::Device device,
                       OpenDeviceOfRank(device_name, rendezvous.local_rank));
  CXR_ASSIGN_OR_RETURN(
      std::unique_ptr<Communicator> communicator,
      Communicator::Create(
          rendezvous, device, kLongestWait,
          request.meeting_file.empty() ? kLaunchPatience : kForkPatience));
  return std::make_unique<PretrainProcesses>(std::move(communicator), device);
}

ProcessSums PretrainProcesses::sums() {
  if (count() == 1) return {};
  const auto timed = [this](absl::FunctionRef<void()> wait) {
    const absl::Time begin = absl::Now();
    wait();
    summing_ += absl::Now() - begin;
  };
  return {.sum =
              [this, timed](at::Tensor& tensor) {
                timed([&] { communicator_->Sum(tensor); });
              },
          .begin =
              [this, timed](const at::Tensor& tensor) {
                return [timed, wait = communicator_->BeginSum(tensor)] {
                  timed(wait);
                };
              }};
}

std::optional<double> PretrainProcesses::summing_seconds() const {
  if (!device_.is_cpu()) return std::nullopt;
  return absl::ToDoubleSeconds(summing_);
}

absl::StatusOr<int64_t> PretrainProcesses::Total(int64_t mine) {
  at::Tensor total = at::full({1}, mine, at::kLong);
  CXR_RETURN_IF_ERROR(
      CauseOf(CatchTorch("a sum", [&] { communicator_->Sum(total); })));
  return total.item<int64_t>();
}

absl::Status PretrainProcesses::AgreeOnFirstStep(int64_t step) {
  CXR_ASSIGN_OR_RETURN(const int64_t total, Total(step));
  return AgreeToGoOn(
      total == step * count()
          ? absl::OkStatus()
          : absl::FailedPreconditionError(absl::StrCat(
                "rank ", communicator_->rank(), " goes on from step ", step,
                ", other processes from another: expected all to find the ",
                "same checkpoint in the store")));
}

absl::Status PretrainProcesses::AgreeToGoOn(const absl::Status& mine) {
  CXR_ASSIGN_OR_RETURN(const bool one_ends, communicator_->Any(!mine.ok()));
  if (!one_ends) return absl::OkStatus();
  // So that nobody takes the end of another for a failure.
  CXR_RETURN_IF_ERROR(Close());
  return mine.ok() ? absl::CancelledError(
                         "another process of the run was asked to end")
                   : mine;
}

absl::Status PretrainProcesses::CauseOf(const absl::Status& status) const {
  return communicator_->failure().ok() ? status : communicator_->failure();
}

}  // namespace cxr
