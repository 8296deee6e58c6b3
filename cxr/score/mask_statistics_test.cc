// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/mask_statistics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "cxr/base/testing.h"
#include "metrics/segmentation/overlap_profile.h"

namespace cxr {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

constexpr double kInfinite = std::numeric_limits<double>::infinity();

// Two classes; every distance is `distance`.
MaskPairScore Image(int64_t intersection, int64_t predicted, int64_t truth,
                    double distance) {
  return {.counts = {{50, 60, 60}, {intersection, predicted, truth}},
          .distances = {{distance, distance, distance, distance, distance}}};
}

int64_t Place(const MaskStatistics& statistics, const std::string& metric,
              const std::string& target) {
  for (int64_t k = 0; k < std::ssize(statistics.all()); ++k) {
    const MaskStatistic& statistic = statistics.all()[k];
    if (statistic.metric == metric && statistic.target == target) return k;
  }
  ADD_FAILURE() << "no " << metric << " of " << target;
  return 0;
}

double ValueOf(const MaskStatistics& statistics, const std::string& metric,
               const std::vector<int32_t>& counts) {
  std::vector<double> values(statistics.all().size());
  statistics.Fill(counts, absl::MakeSpan(values));
  return values[Place(statistics, metric, "class 1")];
}

TEST(MaskStatisticsTest, PooledAndImagewiseDiceDiffer) {
  const std::vector<MaskPairScore> images = {Image(1, 2, 2, 1.0),
                                             Image(8, 8, 8, 4.0)};
  ASSERT_OK_AND_ASSIGN(const MaskStatistics statistics,
                       MaskStatistics::Create(images, {.classes = 2}));
  EXPECT_DOUBLE_EQ(ValueOf(statistics, "dice", {1, 1}), 18.0 / 20.0);
  EXPECT_DOUBLE_EQ(ValueOf(statistics, "imagewise_dice", {1, 1}), 0.75);
  EXPECT_DOUBLE_EQ(ValueOf(statistics, "imagewise_iou", {1, 1}),
                   (1.0 / 3.0 + 1.0) / 2.0);
  EXPECT_DOUBLE_EQ(ValueOf(statistics, "hd95", {1, 1}), 2.5);
}

TEST(MaskStatisticsTest, CountsRepeatImages) {
  const std::vector<MaskPairScore> images = {
      Image(1, 2, 2, 1.0), Image(8, 8, 8, 4.0), Image(0, 0, 3, kInfinite)};
  const std::vector<MaskPairScore> repeated = {images[0], images[0], images[0],
                                               images[2]};
  ASSERT_OK_AND_ASSIGN(const MaskStatistics few,
                       MaskStatistics::Create(images, {.classes = 2}));
  ASSERT_OK_AND_ASSIGN(const MaskStatistics many,
                       MaskStatistics::Create(repeated, {.classes = 2}));
  std::vector<double> found(few.all().size());
  std::vector<double> expected(few.all().size());
  few.Fill({3, 0, 1}, absl::MakeSpan(found));
  many.Fill({1, 1, 1, 1}, absl::MakeSpan(expected));
  for (size_t k = 0; k < found.size(); ++k) {
    EXPECT_THAT(found[k], DoubleNear(expected[k], 1e-12))
        << few.all()[k].metric;
  }
}

TEST(MaskStatisticsTest, ImagesWithoutAValueAreLeftOut) {
  const std::vector<MaskPairScore> images = {
      Image(4, 8, 4, 2.0), Image(0, 0, 3, kInfinite), Image(0, 0, 0, NAN)};
  ASSERT_OK_AND_ASSIGN(const MaskStatistics statistics,
                       MaskStatistics::Create(images, {.classes = 2}));
  const int64_t hd95 = Place(statistics, "hd95", "class 1");
  EXPECT_EQ(statistics.all()[hd95].images, 1);
  EXPECT_EQ(statistics.all()[hd95].positives, 2);
  EXPECT_EQ(ValueOf(statistics, "hd95", {1, 1, 1}), 2.0);
  EXPECT_TRUE(std::isnan(ValueOf(statistics, "hd95", {0, 2, 1})));
  const int64_t dice = Place(statistics, "imagewise_dice", "class 1");
  EXPECT_EQ(statistics.all()[dice].images, 2);
  EXPECT_THAT(
      statistics.ValuesOfImages(dice),
      ElementsAre(DoubleNear(2.0 / 3.0, 1e-15), 0.0, ::testing::IsNan()));
}

// MONAI leaves out an image without a true pixel, torchmetrics 1.9 only one
// without a predicted one as well; what is pooled is of all images.
TEST(MaskStatisticsTest, ImagesOfAProfileAreThoseThatEnter) {
  const std::vector<MaskPairScore> images = {
      Image(4, 8, 4, 2.0), Image(0, 3, 0, kInfinite), Image(0, 0, 0, NAN)};
  using enum metrics::OverlapProfile;
  for (const auto& [profile, entering] : {std::pair{kMonaiDiceIgnoringEmpty, 1},
                                          {kMonaiDiceCountingEmpty, 3},
                                          {kTorchmetrics19DiceSamplewise, 2},
                                          {kReleasedCodeDice, 3}}) {
    ASSERT_OK_AND_ASSIGN(
        const MaskStatistics statistics,
        MaskStatistics::Create(images, {.classes = 2, .profile = profile}));
    for (const char* target : {"class 1", "mean"}) {
      const int64_t place = Place(statistics, "dice", target);
      EXPECT_EQ(statistics.all()[place].images, entering) << target;
      EXPECT_EQ(statistics.all()[place].positives, 1) << target;
    }
  }
}

TEST(MaskStatisticsTest, APartnerTakesAwayWhatItLacks) {
  const std::vector<MaskPairScore> images = {Image(4, 8, 4, 2.0),
                                             Image(3, 3, 3, 1.0)};
  const std::vector<MaskPairScore> partner = {Image(0, 0, 4, NAN),
                                              Image(3, 3, 3, 5.0)};
  ASSERT_OK_AND_ASSIGN(
      const MaskStatistics statistics,
      MaskStatistics::Create(images, {.classes = 2, .partner = partner}));
  EXPECT_EQ(ValueOf(statistics, "hd95", {1, 1}), 1.0);
  EXPECT_DOUBLE_EQ(ValueOf(statistics, "imagewise_dice", {1, 1}), 5.0 / 6.0);
}

TEST(MaskStatisticsTest, LungsAreTheMeanOfSidesAndMerged) {
  // All of the left lung is taken for the right one.
  const std::vector<MaskPairScore> images = {
      {.counts = {{90, 90, 90}, {0, 0, 10}, {20, 30, 20}, {6, 10, 10}},
       .merged = {{90, 90, 90}, {30, 30, 30}, {6, 10, 10}},
       .distances = std::vector<BorderDistances>(3)}};
  ASSERT_OK_AND_ASSIGN(const MaskStatistics statistics,
                       MaskStatistics::Create(images, {}));
  std::vector<double> values(statistics.all().size());
  statistics.Fill({1}, absl::MakeSpan(values));
  const auto value = [&](const std::string& target) {
    return values[Place(statistics, "dice", target)];
  };
  EXPECT_DOUBLE_EQ(value("left lung"), 0.0);
  EXPECT_DOUBLE_EQ(value("right lung"), 0.8);
  EXPECT_DOUBLE_EQ(value("heart"), 0.6);
  EXPECT_DOUBLE_EQ(value("mean"), 1.4 / 3.0);
  EXPECT_DOUBLE_EQ(value("lungs (mean of sides)"), 0.4);
  EXPECT_DOUBLE_EQ(value("average (lungs as the mean of sides, heart)"), 0.5);
  EXPECT_DOUBLE_EQ(value("lungs (merged)"), 1.0);
  EXPECT_DOUBLE_EQ(value("average (merged lungs, heart)"), 0.8);
}

TEST(MaskStatisticsTest, FourClassesHaveNames) {
  EXPECT_EQ(MaskClassName(0, 4), "background");
  EXPECT_EQ(MaskClassName(1, 4), "left lung");
  EXPECT_EQ(MaskClassName(3, 4), "heart");
  EXPECT_EQ(MaskClassName(3, 5), "class 3");
}

}  // namespace
}  // namespace cxr
