// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/nccl.h"

#include <dlfcn.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "c10/core/DeviceGuard.h"
#include "c10/core/impl/VirtualGuardImpl.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_status.h"

namespace cxr {
namespace {

// Constants and types of NCCL 2's nccl.h, which are part of its binary
// interface.
constexpr int kSuccess = 0;
constexpr int kSystemError = 2;
constexpr int kRemoteError = 6;
constexpr int kInProgress = 7;
constexpr int kSumOperation = 0;
struct UniqueId {
  std::array<char, 128> internal;
};

constexpr char kLibrary[] = "libnccl.so.2";
constexpr char kIdKey[] = "nccl/id";

absl::StatusOr<int> TypeOf(const at::Tensor& tensor) {
  switch (tensor.scalar_type()) {
    case at::kLong:
      return 4;
    case at::kHalf:
      return 6;
    case at::kFloat:
      return 7;
    case at::kDouble:
      return 8;
    case at::kBFloat16:
      return 9;
    default:
      return absl::InvalidArgumentError(absl::StrCat(
          "sum over GPUs: a tensor of ", c10::toString(tensor.scalar_type()),
          ", expected floating point or int64"));
  }
}

template <typename Function>
absl::Status Find(void* library, const char* name, Function*& function) {
  function = reinterpret_cast<Function*>(dlsym(library, name));
  if (function != nullptr) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat(kLibrary, ": has no ", name));
}

c10::impl::VirtualGuardImpl Streams(c10::Device device) {
  return c10::impl::VirtualGuardImpl(device.type());
}

}  // namespace

struct Nccl::Library {
  int (*get_unique_id)(UniqueId*) = nullptr;
  int (*init_rank)(void**, int, UniqueId, int) = nullptr;
  int (*abort)(void*) = nullptr;
  int (*all_reduce)(const void*, void*, size_t, int, int, void*,
                    void*) = nullptr;
  int (*get_async_error)(void*, int*) = nullptr;
  const char* (*get_error_string)(int) = nullptr;
  const char* (*get_last_error)(void*) = nullptr;

  static absl::StatusOr<Library> Load() {
    void* const library = dlopen(kLibrary, RTLD_NOW | RTLD_GLOBAL);
    if (library == nullptr) return absl::FailedPreconditionError(dlerror());
    Library found;
    CXR_RETURN_IF_ERROR(Find(library, "ncclGetUniqueId", found.get_unique_id));
    CXR_RETURN_IF_ERROR(Find(library, "ncclCommInitRank", found.init_rank));
    CXR_RETURN_IF_ERROR(Find(library, "ncclCommAbort", found.abort));
    CXR_RETURN_IF_ERROR(Find(library, "ncclAllReduce", found.all_reduce));
    CXR_RETURN_IF_ERROR(
        Find(library, "ncclCommGetAsyncError", found.get_async_error));
    CXR_RETURN_IF_ERROR(
        Find(library, "ncclGetErrorString", found.get_error_string));
    CXR_RETURN_IF_ERROR(
        Find(library, "ncclGetLastError", found.get_last_error));
    return found;
  }

  // With what NCCL says: Unavailable if a connection broke, else Internal.
  absl::Status ToStatus(const char* function, int result,
                        void* communicator) const {
    if (result == kSuccess) return absl::OkStatus();
    const std::string text =
        absl::StrCat(function, ": ", get_error_string(result), ": ",
                     get_last_error(communicator));
    return result == kSystemError || result == kRemoteError
               ? absl::UnavailableError(text)
               : absl::InternalError(text);
  }
};

const absl::StatusOr<Nccl::Library>& Nccl::LoadOnce() {
  static const absl::StatusOr<Library> library = Library::Load();
  return library;
}

absl::Status Nccl::Load() { return LoadOnce().status(); }

absl::StatusOr<void*> Nccl::Connect(c10d::Store& store, int rank, int world,
                                    c10::Device device) {
  const Library& library = *LoadOnce();
  UniqueId id;
  absl::Status has_id;
  if (rank == 0) {
    has_id = library.ToStatus("ncclGetUniqueId", library.get_unique_id(&id),
                              nullptr);
    // Without one the others get nothing, and wait no longer.
    store.set(kIdKey, has_id.ok() ? std::vector<uint8_t>(id.internal.begin(),
                                                         id.internal.end())
                                  : std::vector<uint8_t>());
    CXR_RETURN_IF_ERROR(has_id);
  } else {
    const std::vector<uint8_t> bytes = store.get(kIdKey);
    if (bytes.size() != id.internal.size()) {
      return absl::UnavailableError("rank 0 could not start NCCL");
    }
    std::memcpy(id.internal.data(), bytes.data(), bytes.size());
  }
  const c10::DeviceGuard guard(device);
  void* communicator = nullptr;
  CXR_RETURN_IF_ERROR(library.ToStatus(
      "ncclCommInitRank", library.init_rank(&communicator, world, id, rank),
      nullptr));
  return communicator;
}

absl::StatusOr<std::unique_ptr<Nccl>> Nccl::Join(c10d::Store& store, int rank,
                                                 int world,
                                                 c10::Device device) {
  CXR_RETURN_IF_ERROR(Load());
  return CatchTorch("joining GPUs",
                    [&]() -> absl::StatusOr<std::unique_ptr<Nccl>> {
                      CXR_ASSIGN_OR_RETURN(void* const communicator,
                                           Connect(store, rank, world, device));
                      return std::make_unique<Nccl>(Passkey{}, *LoadOnce(),
                                                    communicator, device);
                    });
}

Nccl::Nccl(Passkey, const Library& library, void* communicator,
           c10::Device device)
    : library_(library),
      communicator_(communicator),
      device_(device),
      stream_(Streams(device).getStreamFromGlobalPool(
          device, /*isHighPriority=*/true)) {}

// Destroying in order would wait for processes that may be gone.
Nccl::~Nccl() { Abort(); }

absl::Status Nccl::Enqueue(const at::Tensor& tensor, const c10::Stream& stream,
                           std::shared_ptr<c10::Event>* done) {
  CXR_ASSIGN_OR_RETURN(const int type, TypeOf(tensor));
  {
    const std::lock_guard lock(mutex_);
    if (is_aborted_) return absl::UnavailableError("sums over GPUs have ended");
    queued_.push_back({.done = nullptr, .since = Clock::now()});
  }
  void* const values = tensor.data_ptr();
  CXR_RETURN_IF_ERROR(library_.ToStatus(
      "ncclAllReduce",
      library_.all_reduce(values, values, static_cast<size_t>(tensor.numel()),
                          type, kSumOperation, communicator_,
                          Streams(device_).getStreamNativeHandle(stream)),
      communicator_));
  *done = std::make_shared<c10::Event>(device_.type());
  (*done)->record(stream);
  const std::lock_guard lock(mutex_);
  queued_.back().done = *done;
  return absl::OkStatus();
}

absl::Status Nccl::Sum(at::Tensor& tensor) {
  const c10::DeviceGuard guard(device_);
  std::shared_ptr<c10::Event> done;
  return Enqueue(tensor, Streams(device_).getStream(device_), &done);
}

absl::StatusOr<std::function<void()>> Nccl::BeginSum(const at::Tensor& tensor) {
  const c10::DeviceGuard guard(device_);
  c10::Event ready(device_.type());
  ready.record(Streams(device_).getStream(device_));
  ready.block(stream_);
  std::shared_ptr<c10::Event> done;
  CXR_RETURN_IF_ERROR(Enqueue(tensor, stream_, &done));
  return [device = device_, done] {
    done->block(Streams(device).getStream(device));
  };
}

absl::Status Nccl::Check(absl::Duration timeout) {
  return CatchTorch("looking after GPUs", [&]() -> absl::Status {
    const std::lock_guard lock(mutex_);
    if (is_aborted_) return absl::OkStatus();
    const c10::DeviceGuard guard(device_);
    int error = kSuccess;
    CXR_RETURN_IF_ERROR(library_.ToStatus(
        "ncclCommGetAsyncError",
        library_.get_async_error(communicator_, &error), communicator_));
    if (error != kInProgress) {
      CXR_RETURN_IF_ERROR(library_.ToStatus("NCCL", error, communicator_));
    }
    while (!queued_.empty() && queued_.front().done != nullptr &&
           queued_.front().done->query()) {
      queued_.pop_front();
    }
    if (queued_.empty() || Clock::now() - queued_.front().since <
                               absl::ToChronoNanoseconds(timeout)) {
      return absl::OkStatus();
    }
    return absl::UnavailableError(absl::StrCat(
        "a sum over GPUs is not done after ", absl::FormatDuration(timeout)));
  });
}

void Nccl::Abort() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(is_aborted_, true)) return;
  }
  // A device that no longer answers has nothing to end.
  CatchTorch("ending sums over GPUs", [&] {
    const c10::DeviceGuard guard(device_);
    library_.abort(communicator_);
  }).IgnoreError();
}

}  // namespace cxr
