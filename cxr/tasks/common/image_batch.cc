// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/common/image_batch.h"

#include <algorithm>
#include <cstdint>

#include "ATen/ops/empty.h"
#include "c10/util/Exception.h"
#include "cxr/model/pixels.h"

namespace cxr {

at::Tensor ToImageBatch(absl::Span<const GrayImage> images,
                        const ChannelStatistics& channels, c10::Device device) {
  TORCH_CHECK(!images.empty(), "a batch without images");
  const int64_t height = images[0].height;
  const int64_t width = images[0].width;
  at::Tensor bytes =
      at::empty({std::ssize(images), 1, height, width}, at::kByte);
  uint8_t* out = bytes.mutable_data_ptr<uint8_t>();
  for (const GrayImage& image : images) {
    TORCH_CHECK(image.height == height && image.width == width,
                "images of one batch differ in size: ", image.height, " x ",
                image.width, " and ", height, " x ", width);
    out = std::copy(image.pixels.begin(), image.pixels.end(), out);
  }
  return NormalizePixels(bytes.to(device), channels.mean, channels.std);
}

}  // namespace cxr
