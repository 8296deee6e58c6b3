// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/gpu_pretrain.h"

#include <gtest/gtest.h>

#include "cxr/model/random_weights.h"

namespace cxr::tests {
namespace {

GpuCheckOptions TinyOptions() {
  Vit vit(VitOptions{.width = 16, .depth = 1, .heads = 2, .position_grid = 4});
  FillRandomWeights(*vit, {.seed = 1});
  return {.models = {{"tiny", vit}},
          .image_pixels = 56,
          .warmups = 1,
          .repeats = 3};
}

TEST(GpuPretrainTest, ADeviceAgreesWithItself) {
  const Json report = CheckPretrainParity(TinyOptions());
  EXPECT_EQ(report["ok"], true) << report;
  EXPECT_EQ(report["largest"], 0) << report;
}

TEST(GpuPretrainTest, EveryModelIsARow) {
  const Json report = MeasurePretrain(TinyOptions());
  EXPECT_EQ(report["ok"], true) << report;
  ASSERT_EQ(report["rows"].size(), 1) << report;
  EXPECT_EQ(report["rows"][0]["model"], "tiny");
  EXPECT_GT(report["rows"][0]["images_per_second"], 0);
}

}  // namespace
}  // namespace cxr::tests
