// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/shape_prior.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "absl/types/span.h"
#include "cxr/synth/film/outline.h"

namespace cxr::synth {
namespace {

constexpr int kLeft = 44;   // where the left lung begins
constexpr int kHeart = 94;  // where the heart begins

using Shape = std::array<Point, kShapePoints>;

Outline Part(const Shape& shape, int begin, int end) {
  return Outline(shape).first(end).subspan(begin);
}

double Width(Outline outline) { return ExtentOf(outline, &Point::x).size(); }

// What was measured on the films that the prior was made of.
TEST(ShapePriorTest, MeanHasTheMeasuresOfRealFilms) {
  const Shape mean = ShapeOf({});
  EXPECT_NEAR(
      Width(Part(mean, kHeart, kShapePoints)) / Width(Part(mean, 0, kHeart)),
      0.493, 0.001);
  EXPECT_NEAR(Width(Part(mean, 0, kHeart)), 0.73, 0.005);
  EXPECT_NEAR(ExtentOf(mean, &Point::y).low, 0.147, 0.007);
  EXPECT_NEAR(ExtentOf(Part(mean, 0, kLeft), &Point::y).high, 0.780, 0.001);
  EXPECT_NEAR(ExtentOf(Part(mean, kLeft, kHeart), &Point::y).high, 0.792,
              0.001);
}

TEST(ShapePriorTest, RightLungIsOnTheFilmsLeft) {
  const Shape mean = ShapeOf({});
  EXPECT_LT(ExtentOf(Part(mean, 0, kLeft), &Point::x).high,
            ExtentOf(Part(mean, kLeft, kHeart), &Point::x).low);
}

// Of all coordinates' variance, 51, 17, 11, 7, 5.5 and 1.8 percent.
TEST(ShapePriorTest, ModesHoldTheirSharesOfTheVariance) {
  const Shape mean = ShapeOf({});
  std::array<double, kShapeModes> variance = {};
  for (int k = 0; k < kShapeModes; ++k) {
    ShapeWeights weights = {};
    weights[k] = 1.0;
    const Shape moved = ShapeOf(weights);
    for (int i = 0; i < kShapePoints; ++i) {
      const double dx = moved[i].x - mean[i].x;
      const double dy = moved[i].y - mean[i].y;
      variance[k] += dx * dx + dy * dy;
    }
  }
  const std::array<double, kShapeModes> shares = {51, 17, 11, 7, 5.5, 1.8};
  for (int k = 0; k < kShapeModes; ++k) {
    EXPECT_NEAR(variance[k] / variance[0], shares[k] / shares[0], 0.015) << k;
  }
}

TEST(ShapePriorTest, ShapesAddUp) {
  const Shape mean = ShapeOf({});
  const Shape a = ShapeOf({1.0, -0.5});
  const Shape b = ShapeOf({0.0, 0.0, 2.0, 0.0, 0.0, -1.0});
  const Shape both = ShapeOf({1.0, -0.5, 2.0, 0.0, 0.0, -1.0});
  for (int i = 0; i < kShapePoints; ++i) {
    EXPECT_NEAR(both[i].x - mean[i].x, a[i].x + b[i].x - 2 * mean[i].x, 1e-12);
    EXPECT_NEAR(both[i].y - mean[i].y, a[i].y + b[i].y - 2 * mean[i].y, 1e-12);
  }
}

}  // namespace
}  // namespace cxr::synth
