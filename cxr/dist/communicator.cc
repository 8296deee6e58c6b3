// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/communicator.h"

#include <algorithm>
#include <chrono>
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
#include "cxr/base/torch_status.h"
#include "cxr/dist/meeting.h"
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

std::chrono::milliseconds SumTimeout(absl::Duration timeout) {
  return absl::ToChronoMilliseconds(timeout - 5 * PulsePeriod(timeout));
}

bool IsLoopback(const std::string& address) {
  return address == "localhost" || address == "::1" ||
         absl::StartsWith(address, "127.");
}

BackendPointer MakeGloo(const c10::intrusive_ptr<c10d::Store>& store,
                        const Rendezvous& rendezvous,
                        std::chrono::milliseconds timeout) {
  using c10d::ProcessGroupGloo;
  auto options = ProcessGroupGloo::Options::create(timeout);
  options->devices.push_back(
      IsLoopback(rendezvous.address)
          ? ProcessGroupGloo::createDeviceForHostname(rendezvous.address)
          : ProcessGroupGloo::createDefaultDevice());
  options->threads = 1;  // One sum at a time.
  return c10::make_intrusive<ProcessGroupGloo>(
      store, rendezvous.rank, rendezvous.world, std::move(options));
}

}  // namespace

struct Communicator::Link {
  at::Device device = at::kCPU;
  absl::Duration timeout = {};
  std::string keeper = {};  // who keeps the store
  c10::intrusive_ptr<c10d::Store> store = {};
  BackendPointer backend = {};  // None after a failure.
  std::unique_ptr<Pulse> pulse = {};
};

Communicator::Communicator(Passkey, const Rendezvous& rendezvous,
                           std::unique_ptr<Link> link)
    : rank_(rendezvous.rank),
      world_(rendezvous.world),
      link_(std::move(link)) {}

Communicator::~Communicator() = default;

absl::StatusOr<std::unique_ptr<Communicator>> Communicator::Create(
    const Rendezvous& rendezvous, at::Device device, absl::Duration timeout,
    absl::Duration meeting) {
  CXR_CHECK(timeout >= absl::Seconds(1)) << absl::FormatDuration(timeout);
  if (rendezvous.world == 1) {
    return std::make_unique<Communicator>(Passkey{}, rendezvous, nullptr);
  }
  if (!device.is_cpu()) {
    return absl::UnimplementedError(
        absl::StrCat("device ", device.str(), ": expected the CPU for a run ",
                     "of ", rendezvous.world, " processes"));
  }
  auto link = std::make_unique<Link>(
      Link{.device = device,
           .timeout = timeout,
           .keeper = rendezvous.launcher_keeps_store ? rendezvous.launcher
                                                     : "rank 0"});
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
  return status.ok() ? status : Explain(call, status);
}

absl::Status Communicator::Explain(int64_t call, const absl::Status& cause) {
  // Closed connections end the others' calls too, so that all listen at once.
  link_->backend.reset();
  const absl::Duration period = PulsePeriod(link_->timeout);
  const absl::StatusOr<std::string> missing =
      CatchTorch("asking who is missing", [&] {
        return DescribeMissing(
            *link_->store,
            {.rank = rank_, .world = world_, .call = call, .period = period});
      });
  // The store goes with rank 0: the others have to have listened before.
  if (rank_ == 0) {
    std::this_thread::sleep_for(absl::ToChronoNanoseconds(period));
  }
  failure_ = absl::UnavailableError(absl::StrCat(
      "rank ", rank_, ", call ", call, " over ", world_, " processes: ",
      missing.ok() ? *missing
                   : absl::StrCat("the store cannot be reached, which ",
                                  link_->keeper, " keeps"),
      " (", cause.message(), ")"));
  return failure_;
}

absl::Status Communicator::SumOver(at::Tensor& tensor) {
  if (link_ == nullptr || !failure_.ok()) return failure_;
  const int64_t call = link_->pulse->BeginCall();
  const absl::Status status = CatchTorch("sum", [&] {
    std::vector<at::Tensor> tensors = {tensor};
    link_->backend->allreduce(tensors)->wait();
  });
  return status.ok() ? status : Explain(call, status);
}

void Communicator::Sum(at::Tensor& tensor) {
  TORCH_CHECK(tensor.is_contiguous(), "sum over processes: expected a ",
              "contiguous tensor, got strides ", tensor.strides());
  const absl::Status status = SumOver(tensor);
  TORCH_CHECK_WITH(DistBackendError, status.ok(),
                   std::string(status.message()));
}

absl::Status Communicator::Barrier() { return Any(false).status(); }

absl::StatusOr<bool> Communicator::Any(bool mine) {
  if (link_ == nullptr) return mine;
  at::Tensor count = at::full({1}, mine ? 1 : 0,
                              at::TensorOptions(link_->device).dtype(at::kInt));
  CXR_RETURN_IF_ERROR(SumOver(count));
  return count.item<int>() > 0;
}

absl::Status Communicator::Close() {
  if (link_ == nullptr || !failure_.ok()) return failure_;
  CXR_RETURN_IF_ERROR(Barrier());
  // Who has left beats no more: its store may be gone before the next beat.
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
