// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/pixels.h"

#include <gtest/gtest.h>

#include "ATen/ops/arange.h"
#include "ATen/ops/zeros.h"
#include "c10/util/Exception.h"

namespace cxr {
namespace {

constexpr std::array<float, 3> kMean = {0.485F, 0.456F, 0.406F};
constexpr std::array<float, 3> kStd = {0.229F, 0.224F, 0.225F};

TEST(PixelsTest, EveryByteBecomesThreeChannels) {
  const at::Tensor bytes = at::arange(256, at::kByte).view({2, 1, 8, 16});
  const at::Tensor pixels = NormalizePixels(bytes, kMean, kStd);
  ASSERT_EQ(pixels.sizes(), at::IntArrayRef({2, 3, 8, 16}));
  for (int value = 0; value < 256; ++value) {
    for (int c = 0; c < 3; ++c) {
      const size_t channel = static_cast<size_t>(c);
      const float expected =
          (static_cast<float>(value) / 255 - kMean[channel]) / kStd[channel];
      EXPECT_EQ(
          pixels[value / 128][c][value % 128 / 16][value % 16].item<float>(),
          expected)
          << value;
    }
  }
}

TEST(PixelsTest, OtherShapesAndTypesAreRefused) {
  EXPECT_THROW(NormalizePixels(at::zeros({1, 1, 2, 2}), kMean, kStd),
               c10::Error);
  EXPECT_THROW(NormalizePixels(at::zeros({1, 3, 2, 2}, at::kByte), kMean, kStd),
               c10::Error);
}

}  // namespace
}  // namespace cxr
