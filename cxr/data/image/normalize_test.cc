// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/normalize.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/data/image/operations_testing.h"

namespace cxr {
namespace {

constexpr std::array<float, 3> kMean = {0.485f, 0.456f, 0.406f};
constexpr std::array<float, 3> kDeviation = {0.229f, 0.224f, 0.225f};

float FloatOf(const std::string& cell) {
  float value = 0.0f;
  EXPECT_TRUE(absl::SimpleAtof(cell, &value)) << cell;
  return value;
}

TEST(NormalizeTest, EveryLevelEqualsTorchvisions) {
  const GrayImage levels = ReadTestImage("operations/levels.png");
  const std::vector<float> values = Normalize(levels, kMean, kDeviation);
  const std::vector<float> units = ScaleToUnit(levels);
  ASSERT_EQ(values.size(), 3u * 256);
  ASSERT_EQ(units.size(), 256u);
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Load(
          TestData("cxr/data/image/testdata/operations/normalize.csv")));
  ASSERT_EQ(table.rows().size(), 256u);
  for (size_t level = 0; level < 256; ++level) {
    const std::vector<std::string>& cells = table.rows()[level].cells;
    EXPECT_EQ(units[level], FloatOf(cells[1])) << level;
    for (size_t channel = 0; channel < 3; ++channel) {
      EXPECT_EQ(values[channel * 256 + level], FloatOf(cells[2 + channel]))
          << level << ", channel " << channel;
    }
  }
}

// What the comment of ScaleToUnit claims.
TEST(NormalizeTest, OneChannelServesALinearLayerAsWellAsThree) {
  const GrayImage image = MakeNoise(5, 4, /*seed=*/8);
  const std::array<double, 3> weights = {0.7, -1.1, 0.4};
  const std::vector<float> values = Normalize(image, kMean, kDeviation);
  const std::vector<float> units = ScaleToUnit(image);
  for (size_t i = 0; i < units.size(); ++i) {
    double three = 0.0;
    double weight = 0.0;
    double bias = 0.0;
    for (size_t channel = 0; channel < 3; ++channel) {
      three += weights[channel] * values[channel * units.size() + i];
      weight += weights[channel] / kDeviation[channel];
      bias -= weights[channel] * kMean[channel] / kDeviation[channel];
    }
    EXPECT_NEAR(weight * units[i] + bias, three, 1e-5);
  }
}

TEST(NormalizeDeathTest, EveryMeanNeedsADeviation) {
  EXPECT_DEATH(Normalize(GrayImage{}, kMean, {1.0f}), "3 means, 1 deviations");
}

}  // namespace
}  // namespace cxr
