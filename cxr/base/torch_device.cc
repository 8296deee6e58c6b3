// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/torch_device.h"

#include <dlfcn.h>

#include <array>
#include <limits>

#include "ATen/Parallel.h"
#include "ATen/Version.h"
#include "ATen/core/Tensor.h"
#include "ATen/detail/CUDAHooksInterface.h"
#include "ATen/ops/zeros.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "c10/core/CachingDeviceAllocator.h"
#include "c10/core/impl/VirtualGuardImpl.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_status.h"

namespace cxr {
namespace {

constexpr char kDriverLibrary[] = "libcuda.so.1";
constexpr char kTorchLibrary[] = "libtorch_cuda.so";

c10::Device Cpu() { return c10::Device(c10::DeviceType::CPU); }

c10::Device CudaDevice(int index) {
  return c10::Device(c10::DeviceType::CUDA,
                     static_cast<c10::DeviceIndex>(index));
}

// Keeps a library in this process and its symbols visible to those loaded
// later: LibTorch's libraries find each other so.
absl::Status LoadLibrary(const char* name) {
  if (dlopen(name, RTLD_NOW | RTLD_GLOBAL) != nullptr) return absl::OkStatus();
  return absl::FailedPreconditionError(dlerror());
}

// A function of the driver's library, which is loaded; null if it has none of
// that name. `Function` is the pointer's type as the driver's manual gives it;
// they return 0 for success.
template <typename Function>
Function DriverFunction(const char* name) {
  void* const driver = dlopen(kDriverLibrary, RTLD_NOW | RTLD_NOLOAD);
  if (driver == nullptr) return nullptr;
  return reinterpret_cast<Function>(dlsym(driver, name));
}

absl::Status StartDriver() {
  CXR_RETURN_IF_ERROR(LoadLibrary(kDriverLibrary));
  const auto init = DriverFunction<int (*)(unsigned)>("cuInit");
  if (init == nullptr) {
    return absl::FailedPreconditionError(
        absl::StrCat(kDriverLibrary, ": has no cuInit"));
  }
  const int result = init(0);
  if (result == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      kDriverLibrary, ": cuInit failed with error ", result,
      result == 100 ? ", no device" : "", ", expected a working driver"));
}

// A kernel that ran proves more than a device that is listed.
absl::Status RunKernel(c10::Device device) {
  return CatchTorch(absl::StrCat("first kernel on ", device.str()), [&] {
    at::zeros({1}, at::TensorOptions().device(device)).add_(1);
    Synchronize(device);
  });
}

absl::Status StartCuda() {
  CXR_RETURN_IF_ERROR(StartDriver());
  CXR_RETURN_IF_ERROR(LoadLibrary(kTorchLibrary));
  if (!at::detail::getCUDAHooks().hasCUDA()) {
    return absl::FailedPreconditionError(absl::StrCat(
        kTorchLibrary, ": finds no device, though the driver answers (or ",
        "LibTorch was asked for CUDA before this library was loaded)"));
  }
  return absl::OkStatus();
}

// Without a kernel: one leaves a context on its device, which other processes
// of a run may have for themselves.
absl::Status LoadCuda() {
  static const absl::Status status = CatchTorch("loading CUDA", StartCuda);
  return status;
}

absl::StatusOr<c10::Device> OpenCuda(absl::string_view name, int index) {
  const absl::Status status = LoadCuda();
  if (!status.ok()) {
    return absl::FailedPreconditionError(
        absl::StrCat(name, ": no CUDA here: ", status.message()));
  }
  const int count = at::detail::getCUDAHooks().getNumGPUs();
  if (index >= count) {
    return absl::FailedPreconditionError(
        absl::StrCat(name, ": this machine has CUDA devices 0 to ", count - 1));
  }
  CXR_RETURN_IF_ERROR(RunKernel(CudaDevice(index)));
  return CudaDevice(index);
}

std::string CudaName(int index) {
  const auto get = DriverFunction<int (*)(int*, int)>("cuDeviceGet");
  const auto get_name =
      DriverFunction<int (*)(char*, int, int)>("cuDeviceGetName");
  int device = 0;
  std::array<char, 256> name = {};
  if (get == nullptr || get_name == nullptr || get(&device, index) != 0 ||
      get_name(name.data(), std::ssize(name) - 1, device) != 0) {
    return "unnamed device";
  }
  return name.data();
}

// The newest CUDA that the driver knows, coded as 1000 * major + 10 * minor.
int DriverVersion() {
  const auto get = DriverFunction<int (*)(int*)>("cuDriverGetVersion");
  int version = 0;
  return get != nullptr && get(&version) == 0 ? version : 0;
}

std::string DescribeCuda(c10::Device device) {
  const at::CUDAHooksInterface& hooks = at::detail::getCUDAHooks();
  const size_t bytes = at::getDeviceAllocator(device.type())
                           ->getMemoryInfo(device.index())
                           .second;
  const int driver = DriverVersion();
  const int64_t runtime = hooks.versionCUDART();
  // cuDNN codes its version as 10000 * major + 100 * minor + patch.
  const int64_t cudnn = hooks.hasCuDNN() ? hooks.versionRuntimeCuDNN() : 0;
  return absl::StrFormat(
      "%s: %s, %.1f GiB, driver for CUDA %d.%d, CUDA %d.%d, cuDNN %d.%d.%d",
      device.str(), CudaName(device.index()),
      static_cast<double>(bytes) / (1 << 30), driver / 1000, driver % 1000 / 10,
      runtime / 1000, runtime % 1000 / 10, cudnn / 10000, cudnn % 10000 / 100,
      cudnn % 100);
}

}  // namespace

bool HasCudaDriver() {
  void* const driver = dlopen(kDriverLibrary, RTLD_LAZY | RTLD_LOCAL);
  if (driver == nullptr) return false;
  dlclose(driver);
  return true;
}

absl::Status CudaStatus() {
  static const absl::Status status = [] {
    CXR_RETURN_IF_ERROR(LoadCuda());
    return RunKernel(CudaDevice(0));
  }();
  return status;
}

std::string FirstCudaDeviceName() {
  return CudaStatus().ok() ? CudaName(0) : "";
}

absl::StatusOr<c10::Device> OpenDevice(absl::string_view name) {
  if (name == "cpu") return Cpu();
  if (name == "auto") return CudaStatus().ok() ? CudaDevice(0) : Cpu();
  if (name == "cuda") return OpenCuda(name, 0);
  absl::string_view digits = name;
  int index = 0;
  if (absl::ConsumePrefix(&digits, "cuda:") &&
      absl::SimpleAtoi(digits, &index) && index >= 0 &&
      index <= std::numeric_limits<c10::DeviceIndex>::max()) {
    return OpenCuda(name, index);
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "device \"", name, "\": expected auto, cpu, cuda or cuda:N"));
}

absl::StatusOr<c10::Device> OpenDeviceOfRank(absl::string_view name,
                                             int local_rank) {
  if (name != "cuda" && name != "auto") return OpenDevice(name);
  if (!LoadCuda().ok()) return OpenDevice(name);
  const int count = at::detail::getCUDAHooks().getNumGPUs();
  return OpenCuda(name, local_rank % count);
}

std::string DescribeDevice(c10::Device device) {
  if (device.is_cuda()) return DescribeCuda(device);
  return absl::StrCat("cpu: ", at::get_cpu_capability(), ", ",
                      at::get_num_threads(), " threads");
}

void Synchronize(c10::Device device) {
  if (device.is_cpu()) return;
  c10::impl::VirtualGuardImpl(device.type()).synchronizeDevice(device.index());
}

int64_t PeakMemoryBytes(c10::Device device) {
  if (device.is_cpu()) return 0;
  constexpr auto kAll =
      static_cast<size_t>(c10::CachingAllocator::StatType::AGGREGATE);
  return at::getDeviceAllocator(device.type())
      ->getDeviceStats(device.index())
      .allocated_bytes[kAll]
      .peak;
}

void ResetPeakMemory(c10::Device device) {
  if (device.is_cpu()) return;
  at::getDeviceAllocator(device.type())->resetPeakStats(device.index());
}

}  // namespace cxr
