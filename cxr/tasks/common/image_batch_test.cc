// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/common/image_batch.h"

#include <gtest/gtest.h>

#include <vector>

#include "ATen/ops/equal.h"
#include "ATen/ops/tensor.h"
#include "c10/util/Exception.h"
#include "cxr/data/image/normalize.h"

namespace cxr {
namespace {

const ChannelStatistics kChannels = StatisticsOf(spec::IMAGENET);

GrayImage Image(int width, int height, int first) {
  GrayImage image = {.width = width, .height = height};
  for (int i = 0; i < width * height; ++i) {
    image.pixels.push_back(static_cast<uint8_t>((first + 7 * i) % 256));
  }
  return image;
}

TEST(ImageBatchTest, EachImageIsNormalisedAsOnItsOwn) {
  const std::vector<GrayImage> images = {Image(5, 3, 0), Image(5, 3, 100)};
  const at::Tensor batch = ToImageBatch(images, kChannels);
  ASSERT_EQ(batch.sizes(), at::IntArrayRef({2, 3, 3, 5}));
  for (int64_t i = 0; i < 2; ++i) {
    const std::vector<float> expected = Normalize(
        images[static_cast<size_t>(i)], kChannels.mean, kChannels.std);
    EXPECT_TRUE(at::equal(batch[i].flatten(),
                          at::tensor(at::ArrayRef<float>(expected))));
  }
}

TEST(ImageBatchTest, ImagesHaveOneSize) {
  EXPECT_THROW(ToImageBatch({Image(4, 4, 0), Image(4, 5, 0)}, kChannels),
               c10::Error);
  EXPECT_THROW(ToImageBatch({}, kChannels), c10::Error);
}

}  // namespace
}  // namespace cxr
