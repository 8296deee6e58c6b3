// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/segmentation/surface_distance.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metrics/golden_csv.h"
#include "metrics/segmentation/random_masks_testing.h"

namespace cxr::metrics {
namespace {

using ::testing::HasSubstr;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr auto kForth = BorderDirection::kPredictedToTruth;
constexpr auto kBack = BorderDirection::kTruthToPredicted;

// Both NaN, both infinite, or close.
void ExpectSame(double actual, double expected, double tolerance) {
  if (std::isnan(expected)) {
    EXPECT_TRUE(std::isnan(actual)) << actual;
  } else if (std::isinf(expected)) {
    EXPECT_EQ(actual, expected);
  } else {
    EXPECT_NEAR(actual, expected, tolerance * std::max(1.0, expected));
  }
}

// Rows and columns first..last of a mask of 8 x 8.
std::vector<uint8_t> Rectangle(int top, int bottom, int left, int right) {
  std::vector<uint8_t> mask(64);
  for (int y = top; y <= bottom; ++y) {
    for (int x = left; x <= right; ++x) mask[y * 8 + x] = 1;
  }
  return mask;
}

constexpr uint8_t kNoPixel[64] = {};

MaskView None() { return {kNoPixel, 8, 8}; }

EdgeDistances Edges(const MaskView& predicted, const MaskView& truth,
                    const PixelSpacing& spacing = {}) {
  absl::StatusOr<EdgeDistances> distances =
      EdgeDistances::Create(predicted, truth, spacing);
  EXPECT_TRUE(distances.ok()) << distances.status();
  return *std::move(distances);
}

ContourDistances Contours(const MaskView& predicted, const MaskView& truth,
                          const PixelSpacing& spacing = {}) {
  absl::StatusOr<ContourDistances> distances =
      ContourDistances::Create(predicted, truth, spacing);
  EXPECT_TRUE(distances.ok()) << distances.status();
  return *std::move(distances);
}

// Values of monai 1.6.1 and surface-distance 0.1.
TEST(SurfaceDistanceTest, TheTwoFamiliesDisagreeOnTwoRectangles) {
  const std::vector<uint8_t> predicted = Rectangle(2, 4, 2, 4);
  const std::vector<uint8_t> truth = Rectangle(3, 5, 2, 5);
  const EdgeDistances edges = Edges({predicted, 8, 8}, {truth, 8, 8});
  EXPECT_NEAR(edges.Hausdorff(), 1.4142135623730951, 1e-12);
  EXPECT_NEAR(edges.HausdorffAtPercentile(95), 1.2278174593052018, 1e-12);
  EXPECT_NEAR(edges.Average(), .6896785312429498, 1e-12);
  const ContourDistances contours = Contours({predicted, 8, 8}, {truth, 8, 8});
  EXPECT_NEAR(contours.RobustHausdorff(95), 1.4142135623730951, 1e-12);
  EXPECT_NEAR(contours.AverageTruthToPredicted(), .7338556372365374, 1e-12);
  EXPECT_NEAR(contours.AveragePredictedToTruth(), .6576504843704677, 1e-12);
}

TEST(SurfaceDistanceTest, EqualMasksAreNoDistanceApart) {
  const std::vector<uint8_t> mask = Rectangle(1, 5, 3, 7);
  const EdgeDistances edges = Edges({mask, 8, 8}, {mask, 8, 8});
  EXPECT_EQ(edges.Hausdorff(), 0.0);
  EXPECT_EQ(edges.HausdorffAtPercentile(95), 0.0);
  EXPECT_EQ(edges.Average(), 0.0);
  const ContourDistances contours = Contours({mask, 8, 8}, {mask, 8, 8});
  EXPECT_EQ(contours.RobustHausdorff(100), 0.0);
  EXPECT_EQ(contours.AveragePredictedToTruth(), 0.0);
  EXPECT_EQ(contours.SurfaceDice(0.0), 1.0);
}

// Two pixels three rows and four columns apart.
TEST(SurfaceDistanceTest, SpacingStretchesEachAxis) {
  const std::vector<uint8_t> predicted = Rectangle(1, 1, 1, 1);
  const std::vector<uint8_t> truth = Rectangle(4, 4, 5, 5);
  EXPECT_EQ(Edges({predicted, 8, 8}, {truth, 8, 8}).Hausdorff(), 5.0);
  EXPECT_EQ(Edges({predicted, 8, 8}, {truth, 8, 8}, {5.0, 2.0}).Hausdorff(),
            17.0);
}

TEST(SurfaceDistanceTest, PercentilesInterpolateBetweenDistances) {
  // Edge pixels of one row at distances 0, 1, 2, 3 from the only true pixel.
  const std::vector<uint8_t> predicted = Rectangle(2, 2, 2, 5);
  const std::vector<uint8_t> truth = Rectangle(2, 2, 2, 2);
  const EdgeDistances edges = Edges({predicted, 8, 8}, {truth, 8, 8});
  EXPECT_NEAR(edges.HausdorffAtPercentile(50), 1.5, 1e-15);
  EXPECT_NEAR(edges.HausdorffAtPercentile(10), 0.3, 1e-15);
  EXPECT_EQ(edges.HausdorffAtPercentile(100), 3.0);
  EXPECT_EQ(edges.Hausdorff(kForth), 3.0);
  EXPECT_EQ(edges.Hausdorff(kBack), 0.0);
  EXPECT_NEAR(edges.HausdorffAtPercentile(50, kForth), 1.5, 1e-15);
  EXPECT_EQ(edges.HausdorffAtPercentile(50, kBack), 0.0);
  EXPECT_EQ(edges.Average(kForth), 1.5);
  EXPECT_EQ(edges.Average(kBack), 0.0);
  EXPECT_NEAR(edges.Average(), 6.0 / 5.0, 1e-15)
      << "of all distances, not of two means";
}

TEST(SurfaceDistanceTest, TwoEmptyMasksHaveNoDistance) {
  const EdgeDistances edges = Edges(None(), None());
  ExpectSame(edges.Hausdorff(), kNan, 0.0);
  ExpectSame(edges.HausdorffAtPercentile(95), kNan, 0.0);
  ExpectSame(edges.Average(), kNan, 0.0);
  const ContourDistances contours = Contours(None(), None());
  EXPECT_EQ(contours.RobustHausdorff(95), kInfinite);
  ExpectSame(contours.AveragePredictedToTruth(), kNan, 0.0);
  ExpectSame(contours.AverageTruthToPredicted(), kNan, 0.0);
  ExpectSame(contours.SurfaceDice(1.0), kNan, 0.0);
}

TEST(SurfaceDistanceTest, OneEmptyMaskIsInfinitelyFar) {
  const std::vector<uint8_t> mask = Rectangle(2, 4, 2, 4);
  for (const bool predicted : {false, true}) {
    const MaskView inside = {mask, 8, 8};
    const MaskView first = predicted ? inside : None();
    const MaskView second = predicted ? None() : inside;
    const EdgeDistances edges = Edges(first, second);
    for (const BorderDirection direction :
         {BorderDirection::kBoth, kForth, kBack}) {
      EXPECT_EQ(edges.Hausdorff(direction), kInfinite);
      ExpectSame(edges.HausdorffAtPercentile(95, direction), kNan, 0.0);
      EXPECT_EQ(edges.Average(direction), kInfinite);
    }
    const ContourDistances contours = Contours(first, second);
    EXPECT_EQ(contours.RobustHausdorff(95), kInfinite);
    ExpectSame(contours.AveragePredictedToTruth(), predicted ? kInfinite : kNan,
               0.0);
    ExpectSame(contours.AverageTruthToPredicted(), predicted ? kNan : kInfinite,
               0.0);
    EXPECT_EQ(contours.SurfaceDice(1.0), 0.0);
  }
}

TEST(SurfaceDistanceTest, ExchangingTheMasksExchangesTheDirections) {
  for (uint64_t seed = 8000; seed < 8100; ++seed) {
    SCOPED_TRACE(seed);
    const MaskPair pair = RandomMaskPair(seed);
    const MaskView a = pair.predicted_view();
    const MaskView b = pair.truth_view();
    const EdgeDistances forth = Edges(a, b, pair.spacing);
    const EdgeDistances back = Edges(b, a, pair.spacing);
    ExpectSame(forth.Hausdorff(kForth), back.Hausdorff(kBack), 0.0);
    ExpectSame(forth.Average(), back.Average(), 1e-14);
    ExpectSame(forth.HausdorffAtPercentile(80), back.HausdorffAtPercentile(80),
               0.0);
    ExpectSame(Contours(a, b, pair.spacing).SurfaceDice(2.0),
               Contours(b, a, pair.spacing).SurfaceDice(2.0), 1e-14);
  }
}

// testdata/make_surface_golden.py
TEST(SurfaceDistanceTest, AgreesWithMonaiAndSurfaceDistance) {
  const auto rows =
      ReadGoldenCsv("metrics/segmentation/testdata/surface_golden.csv");
  ASSERT_GE(rows.size(), 1000u);
  for (const std::vector<std::string>& row : rows) {
    SCOPED_TRACE("seed " + row[0]);
    const MaskPair pair =
        RandomMaskPair(static_cast<uint64_t>(GoldenNumber(row[0])));
    const EdgeDistances edges =
        Edges(pair.predicted_view(), pair.truth_view(), pair.spacing);
    const double values[] = {edges.Hausdorff(), edges.HausdorffAtPercentile(95),
                             edges.HausdorffAtPercentile(95, kForth),
                             edges.Average(), edges.Average(kForth)};
    for (int k = 0; k < 5; ++k) {
      const bool percentile = k == 1 || k == 2;
      ExpectSame(values[k], GoldenNumber(row[1 + k]), percentile ? 1e-5 : 1e-6);
      ExpectSame(values[k], GoldenNumber(row[6 + k]), 1e-12);
    }
    const ContourDistances contours =
        Contours(pair.predicted_view(), pair.truth_view(), pair.spacing);
    ExpectSame(contours.RobustHausdorff(95), GoldenNumber(row[11]), 1e-12);
    ExpectSame(contours.RobustHausdorff(100), GoldenNumber(row[12]), 1e-12);
    ExpectSame(contours.RobustHausdorff(50), GoldenNumber(row[13]), 1e-12);
    ExpectSame(contours.AveragePredictedToTruth(), GoldenNumber(row[14]),
               1e-12);
    ExpectSame(contours.AverageTruthToPredicted(), GoldenNumber(row[15]),
               1e-12);
    ExpectSame(contours.SurfaceDice(1.5), GoldenNumber(row[16]), 1e-12);
  }
}

TEST(SurfaceDistanceTest, BadInputIsNamed) {
  const std::vector<uint8_t> mask(6);
  const absl::Status turned =
      EdgeDistances::Create({mask, 2, 3}, {mask, 3, 2}).status();
  EXPECT_EQ(turned.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(turned.message()),
              HasSubstr("predicted: 2 x 3, expected the 3 x 2 of truth"));
  const absl::Status spacing =
      ContourDistances::Create({mask, 2, 3}, {mask, 2, 3}, {0.0, 1.0}).status();
  EXPECT_EQ(spacing.code(), absl::StatusCode::kInvalidArgument);
  const absl::Status size =
      ContourDistances::Create({mask, 2, 3}, {{1, 1}, 1, 3}).status();
  EXPECT_EQ(size.code(), absl::StatusCode::kInvalidArgument);
}

TEST(SurfaceDistanceDeathTest, PercentilesOutOfRangeEndTheProgram) {
  const std::vector<uint8_t> mask = Rectangle(1, 2, 1, 2);
  EXPECT_DEATH(Edges({mask, 8, 8}, {mask, 8, 8}).HausdorffAtPercentile(0),
               "percent");
  EXPECT_DEATH(Contours({mask, 8, 8}, {mask, 8, 8}).RobustHausdorff(101),
               "percent");
}

}  // namespace
}  // namespace cxr::metrics
