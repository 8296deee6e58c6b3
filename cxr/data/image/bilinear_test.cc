// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/bilinear.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "cxr/data/image/operations_testing.h"

namespace cxr {
namespace {

constexpr int kOne = 1 << kBilinearBits;

struct Positions {
  std::vector<int32_t> xs;
  std::vector<int32_t> ys;
};

// All over the image and around it.
Positions MakePositions(int width, int height, int count) {
  Positions positions;
  uint32_t state = 17;
  for (int i = 0; i < count; ++i) {
    state = state * 1664525u + 1013904223u;
    positions.xs.push_back(
        static_cast<int32_t>((state >> 8) % ((width + 6) * kOne)) - 3 * kOne);
    state = state * 1664525u + 1013904223u;
    positions.ys.push_back(
        static_cast<int32_t>((state >> 8) % ((height + 6) * kOne)) - 3 * kOne);
  }
  return positions;
}

// The definition, in doubles, which hold all of its terms exactly.
double Interpolated(const GrayView& image, int32_t x, int32_t y,
                    Border border) {
  const int left = static_cast<int>(std::floor(double{1.0} * x / kOne));
  const int top = static_cast<int>(std::floor(double{1.0} * y / kOne));
  const double right_part = double{1.0} * x / kOne - left;
  const double lower_part = double{1.0} * y / kOne - top;
  double sum = 0.0;
  for (const int j : {0, 1}) {
    for (const int i : {0, 1}) {
      sum += PixelAt(image, left + i, top + j, border) *
             (i == 1 ? right_part : 1.0 - right_part) *
             (j == 1 ? lower_part : 1.0 - lower_part);
    }
  }
  return sum;
}

TEST(BilinearTest, ValuesAreRoundedMeansWithAndWithoutVectors) {
  for (const int width : {1, 2, 3, 4, 5, 40}) {
    for (const int height : {1, 2, 31}) {
      const GrayImage image = MakeNoise(width, height, /*seed=*/18);
      const GrayView view = ViewOf(image);
      const Positions at = MakePositions(width, height, 203);
      for (const Border border : {Border::kZero, Border::kReflect}) {
        std::vector<uint8_t> scalar(at.xs.size());
        std::vector<uint8_t> vectors(at.xs.size());
        InterpolateRow(view, at.xs, at.ys, border, scalar.data(),
                       Simd::kScalar);
        InterpolateRow(view, at.xs, at.ys, border, vectors.data(), BestSimd());
        EXPECT_EQ(scalar, vectors) << width << " x " << height;
        for (size_t i = 0; i < at.xs.size(); ++i) {
          const double value = Interpolated(view, at.xs[i], at.ys[i], border);
          EXPECT_EQ(scalar[i], std::floor(value + 0.5))
              << at.xs[i] << ", " << at.ys[i];
        }
      }
    }
  }
}

TEST(BilinearTest, ReflectionTurnsAtTheOuterPixels) {
  EXPECT_EQ(ReflectIndex(-1, 4), 1);
  EXPECT_EQ(ReflectIndex(-3, 4), 3);
  EXPECT_EQ(ReflectIndex(-4, 4), 2);
  EXPECT_EQ(ReflectIndex(3, 4), 3);
  EXPECT_EQ(ReflectIndex(4, 4), 2);
  EXPECT_EQ(ReflectIndex(6, 4), 0);
  EXPECT_EQ(ReflectIndex(-9, 1), 0);
}

TEST(BilinearTest, OutsideIsBlackOrReflected) {
  const GrayImage image{.width = 2, .height = 1, .pixels = {10, 20}};
  const GrayView view = ViewOf(image);
  EXPECT_EQ(PixelAt(view, 1, 0, Border::kZero), 20);
  EXPECT_EQ(PixelAt(view, 2, 0, Border::kZero), 0);
  EXPECT_EQ(PixelAt(view, 0, -1, Border::kZero), 0);
  EXPECT_EQ(PixelAt(view, 2, 0, Border::kReflect), 10);
  EXPECT_EQ(PixelAt(view, 1, -1, Border::kReflect), 20);
}

}  // namespace
}  // namespace cxr
