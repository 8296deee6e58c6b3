// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/noise.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"

namespace cxr::synth {
namespace {

struct Moments {
  double mean = 0.0;
  double deviation = 0.0;
};

Moments MomentsOf(const std::vector<float>& values) {
  double sum = 0.0;
  double squares = 0.0;
  for (const float value : values) {
    sum += value;
    squares += 1.0 * value * value;
  }
  const double mean = sum / values.size();
  return {.mean = mean,
          .deviation = std::sqrt(squares / values.size() - mean * mean)};
}

double Correlation(const std::vector<float>& a, const std::vector<float>& b) {
  const Moments of_a = MomentsOf(a);
  const Moments of_b = MomentsOf(b);
  double sum = 0.0;
  for (size_t i = 0; i < a.size(); ++i) {
    sum += (a[i] - of_a.mean) * (b[i] - of_b.mean);
  }
  return sum / a.size() / of_a.deviation / of_b.deviation;
}

Plane Transposed(const Plane& plane) {
  Plane transposed = MakePlane(plane.height, plane.width);
  for (int y = 0; y < plane.height; ++y) {
    for (int x = 0; x < plane.width; ++x) {
      transposed.Row(x)[y] = plane.Row(y)[x];
    }
  }
  return transposed;
}

// The mean, over the rows, of the power of `waves` waves a row, in a window
// that keeps strong waves from leaking into weak ones.
double RowPower(const Plane& plane, int waves) {
  std::vector<double> cosines(plane.width);
  std::vector<double> sines(plane.width);
  for (int x = 0; x < plane.width; ++x) {
    const double angle = 2.0 * M_PI * (x + 0.5) / plane.width;
    cosines[x] = (1.0 - std::cos(angle)) * std::cos(waves * angle);
    sines[x] = (1.0 - std::cos(angle)) * std::sin(waves * angle);
  }
  double power = 0.0;
  for (int y = 0; y < plane.height; ++y) {
    double real = 0.0;
    double imaginary = 0.0;
    for (int x = 0; x < plane.width; ++x) {
      real += plane.Row(y)[x] * cosines[x];
      imaginary += plane.Row(y)[x] * sines[x];
    }
    power += real * real + imaginary * imaginary;
  }
  return power;
}

// -d log(power) / d log(frequency) of rows, between two numbers of waves.
double RowExponent(const std::vector<Plane>& planes, int low, int high) {
  double sum_x = 0.0, sum_y = 0.0, sum_xx = 0.0, sum_xy = 0.0;
  int count = 0;
  for (int waves = low; waves <= high; ++waves) {
    double power = 0.0;
    for (const Plane& plane : planes) {
      power += RowPower(plane, waves);
    }
    const double x = std::log(waves);
    const double y = std::log(power);
    sum_x += x, sum_y += y, sum_xx += x * x, sum_xy += x * y, ++count;
  }
  return -(count * sum_xy - sum_x * sum_y) / (count * sum_xx - sum_x * sum_x);
}

constexpr Frame kSquare{.width = 128, .height = 128};

TEST(LatticeNoiseTest, MeanIsAboutZeroAndDeviationOne) {
  for (const NoiseSpec& spec :
       {NoiseSpec{}, NoiseSpec{2.0, 6}, NoiseSpec{1.2, 14}}) {
    double mean = 0.0;
    double square = 0.0;
    constexpr int kKeys = 60;
    for (int seed = 0; seed < kKeys; ++seed) {
      const Moments moments =
          MomentsOf(LatticeNoise(kSquare, spec, RandomKey(seed)).values);
      mean += moments.mean / kKeys;
      square += (moments.deviation * moments.deviation +
                 moments.mean * moments.mean) /
                kKeys;
      EXPECT_NEAR(moments.deviation, 1.0, 0.3) << spec.beta << ": " << seed;
    }
    EXPECT_NEAR(mean, 0.0, 0.13) << spec.beta;
    EXPECT_NEAR(square, 1.0, 0.08) << spec.beta;
  }
}

// A row of a plane of power frequency^-beta has power frequency^(1 - beta).
TEST(LatticeNoiseTest, PowerFallsAsAsked) {
  constexpr Frame kLarge{.width = 256, .height = 256};
  for (const double beta : {2.0, 3.0}) {
    std::vector<Plane> planes;
    std::vector<Plane> transposed;
    for (int seed = 0; seed < 12; ++seed) {
      planes.push_back(LatticeNoise(kLarge, {.beta = beta, .lowest = 2},
                                    RandomKey(100 + seed)));
      transposed.push_back(Transposed(planes.back()));
    }
    EXPECT_NEAR(RowExponent(planes, 4, 24), beta - 1.0, 0.3) << beta;
    EXPECT_NEAR(RowExponent(transposed, 4, 24), beta - 1.0, 0.3) << beta;
  }
}

TEST(LatticeNoiseTest, PowerIsFlatBelowTheLowestWaves) {
  double low = 0.0;
  double middle = 0.0;
  double high = 0.0;
  for (int seed = 0; seed < 20; ++seed) {
    const Plane plane =
        LatticeNoise(kSquare, {.beta = 3.0, .lowest = 12}, RandomKey(seed));
    low += RowPower(plane, 3);
    middle += RowPower(plane, 6);
    high += RowPower(plane, 24);
  }
  EXPECT_NEAR(low / middle, 1.0, 0.35);
  EXPECT_GT(middle, 4.0 * high);
}

// The variance of a spline depends on the place within its lattice, but not so
// that it could be seen.
TEST(LatticeNoiseTest, NoLatticeShows) {
  constexpr Frame kFine{.width = 64, .height = 64};
  constexpr int kPeriod = 8;  // pixels between the points of 2 waves
  std::vector<double> squares(kPeriod);
  for (int seed = 0; seed < 300; ++seed) {
    const Plane plane =
        LatticeNoise(kFine, {.beta = 3.0, .lowest = 2}, RandomKey(seed));
    for (int i = 0; i < 64 * 64; ++i) {
      squares[i % kPeriod] += plane.values[i] * plane.values[i];
    }
  }
  const auto [least, most] =
      std::minmax_element(squares.begin(), squares.end());
  EXPECT_LT(*most / *least, 1.12);
}

TEST(LatticeNoiseTest, FilmOfAnotherSizeShowsTheSameTexture) {
  const NoiseSpec spec{.beta = 3.0, .lowest = 2};
  const Plane small = LatticeNoise(kSquare, spec, RandomKey(5));
  const Plane large =
      LatticeNoise({.width = 384, .height = 384}, spec, RandomKey(5));
  Plane shrunk = MakePlane(128, 128);
  for (int y = 0; y < 384; ++y) {
    for (int x = 0; x < 384; ++x) {
      shrunk.Row(y / 3)[x / 3] += large.Row(y)[x] / 9.0f;
    }
  }
  EXPECT_GT(Correlation(small.values, shrunk.values), 0.99);
  const Plane other = LatticeNoise(kSquare, spec, RandomKey(6));
  EXPECT_LT(std::abs(Correlation(small.values, other.values)), 0.5);
}

// What lies at a place in units does not depend on how the film is turned or
// cut; only the octaves do, on its pixels per unit.
TEST(LatticeNoiseTest, TextureTurnsWithTheFrame) {
  const NoiseSpec spec{.beta = 2.5, .lowest = 3};
  const Frame upright{.width = 100, .height = 80, .zoom = 1.25};
  const Frame turned{.width = 60,
                     .height = 100,
                     .rotation_radians = 1.5707963267948966,
                     .zoom = 1.0};
  const Plane a = LatticeNoise(upright, spec, RandomKey(7));
  const Plane b = LatticeNoise(turned, spec, RandomKey(7));
  for (int y = 10; y < 70; ++y) {
    for (int x = 5; x < 95; ++x) {
      if (y >= 40 - 30 && y < 40 + 30) {
        EXPECT_NEAR(a.Row(y)[x], b.Row(x)[59 - (y - 10)], 0.03)
            << x << ", " << y;
      }
    }
  }
}

TEST(LatticeNoiseTest, AnyShapeWillDo) {
  for (const Frame& frame :
       {Frame{.width = 1, .height = 1}, Frame{.width = 16, .height = 16},
        Frame{.width = 500, .height = 3}, Frame{.width = 3, .height = 500},
        Frame{.width = 33, .height = 65, .rotation_radians = 0.7},
        Frame{.width = 16, .height = 16, .zoom = 0.2}}) {
    const Plane plane =
        LatticeNoise(frame, {.beta = 1.2, .lowest = 14}, RandomKey(8));
    EXPECT_EQ(plane.values.size(), size_t{1} * frame.width * frame.height);
    for (const float value : plane.values) {
      EXPECT_LT(std::abs(value), 8.0f);
    }
  }
  EXPECT_TRUE(LatticeNoise({}, {}, RandomKey(1)).values.empty());
}

std::vector<float> PixelRow(int seed, int row, int width) {
  std::vector<float> values(width);
  PixelNoise(RandomKey(seed), row, width, values.data());
  return values;
}

TEST(PixelNoiseTest, IsNormal) {
  constexpr int kWidth = 100001;
  std::vector<float> values = PixelRow(1, 0, kWidth);
  const Moments moments = MomentsOf(values);
  EXPECT_NEAR(moments.mean, 0.0, 0.013);
  EXPECT_NEAR(moments.deviation, 1.0, 0.01);
  // Kolmogorov and Smirnov: 1.95 / sqrt(n) is exceeded once in a thousand.
  std::sort(values.begin(), values.end());
  double worst = 0.0;
  for (int i = 0; i < kWidth; ++i) {
    const double below = 0.5 * std::erfc(-values[i] / std::sqrt(2.0));
    worst = std::max(worst, std::abs(below - (i + 0.5) / kWidth));
  }
  EXPECT_LT(worst, 1.95 / std::sqrt(kWidth));
  EXPECT_GT(values.back(), 3.5f);
}

TEST(PixelNoiseTest, NeighboursAreIndependent) {
  constexpr int kWidth = 40000;
  const std::vector<float> row = PixelRow(1, 10, kWidth + 4);
  const std::vector<float> below = PixelRow(1, 11, kWidth);
  const std::vector<float> other = PixelRow(2, 10, kWidth);
  const std::vector<float> start(row.begin(), row.begin() + kWidth);
  for (int lag = 1; lag <= 4; ++lag) {
    const std::vector<float> shifted(row.begin() + lag,
                                     row.begin() + lag + kWidth);
    EXPECT_NEAR(Correlation(start, shifted), 0.0, 0.02) << lag;
  }
  EXPECT_NEAR(Correlation(start, below), 0.0, 0.02);
  EXPECT_NEAR(Correlation(start, other), 0.0, 0.02);
}

TEST(PixelNoiseTest, DependsOnKeyRowAndColumnAlone) {
  const std::vector<float> row = PixelRow(3, 7, 100);
  for (const int width : {0, 1, 2, 37}) {
    EXPECT_EQ(PixelRow(3, 7, width),
              std::vector<float>(row.begin(), row.begin() + width));
  }
  EXPECT_NE(PixelRow(3, 8, 100), row);
  EXPECT_NE(PixelRow(4, 7, 100), row);
}

}  // namespace
}  // namespace cxr::synth
