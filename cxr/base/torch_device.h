// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_TORCH_DEVICE_H_
#define CXR_BASE_TORCH_DEVICE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "c10/core/Device.h"

// The device that tensors live on. The program links LibTorch's CPU half alone;
// where there is an NVIDIA driver, the CUDA half is loaded when a device is
// first asked for, and all of at:: then works on "cuda".
//
//   CXR_ASSIGN_OR_RETURN(const c10::Device device, OpenDevice("auto"));
//   if (device.is_cpu()) Note(CudaStatus().message());
//   backbone->to(device);
//
// LibTorch remembers its first look for CUDA, so a process opens its device
// before it does anything else with LibTorch that may look (a seed of
// at::manual_seed, pinned memory). A process that opened a CUDA device must not
// fork children that use one.

namespace cxr {

// Whether this machine has NVIDIA's driver, as far as its library tells. Opens
// no device: a process may ask and then fork.
bool HasCudaDriver();

// Whether the first CUDA device works: a driver answers, libtorch_cuda.so is
// found where the dynamic linker looks (LD_LIBRARY_PATH among others), and a
// kernel of it ran. Else FailedPrecondition with the reason in one line. The
// first call does the work, later ones give the same answer.
absl::Status CudaStatus();

// What the driver calls the first CUDA device; empty unless CudaStatus() is OK.
std::string FirstCudaDeviceName();

// "cpu"; "cuda", the first CUDA device; "cuda:N"; "auto", the first CUDA device
// if CudaStatus() is OK and the CPU otherwise. InvalidArgument for any other
// name, FailedPrecondition where this machine lacks the device.
absl::StatusOr<c10::Device> OpenDevice(absl::string_view name);

// As OpenDevice, for the process `local_rank` of several on this machine:
// "cuda" and "auto" are that CUDA device, counted round if there are fewer, as
// where a launcher shows each process its own alone.
absl::StatusOr<c10::Device> OpenDeviceOfRank(absl::string_view name,
                                             int local_rank);

// One line on an opened device for logs and records: what it is called, memory,
// versions of driver, CUDA and cuDNN; instruction set and threads of a CPU.
std::string DescribeDevice(c10::Device device);

// Waits until all work queued on an opened device is done.
void Synchronize(c10::Device device);

// The most bytes that tensors held on an opened device at one time since the
// last ResetPeakMemory, or ever. 0 for the CPU, where nobody counts.
int64_t PeakMemoryBytes(c10::Device device);
void ResetPeakMemory(c10::Device device);

}  // namespace cxr

#endif  // CXR_BASE_TORCH_DEVICE_H_
