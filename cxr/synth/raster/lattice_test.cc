// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/lattice.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "absl/types/span.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/frame.h"

namespace cxr::synth {
namespace {

// The cubic B-spline: sum over k of (-1)^k C(4, k) max(x + 2 - k, 0)^3 / 6.
double Bump(double x) {
  constexpr double kBinomials[] = {1.0, -4.0, 6.0, -4.0, 1.0};
  double sum = 0.0;
  for (int k = 0; k < 5; ++k) {
    sum += kBinomials[k] * std::pow(std::max(x + 2.0 - k, 0.0), 3.0) / 6.0;
  }
  return std::abs(x) < 2.0 ? sum : 0.0;
}

double SlowValue(const Lattice& lattice, Point place) {
  double sum = 0.0;
  for (int y = 0; y < lattice.coefficients.height; ++y) {
    for (int x = 0; x < lattice.coefficients.width; ++x) {
      sum += lattice.coefficients.Row(y)[x] * Bump(place.x - lattice.left - x) *
             Bump(place.y - lattice.top - y);
    }
  }
  return sum;
}

std::vector<float> Values(const Lattice& lattice, Point first, Point step,
                          int width) {
  std::vector<float> values(width);
  EvaluateRow(lattice, first, step, absl::MakeSpan(values));
  return values;
}

TEST(LatticeTest, CoversWhatIsAskedFor) {
  for (int left = -9; left < 9; ++left) {
    const Lattice lattice = MakeLattice(left, left + 1, left + 7, left + 4);
    EXPECT_LE(lattice.left, left);
    EXPECT_GE(lattice.left + lattice.coefficients.width, left + 7);
    EXPECT_LE(lattice.top, left + 1);
    EXPECT_EQ(lattice.top + lattice.coefficients.height, left + 4);
    EXPECT_EQ(lattice.left % 4, 0);
    EXPECT_EQ(lattice.top % 2, 0);
  }
}

TEST(LatticeTest, RowIsTheSumOfBSplines) {
  Lattice lattice = MakeLattice(-8, -6, 12, 9);
  AddWhite(RandomKey(1), 1.0, &lattice);
  const Point first{.x = -5.3, .y = 4.2};
  const Point step{.x = 0.37, .y = -0.21};
  const std::vector<float> values = Values(lattice, first, step, 36);
  for (int i = 0; i < 36; ++i) {
    // Half a rounded place, at slopes of about 1.
    EXPECT_NEAR(values[i],
                SlowValue(lattice, {.x = first.x + i * step.x,
                                    .y = first.y + i * step.y}),
                0.006)
        << i;
  }
}

TEST(LatticeTest, FlatCoefficientsAreFlat) {
  Lattice lattice = MakeLattice(0, 0, 8, 8);
  std::fill(lattice.coefficients.values.begin(),
            lattice.coefficients.values.end(), 3.0f);
  for (const float value : Values(lattice, {2.0, 2.0}, {0.13, 0.11}, 25)) {
    EXPECT_NEAR(value, 3.0f, 1e-5f);
  }
}

TEST(LatticeTest, RefiningLeavesTheSplineAsItIs) {
  Lattice fine = MakeLattice(-11, -7, 15, 12);
  Lattice coarse = MakeCoarser(fine);
  AddWhite(RandomKey(2), 1.0, &coarse);
  Refine(coarse, &fine);
  for (double y = -4.7; y < 9.0; y += 0.83) {
    for (double x = -8.6; x < 12.0; x += 0.71) {
      EXPECT_NEAR(SlowValue(fine, {.x = x, .y = y}),
                  SlowValue(coarse, {.x = 0.5 * x, .y = 0.5 * y}), 1e-5)
          << x << ", " << y;
    }
  }
}

TEST(LatticeTest, RefiningNeedsNoMoreThanWhatIsMade) {
  for (int left = -6; left < 6; ++left) {
    for (int size = 1; size < 6; ++size) {
      Lattice fine = MakeLattice(left, left, left + size, left + size);
      Lattice coarse = MakeCoarser(fine);
      std::fill(coarse.coefficients.values.begin(),
                coarse.coefficients.values.end(), 1.0f);
      Refine(coarse, &fine);
      for (const float value : fine.coefficients.values) {
        EXPECT_EQ(value, 1.0f) << left << ", " << size;
      }
    }
  }
}

TEST(LatticeTest, WhiteNumbersBelongToTheirPoints) {
  Lattice large = MakeLattice(-20, -10, 20, 10);
  Lattice small = MakeLattice(-4, -2, 4, 3);
  AddWhite(RandomKey(3), 0.5, &large);
  AddWhite(RandomKey(3), 0.5, &small);
  for (int y = 0; y < small.coefficients.height; ++y) {
    for (int x = 0; x < small.coefficients.width; ++x) {
      EXPECT_EQ(small.coefficients.Row(y)[x],
                large.coefficients.Row(y + small.top -
                                       large.top)[x + small.left - large.left]);
    }
  }
}

TEST(LatticeTest, WhiteNumbersHaveTheirDeviationAndNoNeighbours) {
  Lattice lattice = MakeLattice(-200, -150, 200, 150);
  AddWhite(RandomKey(4), 0.5, &lattice);
  double sum = 0.0;
  double squares = 0.0;
  double across = 0.0;
  double down = 0.0;
  for (int y = 1; y < 300; ++y) {
    const float* row = lattice.coefficients.Row(y);
    for (int x = 1; x < 400; ++x) {
      sum += row[x];
      squares += row[x] * row[x];
      across += row[x] * row[x - 1];
      down += row[x] * row[x - lattice.coefficients.width];
    }
  }
  constexpr double kCount = 299.0 * 399.0;
  // Four standard errors of 1 / sqrt(count).
  EXPECT_NEAR(sum / kCount / 0.5, 0.0, 0.012);
  EXPECT_NEAR(squares / kCount / 0.25, 1.0, 0.012);
  EXPECT_NEAR(across / kCount / 0.25, 0.0, 0.012);
  EXPECT_NEAR(down / kCount / 0.25, 0.0, 0.012);
}

TEST(LatticeTest, WhiteNumbersAreAdded) {
  Lattice twice = MakeLattice(0, 0, 4, 2);
  AddWhite(RandomKey(5), 1.0, &twice);
  Lattice once = twice;
  AddWhite(RandomKey(5), 1.0, &twice);
  for (size_t i = 0; i < once.coefficients.values.size(); ++i) {
    EXPECT_EQ(twice.coefficients.values[i], 2.0f * once.coefficients.values[i]);
  }
}

}  // namespace
}  // namespace cxr::synth
