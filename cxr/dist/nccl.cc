// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/nccl.h"

#include <dlfcn.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "c10/core/DeviceGuard.h"
#include "c10/core/impl/VirtualGuardImpl.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_status.h"

namespace cxr {
namespace {

// Constants and types of NCCL 2's nccl.h, which are part of its binary
// interface.
constexpr int kSuccess = 0;
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

  // Internal, with what NCCL says, unless `result` is success.
  absl::Status ToStatus(const char* function, int result,
                        void* communicator) const {
    if (result == kSuccess) return absl::OkStatus();
    return absl::InternalError(absl::StrCat(function, ": ",
                                            get_error_string(result), ": ",
                                            get_last_error(communicator)));
  }
};

const absl::StatusOr<Nccl::Library>& Nccl::LoadOnce() {
  static const absl::StatusOr<Library> library = Library::Load();
  return library;
}

absl::Status Nccl::Load() { return LoadOnce().status(); }

absl::StatusOr<std::unique_ptr<Nccl>> Nccl::Join(c10d::Store& store, int rank,
                                                 int world,
                                                 c10::Device device) {
  const absl::StatusOr<Library>& library = LoadOnce();
  CXR_RETURN_IF_ERROR(library.status());
  UniqueId id;
  if (rank == 0) {
    CXR_RETURN_IF_ERROR(library->ToStatus(
        "ncclGetUniqueId", library->get_unique_id(&id), nullptr));
  }
  CXR_RETURN_IF_ERROR(CatchTorch("passing on NCCL's id", [&] {
    if (rank == 0) {
      store.set(kIdKey,
                std::vector<uint8_t>(id.internal.begin(), id.internal.end()));
    } else {
      const std::vector<uint8_t> bytes = store.get(kIdKey);
      TORCH_CHECK(bytes.size() == id.internal.size(), "NCCL's id has ",
                  bytes.size(), " bytes, expected ", id.internal.size());
      std::memcpy(id.internal.data(), bytes.data(), bytes.size());
    }
  }));
  const c10::DeviceGuard guard(device);
  void* communicator = nullptr;
  CXR_RETURN_IF_ERROR(library->ToStatus(
      "ncclCommInitRank", library->init_rank(&communicator, world, id, rank),
      nullptr));
  return std::make_unique<Nccl>(Passkey{}, *library, communicator, device);
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
  queued_.push_back({.done = *done, .since = absl::Now()});
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
  const std::lock_guard lock(mutex_);
  if (is_aborted_) return absl::OkStatus();
  int error = kSuccess;
  CXR_RETURN_IF_ERROR(library_.ToStatus(
      "ncclCommGetAsyncError", library_.get_async_error(communicator_, &error),
      communicator_));
  if (error != kSuccess && error != kInProgress) {
    return absl::UnavailableError(
        library_.ToStatus("NCCL", error, communicator_).message());
  }
  while (!queued_.empty() && queued_.front().done->query()) {
    queued_.pop_front();
  }
  if (queued_.empty() || absl::Now() - queued_.front().since < timeout) {
    return absl::OkStatus();
  }
  return absl::UnavailableError(absl::StrCat(
      "a sum over GPUs is not done after ", absl::FormatDuration(timeout)));
}

void Nccl::Abort() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(is_aborted_, true)) return;
  }
  const c10::DeviceGuard guard(device_);
  library_.abort(communicator_);
}

}  // namespace cxr
