// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/pretrain/pretrain_batch.h"

#include <algorithm>

#include "ATen/ops/empty.h"
#include "ATen/ops/tensor.h"
#include "c10/util/Exception.h"
#include "cxr/model/pixels.h"

namespace cxr {
namespace {

// Crops [first, first + count) of each image, by groups; (rows, 1, side, side)
// bytes.
at::Tensor Bytes(const std::vector<std::vector<GrayImage>>& views,
                 int64_t first, int64_t count, int64_t group) {
  const auto images = std::ssize(views);
  const int64_t side = views[0][static_cast<size_t>(first)].height;
  at::Tensor bytes = at::empty({images * count, 1, side, side}, at::kByte);
  uint8_t* out = bytes.mutable_data_ptr<uint8_t>();
  for (int64_t begin = 0; begin < images; begin += group) {
    for (int64_t crop = first; crop < first + count; ++crop) {
      for (int64_t i = begin; i < begin + group; ++i) {
        const GrayImage& view =
            views[static_cast<size_t>(i)][static_cast<size_t>(crop)];
        TORCH_CHECK(view.width == side && view.height == side,
                    "crops: expected ", side, " x ", side, ", got ", view.width,
                    " x ", view.height);
        out = std::copy(view.pixels.begin(), view.pixels.end(), out);
      }
    }
  }
  return bytes;
}

at::Tensor Normalized(const at::Tensor& bytes, const BatchFormat& format) {
  return NormalizePixels(bytes.to(format.device, /*non_blocking=*/true),
                         format.mean, format.std)
      .to(format.type);
}

}  // namespace

PretrainBatch MakePretrainBatch(
    const std::vector<std::vector<GrayImage>>& views,
    const std::vector<std::vector<BlockMask>>& group_masks,
    const BatchFormat& format) {
  const auto images = std::ssize(views);
  const int64_t group = format.group_images;
  TORCH_CHECK(images >= 1 && images % group == 0 &&
                  std::ssize(group_masks) == images / group,
              "pretraining batch: ", images, " images and masks of ",
              group_masks.size(), " groups of ", group);
  PretrainBatch batch = {.images = images,
                         .group_images = group,
                         .local_count = format.local_count};
  batch.global_crops = Normalized(Bytes(views, 0, 2, group), format);
  if (format.local_count > 0) {
    batch.local_crops =
        Normalized(Bytes(views, 2, format.local_count, group), format);
  }
  const auto patches = std::ssize(group_masks.at(0).at(0));
  at::Tensor masks = at::empty({2 * images, patches}, at::kBool);
  bool* out = masks.mutable_data_ptr<bool>();
  std::vector<int64_t> masked;
  std::vector<double> weights;
  int64_t row = 0;
  for (const std::vector<BlockMask>& of_group : group_masks) {
    TORCH_CHECK(std::ssize(of_group) == 2 * group,
                "pretraining batch: ", of_group.size(), " masks for ",
                2 * group, " crops");
    batch.group_starts.push_back(std::ssize(masked));
    for (const BlockMask& mask : of_group) {
      const auto count = std::count(mask.begin(), mask.end(), uint8_t{1});
      for (int64_t n = 0; n < patches; ++n) {
        const bool is_masked = mask[static_cast<size_t>(n)] != 0;
        *out++ = is_masked;
        if (!is_masked) continue;
        masked.push_back(row * patches + n);
        weights.push_back(1.0 / static_cast<double>(count));
      }
      ++row;
    }
  }
  batch.group_starts.push_back(std::ssize(masked));
  batch.masks = masks.to(format.device, /*non_blocking=*/true);
  batch.masked_patches = at::tensor(masked).to(format.device);
  batch.mask_weights =
      at::tensor(weights, at::kDouble)
          .to(format.device,
              format.type == at::kDouble ? at::kDouble : at::kFloat);
  return batch;
}

}  // namespace cxr
