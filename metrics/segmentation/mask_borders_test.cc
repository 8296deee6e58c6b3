// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/segmentation/mask_borders.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metrics/segmentation/random_masks_testing.h"

namespace cxr::metrics {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(MaskBordersTest, EdgesAreWhatErosionTakesAway) {
  const std::vector<uint8_t> mask = {0, 0, 0, 0, 0, 0,  //
                                     0, 7, 1, 1, 1, 0,  //
                                     0, 1, 1, 1, 1, 0,  //
                                     0, 1, 1, 1, 1, 0,  //
                                     0, 0, 0, 0, 0, 0};
  const MaskBorders edges = EdgePixels({mask, 5, 6}, {mask, 5, 6});
  EXPECT_EQ(edges.predicted.height, 3) << "cut to the mask";
  EXPECT_EQ(edges.predicted.width, 4);
  EXPECT_THAT(edges.predicted.codes, ElementsAre(1, 1, 1, 1,  //
                                                 1, 0, 0, 1,  //
                                                 1, 1, 1, 1));
  EXPECT_EQ(edges.truth.codes, edges.predicted.codes);
}

TEST(MaskBordersTest, WhatLiesBeyondTheImageIsOutside) {
  const std::vector<uint8_t> full(9, 1);
  const std::vector<uint8_t> empty(9);
  const MaskBorders edges = EdgePixels({full, 3, 3}, {empty, 3, 3});
  EXPECT_THAT(edges.predicted.codes, ElementsAre(1, 1, 1, 1, 0, 1, 1, 1, 1));
  EXPECT_THAT(edges.truth.codes, Each(0));
  EXPECT_EQ(edges.truth.codes.size(), 9u);
}

TEST(MaskBordersTest, CornersSayWhichPixelsAroundThemAreInside) {
  const std::vector<uint8_t> predicted = {0, 0, 0,  //
                                          0, 1, 0,  //
                                          0, 0, 2};
  const std::vector<uint8_t> truth = {0, 0, 0,  //
                                      0, 1, 1,  //
                                      0, 1, 1};
  const MaskBorders corners = BorderCorners({predicted, 3, 3}, {truth, 3, 3});
  EXPECT_EQ(corners.predicted.height, 3);
  EXPECT_EQ(corners.predicted.width, 3);
  EXPECT_THAT(corners.predicted.codes, ElementsAre(1, 2, 0,  //
                                                   4, 9, 2,  //
                                                   0, 4, 8));
  EXPECT_THAT(corners.truth.codes, ElementsAre(1, 3, 2,   //
                                               5, 0, 10,  //
                                               4, 12, 8));
}

TEST(MaskBordersTest, NoMaskHasNoGrid) {
  const std::vector<uint8_t> empty(6);
  for (const MaskBorders& borders :
       {EdgePixels({empty, 2, 3}, {empty, 2, 3}),
        BorderCorners({empty, 2, 3}, {empty, 2, 3})}) {
    EXPECT_EQ(borders.predicted.height, 0);
    EXPECT_THAT(borders.truth.codes, IsEmpty());
    EXPECT_THAT(SquaresBetween(borders.predicted, borders.truth, {}),
                IsEmpty());
  }
}

TEST(MaskBordersTest, DistancesRunFromTheFirstBorderToTheSecond) {
  const MaskBorder from = {{1, 0, 1, 0, 0, 0, 0, 0, 0, 3}, 1, 10};
  const MaskBorder to = {{0, 1, 0, 0, 0, 0, 0, 0, 0, 0}, 1, 10};
  EXPECT_THAT(SquaresBetween(from, to, {}), ElementsAre(1, 1, 64));
  EXPECT_THAT(SquaresBetween(to, from, {1.0, 0.5}), ElementsAre(.25));
  const MaskBorder none = {std::vector<uint8_t>(10), 1, 10};
  EXPECT_THAT(SquaresBetween(from, none, {}),
              Each(std::numeric_limits<double>::infinity()));
  EXPECT_THAT(SquaresBetween(none, from, {}), IsEmpty());
}

// The transform over the whole grid, looked up at the border.
TEST(MaskBordersTest, DistancesAreThoseOfTheTransform) {
  for (uint64_t seed = 7000; seed < 7200; seed += 2) {
    SCOPED_TRACE(seed);
    const MaskPair pair = RandomMaskPair(seed);
    const MaskBorders corners =
        BorderCorners(pair.predicted_view(), pair.truth_view());
    if (corners.truth.height == 0) continue;
    const std::vector<double> squares = *SquaredDistanceTransform(
        {corners.truth.codes, corners.truth.height, corners.truth.width});
    std::vector<double> expected;
    for (size_t i = 0; i < squares.size(); ++i) {
      if (corners.predicted.codes[i] != 0) expected.push_back(squares[i]);
    }
    EXPECT_EQ(SquaresBetween(corners.predicted, corners.truth, {}), expected);
  }
}

}  // namespace
}  // namespace cxr::metrics
