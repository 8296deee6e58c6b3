// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_COMMON_IMAGE_BATCH_H_
#define CXR_TASKS_COMMON_IMAGE_BATCH_H_

#include "ATen/core/Tensor.h"
#include "absl/types/span.h"
#include "c10/core/Device.h"
#include "cxr/data/image.h"
#include "cxr/data/load/normalization.h"

namespace cxr {

// Images of one size, at least one, as a backbone takes them: (n, 3, H, W)
// float32 on `device`, the gray value in all channels, normalised. They travel
// there as bytes of one channel. c10::Error if sizes differ.
at::Tensor ToImageBatch(absl::Span<const GrayImage> images,
                        const ChannelStatistics& channels,
                        c10::Device device = at::kCPU);

}  // namespace cxr

#endif  // CXR_TASKS_COMMON_IMAGE_BATCH_H_
