// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/distance.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/fill.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"
#include "cxr/synth/raster/spline.h"

namespace cxr::synth {
namespace {

int IntOf(const std::string& cell) {
  int value = -1;
  EXPECT_TRUE(absl::SimpleAtoi(cell, &value)) << cell;
  return value;
}

// Every pixel against every other.
Plane SlowDistance(const Plane& coverage) {
  Plane plane = MakePlane(coverage.width, coverage.height);
  const int size = coverage.width * coverage.height;
  for (int i = 0; i < size; ++i) {
    double least =
        coverage.values[i] > 0.5f ? coverage.width + coverage.height : 0.0;
    for (int j = 0; j < size; ++j) {
      if (coverage.values[j] <= 0.5f) {
        const int x = i % coverage.width - j % coverage.width;
        const int y = i / coverage.width - j / coverage.width;
        least = std::min(least, std::sqrt(1.0 * x * x + 1.0 * y * y));
      }
    }
    plane.values[i] = static_cast<float>(least);
  }
  return plane;
}

double Profile(double distance, double radius) {
  const double rest = 1.0 - std::clamp(distance / radius, 0.0, 1.0);
  return std::sqrt(1.0 - rest * rest);
}

// testdata/make_raster.py: SciPy and OpenCV.
TEST(DistanceTest, EqualsSciPyAndOpenCv) {
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Load(TestData("cxr/synth/raster/testdata/distance.csv")));
  ASSERT_EQ(table.rows().size(), 6u);
  for (const CsvTable::Row& row : table.rows()) {
    Plane mask = MakePlane(IntOf(row.cells[0]), IntOf(row.cells[1]));
    const std::vector<std::string> squares = absl::StrSplit(row.cells[3], ' ');
    ASSERT_EQ(row.cells[2].size(), mask.values.size());
    ASSERT_EQ(squares.size(), mask.values.size());
    for (size_t i = 0; i < squares.size(); ++i) {
      mask.values[i] = row.cells[2][i] == '1' ? 1.0f : 0.0f;
    }
    const Plane distance = DistanceInside(mask);
    for (size_t i = 0; i < squares.size(); ++i) {
      EXPECT_EQ(distance.values[i],
                std::sqrt(static_cast<float>(IntOf(squares[i]))))
          << mask.width << " x " << mask.height << ": " << i;
    }
  }
}

TEST(DistanceTest, EqualsTrueDistancesOfAnyCoverage) {
  RandomStream stream(RandomKey(1));
  for (int round = 0; round < 200; ++round) {
    Plane coverage = MakePlane(1 + stream.Below(14), 1 + stream.Below(14));
    const double bias = stream.Between(-0.45, 0.45);
    for (float& value : coverage.values) {
      value = static_cast<float>(std::clamp(stream.Uniform() + bias, 0.0, 1.0));
    }
    EXPECT_EQ(DistanceInside(coverage).values, SlowDistance(coverage).values);
  }
}

TEST(DistanceTest, BeyondTheBorderIsInside) {
  Plane plane = MakePlane(5, 3);
  std::fill(plane.values.begin(), plane.values.end(), 1.0f);
  EXPECT_EQ(DistanceInside(plane).values, std::vector<float>(15, 8.0f));
  plane.Row(1)[0] = 0.5f;
  EXPECT_EQ(DistanceInside(plane).Row(1)[4], 4.0f);
  EXPECT_EQ(DistanceInside(MakePlane(4, 4)).values,
            std::vector<float>(16, 0.0f));
  EXPECT_TRUE(DistanceInside(MakePlane(0, 0)).values.empty());
}

TEST(DistanceTest, WholeFilmsAreMeasuredExactly) {
  Plane plane = MakePlane(1500, 3000);
  std::fill(plane.values.begin(), plane.values.end(), 1.0f);
  plane.Row(0)[0] = 0.0f;
  EXPECT_FLOAT_EQ(DistanceInside(plane).Row(2999)[1499],
                  std::sqrt(2999.0f * 2999.0f + 1499.0f * 1499.0f));
}

// A disc of the profile's own radius is half a ball.
TEST(ThicknessTest, DiscOfTheRadiusIsABall) {
  constexpr double kRadius = 30.0;
  const Point center{.x = 40.3, .y = 38.6};
  const Plane coverage =
      Coverage(Ellipse(center, kRadius, kRadius, 720), 80, 78);
  const Plane thickness = Thickness(coverage, kRadius);
  for (int y = 0; y < 78; ++y) {
    for (int x = 0; x < 80; ++x) {
      const double depth =
          kRadius - std::hypot(x + 0.5 - center.x, y + 0.5 - center.y);
      if (depth < -1.0) {
        EXPECT_EQ(thickness.Row(y)[x], 0.0f);
      } else if (depth > 1.0) {
        EXPECT_NEAR(thickness.Row(y)[x], Profile(depth, kRadius), 0.02);
      }
    }
  }
}

// Of a slanted edge, to which distances between pixels' centres would give
// steps of up to a pixel.
TEST(ThicknessTest, NoStairsShowAlongAnEdge) {
  constexpr double kSlope = 0.11;
  constexpr double kRadius = 40.0;
  const std::vector<Point> half = {
      {20.0, 0.0}, {100.0, 0.0}, {100.0, 90.0}, {20.0 + kSlope * 90.0, 90.0}};
  const Plane thickness = Thickness(Coverage(half, 100, 90), kRadius);
  for (int y = 15; y < 75; ++y) {
    for (int x = 0; x < 60; ++x) {
      const double across = x + 0.5 - 20.0 - kSlope * (y + 0.5);
      const double depth = across / std::sqrt(1.0 + kSlope * kSlope);
      if (depth > 0.75) {
        EXPECT_NEAR(thickness.Row(y)[x], Profile(depth, kRadius), 0.01)
            << x << ", " << y;
      } else if (depth < -0.75) {
        EXPECT_EQ(thickness.Row(y)[x], 0.0f);
      }
    }
  }
}

// The mean over a pixel at the edge of a profile that starts as a root.
TEST(ThicknessTest, EdgeIsSmoothAsTheCoverageIs) {
  constexpr double kRadius = 40.0;
  float before = 0.0f;
  for (double edge = 3.0; edge >= 2.0; edge -= 0.05) {
    const std::vector<Point> half = {
        {edge, -9.0}, {99.0, -9.0}, {99.0, 9.0}, {edge, 9.0}};
    const float value = Thickness(Coverage(half, 20, 3), kRadius).Row(1)[2];
    const double covered = 3.0 - edge;
    EXPECT_NEAR(value,
                std::sqrt(2.0 / kRadius) * 2.0 / 3.0 * std::pow(covered, 1.5),
                0.015);
    EXPECT_GE(value, before);
    EXPECT_LT(value - before, 0.02f);
    before = value;
  }
}

TEST(ThicknessTest, IsOneInTheDepth) {
  Plane plane = MakePlane(9, 9);
  std::fill(plane.values.begin(), plane.values.end(), 1.0f);
  EXPECT_EQ(Thickness(plane, 5.0).values, std::vector<float>(81, 1.0f));
  EXPECT_EQ(Thickness(MakePlane(9, 9), 5.0).values,
            std::vector<float>(81, 0.0f));
}

}  // namespace
}  // namespace cxr::synth
