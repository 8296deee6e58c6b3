// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_GPU_FORWARD_H_
#define TESTS_GPU_FORWARD_H_

#include <cstdint>

#include "ATen/core/Tensor.h"
#include "c10/core/Device.h"
#include "c10/core/ScalarType.h"
#include "cxr/model/vit.h"
#include "tests/gpu_check_options.h"

// Whether a backbone computes on a device what it computes on the CPU, and the
// same every time.

namespace cxr::tests {

// The backbone with its weights on another device, in another type.
Vit CopyOf(const Vit& vit, c10::Device device, c10::ScalarType type);

// Normal noise, float32 (B, 3, pixels, pixels), equal on all machines.
at::Tensor NoiseImages(int64_t batch, int64_t pixels, c10::Device device);

// All tokens of a forward pass without gradient, float32 on the CPU,
// (B, 1 + R + N, C).
at::Tensor ForwardTokens(Vit vit, const at::Tensor& images);

// Float32 on the device against float32 on the CPU, for images of both sizes:
// by model the largest absolute difference of a token's value (they have unit
// variance) and ||a - b|| / ||b||. Not ok above 1e-3: the two round a sum of
// some hundred products in other orders.
Json CheckParity(const GpuCheckOptions& options);

// Bfloat16 against float32, both on the device: by autocast and with weights
// and images of bfloat16. Not ok above a relative difference of 0.05, some
// steps of bfloat16 (1/256) in each of the 12 blocks.
Json CheckBfloat16(const GpuCheckOptions& options);

// Two equal passes under autocast: are tokens equal in every bit, are the
// gradients of all parameters, and are they if LibTorch is asked for
// deterministic kernels. Says what a device achieves; not ok if tokens differ.
Json CheckDoubleRun(const GpuCheckOptions& options);

}  // namespace cxr::tests

#endif  // TESTS_GPU_FORWARD_H_
