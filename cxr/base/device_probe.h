// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_DEVICE_PROBE_H_
#define CXR_BASE_DEVICE_PROBE_H_

#include <string>

namespace cxr {

// What OpenDevice("auto") finds here: "cpu", or the name of the first CUDA
// device, "NVIDIA H100 80GB HBM3". A child process looks, so that this one, if
// it has one thread, may still fork others that open the device. "cpu" also if
// the child dies or does not answer.
std::string ProbeDeviceKind();

}  // namespace cxr

#endif  // CXR_BASE_DEVICE_PROBE_H_
