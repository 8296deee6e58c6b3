// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/solarize.h"

#include <gtest/gtest.h>

#include "cxr/data/image/operations_testing.h"

namespace cxr {
namespace {

TEST(SolarizeTest, EveryLevelEqualsPillows) {
  for (const RecordedOperation& recorded : ReadRecordedOperations("solarize")) {
    EXPECT_TRUE(
        Solarize(recorded.input, static_cast<int>(recorded.arguments[0])) ==
        recorded.output)
        << recorded.name;
  }
}

TEST(SolarizeTest, LowestThresholdTwiceChangesNothing) {
  const GrayImage image = MakeNoise(11, 6, /*seed=*/3);
  EXPECT_EQ(Solarize(Solarize(image, 0), 0), image);
}

}  // namespace
}  // namespace cxr
