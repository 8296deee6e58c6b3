// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/gpu_speed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "ATen/Context.h"
#include "cxr/model/random_weights.h"

namespace cxr::tests {
namespace {

GpuCheckOptions TinyOptions() {
  Vit vit(VitOptions{.width = 16, .depth = 1, .heads = 2, .position_grid = 3});
  FillRandomWeights(*vit, {.seed = 1});
  return {.models = {{"tiny", vit}},
          .image_pixels = 42,
          .speed_batches = {2, 3},
          .warmups = 1,
          .repeats = 3};
}

TEST(GpuSpeedTest, TheMedianIsThatOfTheCountedRuns) {
  const GpuCheckOptions options = {.warmups = 2, .repeats = 5};
  int calls = 0;
  // Slow are the runs that do not count and two of the five.
  const double seconds = MedianSeconds(options, [&] {
    ++calls;
    const bool slow = calls <= 2 || calls == 4 || calls == 5;
    std::this_thread::sleep_for(std::chrono::milliseconds(slow ? 2000 : 10));
  });
  EXPECT_EQ(calls, 7);
  EXPECT_GE(seconds, 0.01);
  EXPECT_LT(seconds, 2);
}

TEST(GpuSpeedTest, AChoiceOfAttentionEndsWithItsScope) {
  {
    const AttentionChoice math("math");
    EXPECT_TRUE(at::globalContext().userEnabledMathSDP());
    EXPECT_FALSE(at::globalContext().userEnabledFlashSDP());
    EXPECT_FALSE(at::globalContext().userEnabledCuDNNSDP());
  }
  EXPECT_TRUE(at::globalContext().userEnabledFlashSDP());
  EXPECT_TRUE(at::globalContext().userEnabledCuDNNSDP());
  EXPECT_DEATH(AttentionChoice("flush"), "no kind of attention: flush");
}

TEST(GpuSpeedTest, EachKindOfAttentionOfTheCpuIsTimed) {
  const Json row = MeasureAttention(TinyOptions())["tiny"];
  EXPECT_EQ(row["chosen"], "flash") << row;
  EXPECT_EQ(row["milliseconds"].size(), 2) << row;
  EXPECT_GT(row["milliseconds"]["math"], 0);
}

TEST(GpuSpeedTest, EveryCaseIsOneRow) {
  const Json report = MeasureForward(TinyOptions());
  EXPECT_EQ(report["ok"], true) << report;
  ASSERT_EQ(report["rows"].size(), 4) << report;
  const Json& last = report["rows"][3];
  EXPECT_EQ(last["mode"], "bf16");
  EXPECT_EQ(last["batch"], 3);
  const double seconds = last["milliseconds"].get<double>() / 1e3;
  const double images = last["images_per_second"];
  EXPECT_NEAR(images * seconds, 3, 1e-6);
  // Per image 14 tokens of width 16 through one block, 9 patches of 588.
  constexpr double kFlops =
      2.0 * (12 * 14 * 16 * 16 + 2 * 14 * 14 * 16 + 9 * 588 * 16);
  EXPECT_NEAR(last["tflop_per_second"].get<double>() / images * 1e12, kFlops,
              kFlops * 1e-6);
}

TEST(GpuSpeedTest, AFailedCaseIsARowWithItsReason) {
  GpuCheckOptions options = TinyOptions();
  options.image_pixels = 41;
  const Json report = MeasureForward(options);
  EXPECT_EQ(report["ok"], false);
  const std::string error = report["rows"][0]["error"];
  EXPECT_THAT(error, ::testing::HasSubstr("multiples of 14"));
}

}  // namespace
}  // namespace cxr::tests
