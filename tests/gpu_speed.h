// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_GPU_SPEED_H_
#define TESTS_GPU_SPEED_H_

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "c10/core/Device.h"
#include "tests/gpu_check_options.h"

// How fast a device computes. Times are medians of single runs, each begun and
// ended by waiting for the device, after runs that are not counted.
// tools/gpu_peer.py times plain PyTorch in the same way and calls its rows the
// same.

namespace cxr::tests {

// The median of `options.repeats` calls.
double MedianSeconds(const GpuCheckOptions& options,
                     absl::FunctionRef<void()> function);

// Lets LibTorch choose among one kind of attention only: "flash", "efficient",
// "cudnn" or "math"; among all for "default". Another name is a programmer's
// error.
class AttentionChoice {
 public:
  explicit AttentionChoice(absl::string_view kind);
  ~AttentionChoice();
  AttentionChoice(const AttentionChoice&) = delete;
  AttentionChoice& operator=(const AttentionChoice&) = delete;
};

// Bfloat16 attention of each model's shape and the first batch size: which kind
// LibTorch chooses ("chosen"), and "milliseconds" of each kind; the reason
// where the device has none of the kind.
Json MeasureAttention(const GpuCheckOptions& options);

// Forward passes without gradient as rows: model, mode (autocast: float32
// weights; bf16: bfloat16 weights), sdpa (default; cudnn too on CUDA), batch,
// milliseconds, images_per_second, tflop_per_second, peak_memory_mib (weights
// and images in it; 0 on the CPU). A row that failed has "error" instead and
// makes the report not ok.
Json MeasureForward(const GpuCheckOptions& options);

// Copies of the largest batch of float32 images to a CUDA device, in GB/s, from
// plain and from pinned memory; nothing on the CPU.
Json MeasureTransfer(const GpuCheckOptions& options);

}  // namespace cxr::tests

#endif  // TESTS_GPU_SPEED_H_
