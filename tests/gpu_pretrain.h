// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_GPU_PRETRAIN_H_
#define TESTS_GPU_PRETRAIN_H_

#include "tests/gpu_check_options.h"

// The training step of DINOv2 on a device. Batches are noise, made on the
// device before the clock starts.

namespace cxr::tests {

// Five float32 steps of a small model on the device and on the CPU, from the
// same weights and crops: "largest" relative difference of a loss, and for the
// kind of device "ok" if it is below 1e-3.
Json CheckPretrainParity(const GpuCheckOptions& options);

// Steps in bfloat16 as rows: model, images, prototypes, milliseconds,
// images_per_second, peak_memory_mib. A row that failed has "error".
// tools/gpu_peer.py times plain PyTorch alike.
Json MeasurePretrain(const GpuCheckOptions& options);

}  // namespace cxr::tests

#endif  // TESTS_GPU_PRETRAIN_H_
