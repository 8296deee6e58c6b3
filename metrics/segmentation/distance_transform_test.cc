// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/segmentation/distance_transform.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metrics/golden_csv.h"
#include "metrics/segmentation/random_masks_testing.h"

namespace cxr::metrics {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr double kInfinite = std::numeric_limits<double>::infinity();

// Every pixel against every other one.
std::vector<double> SquaresOneByOne(const MaskView& mask,
                                    const PixelSpacing& spacing) {
  std::vector<double> squares(mask.pixels.size(), kInfinite);
  for (int64_t i = 0; i < std::ssize(squares); ++i) {
    for (int64_t k = 0; k < std::ssize(squares); ++k) {
      if (mask.pixels[k] == 0) continue;
      const double down =
          static_cast<double>(i / mask.width - k / mask.width) * spacing.down;
      const double right =
          static_cast<double>(i % mask.width - k % mask.width) * spacing.right;
      squares[i] = std::min(squares[i], down * down + right * right);
    }
  }
  return squares;
}

uint64_t Fingerprint(const std::vector<double>& numbers) {
  uint64_t value = 0xcbf29ce484222325;
  for (const double number : numbers) {
    uint64_t bits;
    std::memcpy(&bits, &number, sizeof(bits));
    value = (value ^ bits) * 0x100000001b3;
  }
  return value;
}

TEST(DistanceTransformTest, OnePixelMakesCirclesAroundIt) {
  const std::vector<uint8_t> mask = {0, 0, 0, 0,  //
                                     0, 9, 0, 0,  //
                                     0, 0, 0, 0};
  EXPECT_THAT(*SquaredDistanceTransform({mask, 3, 4}),
              ElementsAre(2, 1, 2, 5, 1, 0, 1, 4, 2, 1, 2, 5));
  EXPECT_THAT(*SquaredDistanceTransform({mask, 3, 4}, {2.0, 0.5}),
              ElementsAre(4.25, 4, 4.25, 5, .25, 0, .25, 1, 4.25, 4, 4.25, 5));
  EXPECT_THAT(*DistanceTransform({{0, 0, 0, 1}, 1, 4}),
              ElementsAre(3, 2, 1, 0));
  EXPECT_THAT(*DistanceTransform({{0, 0, 0, 1}, 4, 1}),
              ElementsAre(3, 2, 1, 0));
}

TEST(DistanceTransformTest, WithoutAPixelInsideAllIsInfinite) {
  EXPECT_THAT(*DistanceTransform({std::vector<uint8_t>(12), 3, 4}),
              Each(kInfinite));
}

TEST(DistanceTransformTest, AgreesWithAllPairsOfPixels) {
  for (uint64_t seed = 5000; seed < 5200; ++seed) {
    SCOPED_TRACE(seed);
    const MaskPair pair = RandomMaskPair(seed);
    const std::vector<double> expected =
        SquaresOneByOne(pair.truth_view(), pair.spacing);
    const std::vector<double> squares =
        *SquaredDistanceTransform(pair.truth_view(), pair.spacing);
    ASSERT_EQ(squares.size(), expected.size());
    for (size_t i = 0; i < squares.size(); ++i) {
      if (seed % 2 == 0 || std::isinf(expected[i])) {
        ASSERT_EQ(squares[i], expected[i]) << i;
      } else {
        ASSERT_NEAR(squares[i], expected[i], 1e-14 * expected[i]) << i;
      }
    }
  }
}

// testdata/make_distance_golden.py
TEST(DistanceTransformTest, AgreesWithScipyToTheLastBit) {
  const auto rows =
      ReadGoldenCsv("metrics/segmentation/testdata/distance_golden.csv");
  ASSERT_GE(rows.size(), 1000u);
  for (const std::vector<std::string>& row : rows) {
    SCOPED_TRACE(row[0]);
    const auto seed = static_cast<uint64_t>(GoldenNumber(row[0]));
    const MaskPair pair = RandomMaskPair(seed);
    const std::vector<double> distances =
        *DistanceTransform(pair.truth_view(), pair.spacing);
    double sum = 0.0;
    for (const double distance : distances) sum += distance;
    const double expected = GoldenNumber(row[1]);
    EXPECT_NEAR(sum, expected, 1e-12 * std::max(1.0, expected));
    if (seed % 2 == 0) {
      EXPECT_EQ(Fingerprint(distances), std::stoull(row[2], nullptr, 16));
    }
  }
}

// Few chosen pixels are searched for, many are read from the whole row.
TEST(DistanceTransformTest, ChosenPixelsHaveTheDistancesOfTheTransform) {
  NearestPixels nearest;
  for (uint64_t seed = 6000; seed < 6200; ++seed) {
    SCOPED_TRACE(seed);
    const MaskPair pair = RandomMaskPair(seed);
    nearest.SetMask(pair.truth_view(), pair.spacing);
    const std::vector<double> expected =
        *SquaredDistanceTransform(pair.truth_view(), pair.spacing);
    TestDraws draws(seed);
    for (int64_t y = 0; y < pair.height; ++y) {
      for (const int64_t count : {1, 2, 40}) {
        std::vector<int32_t> columns;
        std::vector<double> wanted;
        for (int64_t k = 0; k < count; ++k) {
          columns.push_back(static_cast<int32_t>(draws.Draw(pair.width)));
          wanted.push_back(expected[y * pair.width + columns.back()]);
        }
        std::vector<double> squares;
        nearest.AppendSquares(y, columns, &squares);
        ASSERT_EQ(squares.size(), wanted.size());
        for (size_t k = 0; k < squares.size(); ++k) {
          if (seed % 2 == 0 || std::isinf(wanted[k])) {
            ASSERT_EQ(squares[k], wanted[k]);
          } else {
            ASSERT_NEAR(squares[k], wanted[k], 1e-14 * wanted[k]);
          }
        }
      }
    }
  }
}

TEST(DistanceTransformTest, BadInputIsNamed) {
  const auto expect_invalid = [](const absl::Status& status,
                                 const std::string& text) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr(text));
  };
  const std::vector<uint8_t> mask(6);
  expect_invalid(DistanceTransform({mask, 2, 2}).status(),
                 "6 pixels of height 2 and width 2");
  expect_invalid(DistanceTransform({{}, 0, 0}).status(), "height 0");
  expect_invalid(DistanceTransform({mask, -2, -3}).status(), "height -2");
  const std::vector<uint8_t> long_mask((1 << 20) + 1);
  expect_invalid(DistanceTransform({long_mask, 1, (1 << 20) + 1}).status(),
                 "width 1048577");
  for (const double bad : {0.0, -1.0, kInfinite, std::nan("")}) {
    expect_invalid(DistanceTransform({mask, 2, 3}, {bad, 1.0}).status(),
                   "spacing: ");
    expect_invalid(SquaredDistanceTransform({mask, 2, 3}, {1.0, bad}).status(),
                   "expected positive numbers");
  }
}

}  // namespace
}  // namespace cxr::metrics
