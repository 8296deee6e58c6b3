// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/pretrain/pretrain_batch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "ATen/ops/equal.h"
#include "ATen/ops/tensor.h"
#include "c10/util/Exception.h"
#include "cxr/data/image/normalize.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;

constexpr int64_t kImages = 4;
constexpr int64_t kGroup = 2;
constexpr int64_t kLocal = 3;

GrayImage Uniform(int side, uint8_t value) {
  return {.width = side,
          .height = side,
          .pixels = std::vector<uint8_t>(
              static_cast<size_t>(side) * static_cast<size_t>(side), value)};
}

// The pixels of crop v of image i are 10 i + v.
std::vector<std::vector<GrayImage>> Views() {
  std::vector<std::vector<GrayImage>> views;
  for (int image = 0; image < kImages; ++image) {
    auto& of_image = views.emplace_back();
    for (int view = 0; view < 2 + kLocal; ++view) {
      of_image.push_back(
          Uniform(view < 2 ? 4 : 2, static_cast<uint8_t>(10 * image + view)));
    }
  }
  return views;
}

// Of 2 x 2 patches. The first crop of the first image lacks all, the second
// crop of the last one the last.
std::vector<std::vector<BlockMask>> Masks() {
  std::vector<std::vector<BlockMask>> masks(
      kImages / kGroup,
      std::vector<BlockMask>(2 * kGroup, BlockMask{0, 0, 0, 0}));
  masks[0][0] = {1, 1, 1, 1};
  masks[1][3] = {0, 0, 0, 1};
  return masks;
}

BatchFormat Format() {
  return {.group_images = kGroup,
          .local_count = kLocal,
          .mean = {0.485F, 0.456F, 0.406F},
          .std = {0.229F, 0.224F, 0.225F}};
}

// The first pixel of each row, as the byte it was.
std::vector<int> FirstPixels(const at::Tensor& crops) {
  std::vector<int> pixels;
  for (int64_t i = 0; i < crops.size(0); ++i) {
    const double value = crops[i][0][0][0].item<double>();
    pixels.push_back(
        static_cast<int>(std::lround((value * 0.229F + 0.485F) * 255)));
  }
  return pixels;
}

TEST(PretrainBatchTest, RowsStandByGroupThenCropThenImage) {
  const PretrainBatch batch = MakePretrainBatch(Views(), Masks(), Format());
  EXPECT_THAT(batch.global_crops.sizes().vec(), ElementsAre(8, 3, 4, 4));
  EXPECT_THAT(FirstPixels(batch.global_crops),
              ElementsAre(0, 10, 1, 11, 20, 30, 21, 31));
  EXPECT_THAT(batch.local_crops.sizes().vec(), ElementsAre(12, 3, 2, 2));
  EXPECT_THAT(FirstPixels(batch.local_crops),
              ElementsAre(2, 12, 3, 13, 4, 14, 22, 32, 23, 33, 24, 34));
}

TEST(PretrainBatchTest, PixelsAreNormalisedAsEverywhere) {
  const BatchFormat format = Format();
  const PretrainBatch batch = MakePretrainBatch(Views(), Masks(), format);
  const std::vector<float> expected =
      Normalize(Views()[3][0], format.mean, format.std);
  EXPECT_TRUE(at::equal(batch.global_crops[5].flatten(),
                        at::tensor(at::ArrayRef<float>(expected))));
}

TEST(PretrainBatchTest, MaskedPatchesAreListedWithTheirWeights) {
  const PretrainBatch batch = MakePretrainBatch(Views(), Masks(), Format());
  EXPECT_TRUE(at::equal(batch.masked_patches,
                        at::tensor(std::vector<int64_t>{0, 1, 2, 3, 31})));
  EXPECT_TRUE(
      at::equal(batch.mask_weights,
                at::tensor(std::vector<float>{0.25F, 0.25F, 0.25F, 0.25F, 1})));
  EXPECT_TRUE(at::equal(batch.masks.flatten().nonzero().flatten(),
                        batch.masked_patches));
  EXPECT_THAT(batch.group_starts, ElementsAre(0, 4, 5));
}

TEST(PretrainBatchTest, ThereMayBeNoLocalCrops) {
  BatchFormat format = Format();
  format.local_count = 0;
  EXPECT_FALSE(
      MakePretrainBatch(Views(), Masks(), format).local_crops.defined());
}

TEST(PretrainBatchTest, AGroupIsWhole) {
  std::vector<std::vector<GrayImage>> views = Views();
  views.pop_back();
  EXPECT_THROW(MakePretrainBatch(views, Masks(), Format()), c10::Error);
  views = Views();
  views[2][1] = Uniform(5, 0);
  EXPECT_THROW(MakePretrainBatch(views, Masks(), Format()), c10::Error);
}

}  // namespace
}  // namespace cxr
