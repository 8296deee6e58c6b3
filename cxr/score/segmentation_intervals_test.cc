// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/segmentation_intervals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

metrics::BootstrapEstimate Estimate(double value, double standard_error,
                                    int64_t resamples = 100) {
  return {.value = value,
          .standard_error = standard_error,
          .interval = {.low = value - standard_error,
                       .high = value + standard_error,
                       .median = value,
                       .resamples = resamples}};
}

const SegmentationReportOptions kReport{
    .generator = metrics::RandomGenerator::kFast, .resamples = 100, .seed = 4};

MaskStatistic Statistic(const std::string& metric, const std::string& target) {
  return {.metric = metric, .target = target};
}

std::vector<std::string> NotesOf(const SegmentationIntervals& intervals) {
  spec::ScoreReport report;
  intervals.AddNotes(&report);
  return {report.notes().begin(), report.notes().end()};
}

TEST(SegmentationIntervalsTest, AnIntervalSaysHowItWasMade) {
  SegmentationIntervals intervals(kReport, {.unit = "patient", .units = 9});
  const auto interval =
      intervals.Of(Statistic("dice", "heart"), Estimate(0.5, 0.25, 90));
  ASSERT_TRUE(interval.has_value());
  EXPECT_EQ(interval->low(), 0.25);
  EXPECT_EQ(interval->high(), 0.75);
  EXPECT_EQ(interval->kind(),
            "95 % percentile bootstrap, 100 resamples of patients, seed 4, "
            "fast generator of cxr, 90 of them defined");
  EXPECT_THAT(NotesOf(intervals), IsEmpty());
}

TEST(SegmentationIntervalsTest, EqualResamplesAreNoCertainty) {
  SegmentationIntervals intervals(kReport, {.units = 9});
  EXPECT_FALSE(intervals.Of(Statistic("hd95", "heart"), Estimate(7.0, 1e-13)));
  EXPECT_FALSE(intervals.Of(Statistic("dice", "heart"), Estimate(1.0, 0.0)));
  EXPECT_FALSE(intervals.Of(Statistic("dice", "mean"), Estimate(0.5, kNan, 1)));
  EXPECT_THAT(NotesOf(intervals),
              ElementsAre("no intervals, as all resamples give the same "
                          "values, which does not make them certain"));
  EXPECT_TRUE(intervals.Of(Statistic("assd", "heart"), Estimate(2.0, 0.5)));
  EXPECT_THAT(NotesOf(intervals),
              ElementsAre("no interval, as all resamples give the same value, "
                          "which does not make it certain: dice (heart, mean), "
                          "hd95 (heart)"));
}

TEST(SegmentationIntervalsTest, WhatIsUndefinedIsSaid) {
  SegmentationIntervals intervals(kReport, {.kind = metrics::IntervalKind::kBca,
                                            .where = "comparisons: ",
                                            .units = 9});
  metrics::BootstrapEstimate one_side = Estimate(0.5, 0.25);
  one_side.interval.low = kNan;
  EXPECT_FALSE(intervals.Of(Statistic("dice", "mean"), one_side));
  EXPECT_FALSE(intervals.Of(Statistic("assd", "mean"), Estimate(2.0, kNan, 0)));
  // A value that is undefined itself is told elsewhere.
  EXPECT_FALSE(intervals.Of(Statistic("iou", "mean"), Estimate(kNan, kNan, 0)));
  EXPECT_THAT(NotesOf(intervals),
              ElementsAre("comparisons: no interval, as this kind is undefined "
                          "or less than one resample in a hundred defines the "
                          "value: assd (mean), dice (mean)"));
}

TEST(SegmentationIntervalsTest, ADifferenceNeedsTwoThatVary) {
  SegmentationIntervals intervals(kReport, {.where = "groups: ", .units = 9});
  const MaskStatistic dice = Statistic("dice", "mean");
  const metrics::BootstrapEstimate varies = Estimate(0.5, 0.25);
  const metrics::BootstrapEstimate same = Estimate(1.0, 0.0);
  EXPECT_TRUE(intervals.OfDifference(dice, varies, varies, varies));
  EXPECT_FALSE(intervals.OfDifference(dice, same, varies, varies));
  EXPECT_THAT(NotesOf(intervals), IsEmpty());
  EXPECT_FALSE(intervals.OfDifference(dice, varies, same, varies));
  EXPECT_THAT(NotesOf(intervals),
              ElementsAre("groups: no interval of the difference, as all "
                          "resamples give it or the rest the same value: dice "
                          "(mean)"));
}

TEST(SegmentationIntervalsTest, OneUnitOrOneResampleIsTheReason) {
  SegmentationIntervals of_one(kReport, {.unit = "patient", .units = 1});
  EXPECT_FALSE(of_one.Of(Statistic("dice", "heart"), Estimate(0.5, 0.0)));
  EXPECT_THAT(NotesOf(of_one),
              ElementsAre("no intervals: of one patient only, all resamples "
                          "are the same"));
  const SegmentationReportOptions once{.resamples = 1};
  SegmentationIntervals drawn_once(once, {.units = 9});
  EXPECT_FALSE(
      drawn_once.Of(Statistic("dice", "heart"), Estimate(0.5, kNan, 1)));
  EXPECT_THAT(NotesOf(drawn_once),
              ElementsAre("no intervals: one resample does not show how values "
                          "vary"));
}

}  // namespace
}  // namespace cxr
