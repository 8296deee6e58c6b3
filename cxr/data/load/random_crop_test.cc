// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/random_crop.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

struct Limits {
  double scale_min = 0.05;
  double scale_max = 0.32;
  double ratio_min = 0.75;
  double ratio_max = 4.0 / 3.0;
};

spec::RandomResizedCropSpec Spec(const Limits& limits) {
  spec::RandomResizedCropSpec spec;
  spec.set_scale_min(limits.scale_min);
  spec.set_scale_max(limits.scale_max);
  spec.set_ratio_min(limits.ratio_min);
  spec.set_ratio_max(limits.ratio_max);
  return spec;
}

std::vector<PixelBox> Draws(const Limits& limits, int width, int height) {
  std::vector<PixelBox> boxes;
  for (int i = 0; i < 4000; ++i) {
    boxes.push_back(DrawRandomCrop(Spec(limits), width, height,
                                   CounterRng(9, absl::StrCat("test.", i))));
  }
  return boxes;
}

TEST(RandomCropTest, BoxesLieInsideAndKeepTheLimits) {
  for (const PixelBox& box : Draws({}, 1000, 800)) {
    EXPECT_GE(box.left, 0);
    EXPECT_GE(box.top, 0);
    EXPECT_LE(box.left + box.width, 1000);
    EXPECT_LE(box.top + box.height, 800);
    // Sides are rounded to pixels, by half a pixel of at least 180.
    const double area = 1.0 * box.width * box.height / (1000 * 800);
    EXPECT_GT(area, 0.05 * 0.99);
    EXPECT_LT(area, 0.32 * 1.01);
    const double ratio = 1.0 * box.width / box.height;
    EXPECT_GT(ratio, 0.75 * 0.99);
    EXPECT_LT(ratio, 4.0 / 3.0 * 1.01);
  }
}

// In a square image these limits always fit at the first try, so nothing skews
// the distributions. Tolerances are 5 standard errors of 4,000 draws.
TEST(RandomCropTest, AreaIsUniformRatioLogUniformPlaceUniform) {
  double area = 0.0;
  double area_square = 0.0;
  double log_ratio = 0.0;
  double log_ratio_square = 0.0;
  double left = 0.0;
  double top = 0.0;
  for (const PixelBox& box : Draws({}, 2000, 2000)) {
    const double a = box.width * 1.0 * box.height / 4e6 / 4000;
    area += a;
    area_square += a * a * 4000;
    const double l = std::log(1.0 * box.width / box.height);
    log_ratio += l / 4000;
    log_ratio_square += l * l / 4000;
    left += box.left / (2000.0 - box.width) / 4000;
    top += box.top / (2000.0 - box.height) / 4000;
  }
  EXPECT_NEAR(area, (0.05 + 0.32) / 2, 0.0062);
  EXPECT_NEAR(area_square - area * area, 0.27 * 0.27 / 12, 0.0005);
  EXPECT_NEAR(log_ratio, 0.0, 0.0132);
  EXPECT_NEAR(log_ratio_square, std::pow(std::log(4.0 / 3.0), 2) / 3, 0.002);
  EXPECT_NEAR(left, 0.5, 0.023);
  EXPECT_NEAR(top, 0.5, 0.023);
}

TEST(RandomCropTest, WhereNoTryFitsTheLargestCentralPartIsTaken) {
  const Limits whole{.scale_min = 1.0, .scale_max = 1.0};
  for (const PixelBox& box : Draws(whole, 3000, 300)) {
    EXPECT_EQ(box.left, (3000 - 400) / 2);
    EXPECT_EQ(box.top, 0);
    EXPECT_EQ(box.width, 400);
    EXPECT_EQ(box.height, 300);
  }
  const PixelBox tall = Draws(whole, 300, 3000)[0];
  EXPECT_EQ(tall.top, (3000 - 400) / 2);
  EXPECT_EQ(tall.width, 300);
  EXPECT_EQ(tall.height, 400);
}

// The whole of an image whose ratio is allowed: of the tries only one with the
// image's own ratio would fit.
TEST(RandomCropTest, AnAllowedImageIsTakenWhole) {
  int whole = 0;
  for (const PixelBox& box :
       Draws({.scale_min = 1.0, .scale_max = 1.0}, 1100, 1000)) {
    whole += box.width == 1100 && box.height == 1000 ? 1 : 0;
  }
  EXPECT_GT(whole, 3900);
}

TEST(RandomCropTest, OnePixelIsItself) {
  const PixelBox box = Draws({}, 1, 1)[0];
  EXPECT_EQ(box.width, 1);
  EXPECT_EQ(box.height, 1);
}

}  // namespace
}  // namespace cxr
