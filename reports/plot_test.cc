// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/plot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cxr::reports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The axes' square is 280 wide and begins at (56, 30); heights grow upwards.
TEST(PlotTest, PointsLieInTheSquareOfTheAxes) {
  const std::string svg =
      ToSvg({.line = {{0, 0}, {0.5, 0.25}, {1, 1}}, .rings = {{0.5, 0.5}}});
  EXPECT_THAT(svg, HasSubstr("d=\"M56.0 310.0 L196.0 240.0 L336.0 30.0\""));
  EXPECT_THAT(svg, HasSubstr("<circle cx=\"196.0\" cy=\"170.0\" r=\"8\""));
  EXPECT_THAT(svg, HasSubstr("<text x=\"196.0\" y=\"174.0\" "
                             "class=\"middle\">1</text>"));
}

TEST(PlotTest, AxesEndAtTheLimitAndCutWhatIsBeyond) {
  const std::string svg =
      ToSvg({.limit = 0.2, .dots = {{{0.1, 0.05}, 0.0, 0.9}}});
  EXPECT_THAT(svg, HasSubstr(">0.04</text>"));
  EXPECT_THAT(svg, HasSubstr("cx=\"196.0\" cy=\"240.0\""));
  EXPECT_THAT(svg, HasSubstr("d=\"M196.0 310.0 V30.0\""));
}

TEST(PlotTest, WhatIsNotThereIsNotDrawn) {
  EXPECT_THAT(ToSvg({}), Not(HasSubstr("stroke-width")));
}

TEST(PlotTest, WordsAreEscaped) {
  const std::string svg = ToSvg({.title = "a < b", .x_label = "\"x\" & y"});
  EXPECT_THAT(svg, HasSubstr(">a &lt; b</text>"));
  EXPECT_THAT(svg, HasSubstr(">&quot;x&quot; &amp; y</text>"));
}

TEST(PlotTest, LimitsAreRound) {
  EXPECT_EQ(PlotLimit(0), 0.05);
  EXPECT_EQ(PlotLimit(0.05), 0.05);
  EXPECT_EQ(PlotLimit(0.051), 0.1);
  EXPECT_EQ(PlotLimit(0.51), 1.0);
}

}  // namespace
}  // namespace cxr::reports
