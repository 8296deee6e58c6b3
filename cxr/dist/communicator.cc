// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/communicator.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "ATen/ops/full.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "c10/util/Exception.h"
#include "c10/util/intrusive_ptr.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_device.h"
#include "cxr/base/torch_status.h"
#include "cxr/dist/meeting.h"
#include "cxr/dist/nccl.h"
#include "cxr/dist/pulse.h"
#include "torch/csrc/distributed/c10d/Backend.hpp"
#include "torch/csrc/distributed/c10d/ProcessGroupGloo.hpp"
#include "torch/csrc/distributed/c10d/Store.hpp"

namespace cxr {
namespace {

using BackendPointer = c10::intrusive_ptr<c10d::Backend>;

// Time between heartbeats: a twentieth of the timeout, so that five of them can
// be left for asking who is missing.
absl::Duration PulsePeriod(absl::Duration timeout) {
  return std::min(timeout / 20, absl::Seconds(5));
}

// So long may a process that lives say nothing.
absl::Duration Patience(absl::Duration timeout) {
  return 5 * PulsePeriod(timeout);
}

absl::Duration SumTimeout(absl::Duration timeout) {
  return timeout - Patience(timeout);
}

bool IsLoopback(const std::string& address) {
  return address == "localhost" || address == "::1" ||
         absl::StartsWith(address, "127.");
}

BackendPointer MakeGloo(const c10::intrusive_ptr<c10d::Store>& store,
                        const Rendezvous& rendezvous, absl::Duration timeout) {
  using c10d::ProcessGroupGloo;
  auto options =
      ProcessGroupGloo::Options::create(absl::ToChronoMilliseconds(timeout));
  options->devices.push_back(
      IsLoopback(rendezvous.address)
          ? ProcessGroupGloo::createDeviceForHostname(rendezvous.address)
          : ProcessGroupGloo::createDefaultDevice());
  options->threads = 1;  // One sum at a time.
  return c10::make_intrusive<ProcessGroupGloo>(
      store, rendezvous.rank, rendezvous.world, std::move(options));
}

void CheckContiguous(const at::Tensor& tensor) {
  TORCH_CHECK(tensor.is_contiguous(), "sum over processes: expected a ",
              "contiguous tensor, got strides ", tensor.strides());
}

void ThrowUnlessOk(const absl::Status& status) {
  TORCH_CHECK_WITH(DistBackendError, status.ok(),
                   std::string(status.message()));
}

}  // namespace

struct Communicator::Link {
  at::Device device = at::kCPU;
  absl::Duration timeout = {};
  std::string keeper = {};  // who keeps the store
  c10::intrusive_ptr<c10d::Store> store = {};
  BackendPointer backend = {};  // None after a failure.
  // Sums of the CPU that are not yet waited for. They keep connections open.
  std::map<int64_t, c10::intrusive_ptr<c10d::Work>> works = {};
  std::unique_ptr<Pulse> pulse = {};
  std::unique_ptr<Nccl> gpus = {};  // If the device is one.
  std::mutex mutex = {};
  absl::Status failure = {};  // guarded by mutex
  // Who looks after the GPUs, with a store of his own. The last member.
  c10::intrusive_ptr<c10d::Store> watch_store = {};
  std::unique_ptr<PulseWatch> listener = {};
  std::unique_ptr<Every> watch = {};

  absl::Status Failure() {
    const std::lock_guard lock(mutex);
    return failure;
  }
};

Communicator::Communicator(Passkey, const Rendezvous& rendezvous,
                           std::unique_ptr<Link> link)
    : rank_(rendezvous.rank),
      world_(rendezvous.world),
      link_(std::move(link)) {}

Communicator::~Communicator() {
  if (link_ != nullptr) link_->watch.reset();
}

absl::StatusOr<std::unique_ptr<Communicator>> Communicator::Create(
    const Rendezvous& rendezvous, at::Device device, absl::Duration timeout,
    absl::Duration meeting) {
  CXR_CHECK(timeout >= absl::Seconds(1)) << absl::FormatDuration(timeout);
  if (rendezvous.world == 1) {
    return std::make_unique<Communicator>(Passkey{}, rendezvous, nullptr);
  }
  if (!device.is_cpu()) CXR_RETURN_IF_ERROR(Nccl::Load());
  auto link = std::make_unique<Link>();
  link->device = device;
  link->timeout = timeout;
  link->keeper =
      rendezvous.launcher_keeps_store ? rendezvous.launcher : "rank 0";
  CXR_ASSIGN_OR_RETURN(link->store,
                       MeetInStore(rendezvous, std::min(meeting, timeout)));
  link->store->setTimeout(absl::ToChronoMilliseconds(timeout));
  CXR_ASSIGN_OR_RETURN(link->pulse, CatchTorch("heartbeat", [&] {
                         return std::make_unique<Pulse>(link->store->clone(),
                                                        rendezvous.rank,
                                                        PulsePeriod(timeout));
                       }));
  auto communicator =
      std::make_unique<Communicator>(Passkey{}, rendezvous, std::move(link));
  CXR_RETURN_IF_ERROR(communicator->Connect(rendezvous));
  return communicator;
}

absl::Status Communicator::Connect(const Rendezvous& rendezvous) {
  const int64_t call = link_->pulse->BeginCall();
  const absl::Status status = CatchTorch("connecting", [&] {
    link_->backend =
        MakeGloo(link_->store, rendezvous, SumTimeout(link_->timeout));
  });
  if (!status.ok()) return Explain(call, status);
  return link_->device.is_cpu() ? absl::OkStatus() : ConnectGpus();
}

absl::Status Communicator::ConnectGpus() {
  const int64_t call = link_->pulse->BeginCall();
  absl::StatusOr<std::unique_ptr<Nccl>> gpus =
      Nccl::Join(*link_->store, rank_, world_, link_->device);
  if (absl::IsUnavailable(gpus.status())) return Explain(call, gpus.status());
  CXR_RETURN_IF_ERROR(gpus.status());
  link_->gpus = *std::move(gpus);
  return CatchTorch("watching GPUs", [&] {
    link_->watch_store = link_->store->clone();
    link_->listener =
        std::make_unique<PulseWatch>(link_->watch_store, rank_, world_);
    link_->watch = std::make_unique<Every>(PulsePeriod(link_->timeout),
                                           [this] { return WatchGpus(); });
  });
}

bool Communicator::WatchGpus() {
  absl::Status status = link_->gpus->Check(SumTimeout(link_->timeout));
  if (status.ok()) status = link_->listener->Listen(Patience(link_->timeout));
  if (status.ok()) return true;
  Fail(*link_->watch_store, link_->pulse->calls(), status).IgnoreError();
  link_->gpus->Abort();
  return false;
}

absl::Status Communicator::Fail(c10d::Store& asked, int64_t call,
                                const absl::Status& cause) {
  const absl::Duration period = PulsePeriod(link_->timeout);
  const std::lock_guard lock(link_->mutex);
  if (!link_->failure.ok()) return link_->failure;
  const absl::StatusOr<std::string> missing =
      CatchTorch("asking who is missing", [&] {
        return DescribeMissing(
            asked,
            {.rank = rank_, .world = world_, .call = call, .period = period});
      });
  link_->failure = absl::UnavailableError(absl::StrCat(
      "rank ", rank_, ", call ", call, " over ", world_, " processes: ",
      missing.ok() ? *missing
                   : absl::StrCat("the store cannot be reached, which ",
                                  link_->keeper, " keeps"),
      " (", cause.message(), ")"));
  // The store goes with rank 0: the others have to have listened before, who
  // look at GPUs up to a period later.
  if (rank_ == 0) {
    std::this_thread::sleep_for(absl::ToChronoNanoseconds(
        link_->device.is_cpu() ? period : 2 * period));
  }
  return link_->failure;
}

absl::Status Communicator::Explain(int64_t call, const absl::Status& cause) {
  // Closed connections end the others' calls too, so that all listen at once.
  link_->works.clear();
  link_->backend.reset();
  const absl::Status failure = Fail(*link_->store, call, cause);
  if (link_->gpus != nullptr) link_->gpus->Abort();
  return failure;
}

absl::StatusOr<Communicator::Wait> Communicator::Begin(
    const at::Tensor& tensor) {
  CXR_RETURN_IF_ERROR(link_->Failure());
  if (tensor.is_cpu()) return BeginOnCpu(tensor);
  const int64_t call = link_->pulse->BeginCall();
  const absl::StatusOr<std::function<void()>> wait =
      link_->gpus->BeginSum(tensor);
  if (!wait.ok()) return ExplainGpu(call, wait.status());
  return [wait = *wait] {
    wait();
    return absl::OkStatus();
  };
}

absl::Status Communicator::ExplainGpu(int64_t call, const absl::Status& cause) {
  // The caller's mistake, or nothing.
  if (cause.ok() || absl::IsInvalidArgument(cause)) return cause;
  return Explain(call, cause);
}

absl::StatusOr<Communicator::Wait> Communicator::BeginOnCpu(
    const at::Tensor& tensor) {
  const int64_t call = link_->pulse->BeginCall();
  const absl::Status begun = CatchTorch("sum", [&] {
    std::vector<at::Tensor> tensors = {tensor};
    link_->works[call] = link_->backend->allreduce(tensors);
  });
  if (!begun.ok()) return Explain(call, begun);
  return [this, call] {
    CXR_RETURN_IF_ERROR(link_->Failure());
    const absl::Status status =
        CatchTorch("sum", [&] { link_->works.at(call)->wait(); });
    if (!status.ok()) return Explain(call, status);
    link_->works.erase(call);
    return absl::OkStatus();
  };
}

absl::Status Communicator::SumOver(at::Tensor& tensor) {
  if (!tensor.is_cpu()) {
    CXR_RETURN_IF_ERROR(link_->Failure());
    const int64_t call = link_->pulse->BeginCall();
    return ExplainGpu(call, link_->gpus->Sum(tensor));
  }
  CXR_ASSIGN_OR_RETURN(const Wait wait, Begin(tensor));
  return wait();
}

void Communicator::Sum(at::Tensor& tensor) {
  if (link_ == nullptr) return;
  CheckContiguous(tensor);
  ThrowUnlessOk(SumOver(tensor));
}

std::function<void()> Communicator::BeginSum(const at::Tensor& tensor) {
  if (link_ == nullptr) return [] {};
  CheckContiguous(tensor);
  const absl::StatusOr<Wait> wait = Begin(tensor);
  ThrowUnlessOk(wait.status());
  return [wait = *wait] { ThrowUnlessOk(wait()); };
}

absl::Status Communicator::failure() const {
  return link_ == nullptr ? absl::OkStatus() : link_->Failure();
}

absl::Status Communicator::Barrier() { return Any(false).status(); }

absl::StatusOr<bool> Communicator::Any(bool mine) {
  if (link_ == nullptr) return mine;
  at::Tensor count = at::full({1}, mine ? 1 : 0, at::kInt);
  CXR_RETURN_IF_ERROR(SumOver(count));
  return count.item<int>() > 0;
}

absl::Status Communicator::Close() {
  if (link_ == nullptr) return absl::OkStatus();
  CXR_RETURN_IF_ERROR(
      CatchTorch("the last sums", [&] { Synchronize(link_->device); }));
  CXR_RETURN_IF_ERROR(Barrier());
  // Who has left beats no more: its store may be gone before the next beat.
  link_->watch.reset();
  link_->pulse.reset();
  return CatchTorch("leaving", [&] {
    c10d::Store& store = *link_->store;
    const auto key = [](int rank) { return absl::StrCat("left/", rank); };
    store.set(key(rank_), "");
    if (rank_ > 0) return;
    std::vector<std::string> all;
    for (int rank = 1; rank < world_; ++rank) all.push_back(key(rank));
    store.wait(all, absl::ToChronoMilliseconds(link_->timeout));
  });
}

}  // namespace cxr
