// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/segmentation_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/score/segmentation_testing.h"

namespace cxr {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr double kEqual = 1e-12;

// Against numpy, scipy, MONAI, torchmetrics and surface-distance:
// testdata/make_masks_golden.py.
void ExpectGoldenValues(const MaskTable& table, const std::string& file) {
  const std::vector<MaskPairScore> images = GoldenImages("ours");
  ASSERT_OK_AND_ASSIGN(
      const spec::ScoreReport report,
      MakeSegmentationReport({.images = images, .table = table},
                             GoldenOptions()));
  ASSERT_OK_AND_ASSIGN(const CsvTable golden,
                       CsvTable::Load(GoldenMasks(file)));
  ASSERT_EQ(report.values_size(), std::ssize(golden.rows()));
  for (int k = 0; k < report.values_size(); ++k) {
    const spec::MetricValue& value = report.values(k);
    const std::vector<std::string>& cells = golden.rows()[k].cells;
    const std::string what = absl::StrCat(cells[0], " ", cells[1]);
    EXPECT_EQ(value.metric(), cells[0]);
    EXPECT_EQ(value.target(), cells[1]);
    EXPECT_TRUE(EqualsCell(value.value(), cells[2])) << what;
    EXPECT_TRUE(EqualsCell(value.interval().low(), cells[3])) << what;
    EXPECT_TRUE(EqualsCell(value.interval().high(), cells[4])) << what;
    EXPECT_TRUE(EqualsCell(static_cast<double>(value.images()), cells[5]))
        << what;
  }
}

TEST(SegmentationReportTest, ValuesAndIntervalsEqualTheReference) {
  ExpectGoldenValues({}, "values.csv");
}

TEST(SegmentationReportTest, IntervalsOfPatientsEqualTheReference) {
  ExpectGoldenValues(GoldenTable(), "patient_values.csv");
}

TEST(SegmentationReportTest, PatientsAreCountedAndNamed) {
  const std::vector<MaskPairScore> images = GoldenImages("ours");
  ASSERT_OK_AND_ASSIGN(
      const spec::ScoreReport report,
      MakeSegmentationReport({.images = images, .table = GoldenTable()},
                             GoldenOptions()));
  for (const spec::MetricValue& value : report.values()) {
    EXPECT_LE(value.patients(), 5);
    EXPECT_GE(value.patients(), 4);
    EXPECT_EQ(value.interval().kind(),
              "95 % percentile bootstrap, 200 resamples of patients, seed 3, "
              "numpy RandomState");
  }
  EXPECT_EQ(report.values(0).patients(), 5);
  EXPECT_GT(report.groups_size(), 0);
  EXPECT_THAT(report.notes(), Not(Contains("images are taken as independent")));
}

TEST(SegmentationReportTest, AnotherGeneratorDrawsOtherResamples) {
  const std::vector<MaskPairScore> images = GoldenImages("ours");
  SegmentationReportOptions options = GoldenOptions();
  ASSERT_OK_AND_ASSIGN(const spec::ScoreReport numpy,
                       MakeSegmentationReport({.images = images}, options));
  options.generator = metrics::RandomGenerator::kNumpyDefaultRng;
  ASSERT_OK_AND_ASSIGN(const spec::ScoreReport other,
                       MakeSegmentationReport({.images = images}, options));
  EXPECT_EQ(other.values(0).value(), numpy.values(0).value());
  EXPECT_NE(other.values(0).interval().low(), numpy.values(0).interval().low());
  EXPECT_THAT(other.values(0).interval().kind(), EndsWith("numpy default_rng"));
}

TEST(SegmentationReportTest, ThreadsChangeNothing) {
  const std::vector<MaskPairScore> ours = GoldenImages("ours");
  const std::vector<MaskPairScore> theirs = GoldenImages("theirs");
  const auto text = [&](int threads) {
    SegmentationReportOptions options = GoldenOptions();
    options.threads = threads;
    absl::StatusOr<spec::ScoreReport> report = MakeSegmentationReport(
        {.images = ours, .others = theirs, .table = GoldenTable()}, options);
    EXPECT_THAT(report, IsOk());
    EXPECT_GT(report->groups_size(), 0);
    EXPECT_GT(report->comparisons_size(), 0);
    return report->SerializeAsString();
  };
  const std::string one = text(1);
  EXPECT_EQ(text(2), one);
  EXPECT_EQ(text(7), one);
}

TEST(SegmentationReportTest, NotesSayWhatIsMissing) {
  const std::vector<MaskPairScore> ours = GoldenImages("ours");
  ASSERT_OK_AND_ASSIGN(
      const spec::ScoreReport report,
      MakeSegmentationReport({.images = ours}, GoldenOptions()));
  EXPECT_THAT(
      report.notes(),
      ElementsAre(
          "four classes are taken for 0 background, 1 left lung, 2 right lung, "
          "3 heart",
          HasSubstr("in pixels"), "images are taken as independent",
          "left lung: distances are undefined in 1 of 7 images and left out: 0 "
          "without a predicted pixel (image-wise Dice and IoU 0), 0 without a "
          "true one (0), 1 without either (left out)",
          "heart: distances are undefined in 2 of 7 images and left out: 1 "
          "without a predicted pixel (image-wise Dice and IoU 0), 1 without a "
          "true one (0), 0 without either (left out)"));
  EXPECT_EQ(report.values(2).target(), "heart");
  EXPECT_EQ(report.values(2).positives(), 6);
  EXPECT_EQ(report.values(2).profile(), "released-code/dice");
  EXPECT_EQ(report.values(2).interval().kind(),
            "95 % percentile bootstrap, 200 resamples of images, seed 3, numpy "
            "RandomState");
}

TEST(SegmentationReportTest, AClassThatIsNowhereFollowsTheProfile) {
  const std::vector<MaskPairScore> images(
      3, {.counts = {{9, 9, 9}, {0, 0, 0}},
          .distances = {BorderDistances{NAN, NAN, INFINITY, NAN, NAN}}});
  ASSERT_OK_AND_ASSIGN(const spec::ScoreReport report,
                       MakeSegmentationReport({.images = images},
                                              {.classes = 2, .resamples = 10}));
  EXPECT_EQ(report.values(0).value(), 1.0);
  EXPECT_EQ(report.notes(0),
            "released-code/dice: 1 fraction has neither a predicted nor a true "
            "pixel; such a one counts as 1");
  for (const spec::MetricValue& value : report.values()) {
    if (value.metric() == "dice") continue;
    EXPECT_TRUE(std::isnan(value.value())) << value.metric();
    EXPECT_FALSE(value.has_interval()) << value.metric();
    EXPECT_EQ(value.images(), 0) << value.metric();
  }
  EXPECT_THAT(report.notes(),
              Contains("no interval, as all resamples give the same value, "
                       "which does not make it certain: dice (class 1, "
                       "mean)"));
}

// Perfect masks, and a single image.
TEST(SegmentationReportTest, NothingIsPrintedAsCertain) {
  const std::vector<MaskPairScore> perfect(9, TwoClasses(7, 7, 7, 0.0));
  const std::vector<MaskPairScore> single = {TwoClasses(5, 7, 7, 1.0)};
  for (const auto& images : {perfect, single}) {
    ASSERT_OK_AND_ASSIGN(
        const spec::ScoreReport report,
        MakeSegmentationReport({.images = images}, {.classes = 2}));
    for (const spec::MetricValue& value : report.values()) {
      EXPECT_FALSE(std::isnan(value.value())) << value.metric();
      EXPECT_FALSE(value.has_interval()) << value.metric();
    }
    EXPECT_THAT(report.notes(2),
                HasSubstr(images.size() == 1 ? "of one image only"
                                             : "all resamples give the same"));
  }
}

TEST(SegmentationReportTest, ProfilesWithoutClassesHaveOneValue) {
  const std::vector<MaskPairScore> ours = GoldenImages("ours");
  ASSERT_OK_AND_ASSIGN(
      const spec::ScoreReport report,
      MakeSegmentationReport(
          {.images = ours},
          {.profile = metrics::OverlapProfile::kSmpIouMicro, .resamples = 10}));
  EXPECT_EQ(report.values(0).metric(), "iou");
  EXPECT_EQ(report.values(0).target(), "all");
  EXPECT_EQ(report.values(0).profile(), "smp-0.6/iou/micro");
  EXPECT_EQ(report.values(1).metric(), "imagewise_dice");
}

// Whatever the profile, the mean over images of torchmetrics' names the same
// numbers.
TEST(SegmentationReportTest, ImagewiseValuesEqualTheProfileTheyName) {
  const std::vector<MaskPairScore> images = GoldenImages("ours");
  using enum metrics::OverlapProfile;
  for (const auto& [profile, metric] :
       {std::pair{kTorchmetrics19DiceSamplewise, "imagewise_dice"},
        std::pair{kTorchmetrics19MeanIou, "imagewise_iou"}}) {
    ASSERT_OK_AND_ASSIGN(
        const spec::ScoreReport report,
        MakeSegmentationReport({.images = images},
                               {.profile = profile, .resamples = 10}));
    int equal = 0;
    for (const spec::MetricValue& value : report.values()) {
      if (value.metric() != metric) continue;
      EXPECT_NEAR(value.value(), report.values(equal).value(), kEqual);
      EXPECT_EQ(value.profile(), report.values(equal).profile());
      EXPECT_EQ(value.target(), report.values(equal).target());
      ++equal;
    }
    EXPECT_EQ(equal, 4);
  }
}

TEST(SegmentationReportTest, IntervalKindsDiffer) {
  const std::vector<MaskPairScore> images = {
      TwoClasses(10, 20, 20, 1.0), TwoClasses(19, 20, 20, 1.0),
      TwoClasses(15, 20, 20, 1.0), TwoClasses(18, 20, 20, 1.0),
      TwoClasses(20, 20, 20, 1.0), TwoClasses(17, 20, 20, 1.0)};
  std::vector<double> lows;
  for (const metrics::IntervalKind kind :
       {metrics::IntervalKind::kPercentile, metrics::IntervalKind::kBasic,
        metrics::IntervalKind::kBca}) {
    ASSERT_OK_AND_ASSIGN(
        const spec::ScoreReport report,
        MakeSegmentationReport({.images = images},
                               {.classes = 2, .interval = kind}));
    lows.push_back(report.values(0).interval().low());
    EXPECT_LT(lows.back(), report.values(0).value());
  }
  EXPECT_NE(lows[0], lows[1]);
  EXPECT_NE(lows[0], lows[2]);
}

TEST(SegmentationReportTest, RefusesNoImagesAndWrongOptions) {
  EXPECT_THAT(MakeSegmentationReport({}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "found no images, expected at least 1"));
  const std::vector<MaskPairScore> one = {TwoClasses(1, 1, 1, 0.0)};
  EXPECT_THAT(MakeSegmentationReport({.images = one}, {.classes = 3}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "image 0: found 2 classes, expected 3"));
  EXPECT_THAT(
      MakeSegmentationReport({.images = one}, {.classes = 2, .resamples = 0}),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("resamples: 0")));
  EXPECT_THAT(MakeSegmentationReport(
                  {.images = one}, {.classes = 2, .resamples = 2'000'000'000}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("--resamples: found 3.2e+10 values to keep")));
}

}  // namespace
}  // namespace cxr
