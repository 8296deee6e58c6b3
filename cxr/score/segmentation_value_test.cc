// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/segmentation_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "cxr/base/testing.h"
#include "cxr/score/segmentation_testing.h"

namespace cxr {
namespace {

TEST(SegmentationValueTest, CountsOnlyWhoEntersTheValue) {
  std::vector<MaskPairScore> images = {TwoClasses(1, 2, 2, 1.0),
                                       TwoClasses(1, 2, 2, 3.0),
                                       TwoClasses(2, 2, 2, 4.0)};
  images[2].distances[0].hd95 = std::numeric_limits<double>::infinity();
  ASSERT_OK_AND_ASSIGN(const MaskStatistics statistics,
                       StatisticsOf(images, {.classes = 2}, /*partner=*/{}));
  for (const MaskStatistic& statistic : statistics.all()) {
    const int all = statistic.metric == "hd95" ? 2 : 3;
    const spec::MetricValue value =
        ToMetricValue(statistic, {"p", "p", "q"}, 0.5);
    EXPECT_EQ(value.metric(), statistic.metric);
    EXPECT_EQ(value.value(), 0.5);
    EXPECT_EQ(value.images(), all) << statistic.metric;
    EXPECT_EQ(value.patients(), all - 1) << statistic.metric;
    EXPECT_EQ(value.positives(), 3) << statistic.metric;
    EXPECT_FALSE(value.has_interval());
    EXPECT_FALSE(ToMetricValue(statistic, {}, 0.5).has_patients());
  }
}

}  // namespace
}  // namespace cxr
