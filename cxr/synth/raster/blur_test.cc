// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/blur.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/plane.h"

namespace cxr::synth {
namespace {

double NumberOf(const std::string& cell) {
  double value = -1.0;
  EXPECT_TRUE(absl::SimpleAtod(cell, &value)) << cell;
  return value;
}

Plane PlaneOf(const CsvTable::Row& row) {
  Plane plane = MakePlane(static_cast<int>(NumberOf(row.cells[0])),
                          static_cast<int>(NumberOf(row.cells[1])));
  const std::vector<std::string> values = absl::StrSplit(row.cells[3], ' ');
  EXPECT_EQ(values.size(), plane.values.size());
  std::transform(values.begin(), values.end(), plane.values.begin(), NumberOf);
  return plane;
}

Plane Blurred(Plane plane, double sigma) {
  Blur(sigma, &plane);
  return plane;
}

double SumOf(const Plane& plane) {
  return std::accumulate(plane.values.begin(), plane.values.end(), 0.0);
}

// testdata/make_raster.py: SciPy's gaussian_filter of white noise and steps
// between 0 and 2. Direct sums are exact but for tails; halving is not.
TEST(BlurTest, EqualsSciPy) {
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Load(TestData("cxr/synth/raster/testdata/blur.csv")));
  ASSERT_EQ(table.rows().size(), 30u);
  Plane input;
  for (const CsvTable::Row& row : table.rows()) {
    const double sigma = NumberOf(row.cells[2]);
    const Plane expected = PlaneOf(row);
    if (sigma == 0.0) {
      input = expected;
    }
    const Plane actual = Blurred(input, sigma);
    for (size_t i = 0; i < expected.values.size(); ++i) {
      EXPECT_NEAR(actual.values[i], expected.values[i],
                  sigma < 2.5 ? 1e-4 : 0.012)
          << sigma << ", " << input.width << " x " << input.height << ": " << i;
    }
  }
}

// A pixel far from the borders becomes a Gaussian of the right size.
TEST(BlurTest, PointBecomesAGaussian) {
  for (const double sigma : {0.8, 2.0, 2.5, 3.0, 4.7, 11.0, 25.0}) {
    Plane plane = MakePlane(231, 229);
    plane.Row(113)[117] = 1.0f;
    Blur(sigma, &plane);
    EXPECT_NEAR(SumOf(plane), 1.0, 1e-4) << sigma;
    double variance_x = 0.0;
    double variance_y = 0.0;
    for (int y = 0; y < plane.height; ++y) {
      for (int x = 0; x < plane.width; ++x) {
        variance_x += plane.Row(y)[x] * (x - 117) * (x - 117);
        variance_y += plane.Row(y)[x] * (y - 113) * (y - 113);
        if (sigma > 2.0) {
          const double square =
              ((x - 117) * (x - 117) + (y - 113) * (y - 113)) / (sigma * sigma);
          const double peak = 1.0 / (2.0 * M_PI * sigma * sigma);
          EXPECT_NEAR(plane.Row(y)[x], peak * std::exp(-0.5 * square),
                      0.05 * peak)
              << sigma;
        }
      }
    }
    EXPECT_NEAR(std::sqrt(variance_x), sigma, 0.01 * sigma);
    EXPECT_NEAR(std::sqrt(variance_y), sigma, 0.01 * sigma);
  }
}

TEST(BlurTest, FlatPlanesStayFlat) {
  for (const double sigma : {0.1, 1.0, 3.0, 40.0, 900.0}) {
    for (const auto& [width, height] :
         std::vector<std::pair<int, int>>{{1, 1}, {2, 7}, {16, 16}, {53, 1}}) {
      Plane plane = MakePlane(width, height);
      std::fill(plane.values.begin(), plane.values.end(), 0.7f);
      for (const float value : Blurred(plane, sigma).values) {
        EXPECT_NEAR(value, 0.7f, 1e-5f) << sigma << ": " << width;
      }
    }
  }
}

TEST(BlurTest, TransposedPlanesGiveTransposedResults) {
  RandomStream stream(RandomKey(4));
  Plane plane = MakePlane(45, 28);
  Plane transposed = MakePlane(28, 45);
  for (int y = 0; y < 28; ++y) {
    for (int x = 0; x < 45; ++x) {
      plane.Row(y)[x] = transposed.Row(x)[y] =
          static_cast<float>(stream.Uniform());
    }
  }
  for (const double sigma : {1.3, 6.0}) {
    const Plane a = Blurred(plane, sigma);
    const Plane b = Blurred(transposed, sigma);
    for (int y = 0; y < 28; ++y) {
      for (int x = 0; x < 45; ++x) {
        EXPECT_NEAR(a.Row(y)[x], b.Row(x)[y], 1e-5f);
      }
    }
  }
}

// The deviation of white noise falls to 1 / (2 sqrt(pi) sigma); at the borders,
// where edges count repeatedly, to more.
TEST(BlurTest, WhiteNoiseIsDamped) {
  constexpr int kBorder = 16;
  RandomStream stream(RandomKey(5));
  Plane noise = MakePlane(432, 332);
  for (float& value : noise.values) {
    value = static_cast<float>(stream.Normal(0.0, 1.0));
  }
  for (const double sigma : {1.0, 2.4, 2.6, 4.0}) {
    const Plane plane = Blurred(noise, sigma);
    double sum = 0.0;
    for (int y = kBorder; y < plane.height - kBorder; ++y) {
      for (int x = kBorder; x < plane.width - kBorder; ++x) {
        sum += plane.Row(y)[x] * plane.Row(y)[x];
      }
    }
    const double deviation = std::sqrt(sum / (400.0 * 300.0));
    EXPECT_NEAR(deviation * 2.0 * std::sqrt(M_PI) * sigma, 1.0, 0.06) << sigma;
  }
}

TEST(BlurTest, TinySigmasChangeNothing) {
  Plane plane = MakePlane(3, 1);
  plane.values = {1.0f, 5.0f, 2.0f};
  EXPECT_EQ(Blurred(plane, 0.0).values, plane.values);
  EXPECT_EQ(Blurred(plane, 1e-6).values, plane.values);
  EXPECT_TRUE(Blurred(MakePlane(0, 4), 3.0).values.empty());
}

}  // namespace
}  // namespace cxr::synth
