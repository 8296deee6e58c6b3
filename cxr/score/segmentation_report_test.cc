// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/segmentation_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/score/mask_folders.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double kEqual = 1e-12;

std::string GoldenFolder(const std::string& name) {
  return TestData(absl::StrCat("cxr/score/testdata/masks/", name));
}

std::vector<MaskPairScore> GoldenImages(const std::string& system) {
  const absl::StatusOr<FolderScores> scores = ScoreMaskFolders(
      {.truth = GoldenFolder("truth"), .predicted = GoldenFolder(system)});
  EXPECT_THAT(scores, IsOk());
  return scores->images;
}

constexpr SegmentationReportOptions kGoldenOptions{.resamples = 200, .seed = 3};

// An image of two classes.
MaskPairScore Image(int64_t intersection, int64_t predicted, int64_t truth) {
  return {.counts = {{100, 100, 100}, {intersection, predicted, truth}},
          .distances = {{1.0, 2.0, 3.0, 4.0, 5.0}}};
}

double Number(const std::string& cell) {
  double number = 0.0;
  EXPECT_TRUE(absl::SimpleAtod(cell, &number)) << cell;
  return number;
}

void ExpectEqual(double found, const std::string& cell,
                 const std::string& what) {
  const double expected = Number(cell);
  if (std::isnan(expected)) {
    EXPECT_TRUE(std::isnan(found)) << what;
  } else {
    EXPECT_NEAR(found, expected, kEqual) << what;
  }
}

// Against numpy, scipy, MONAI, torchmetrics and surface-distance:
// testdata/make_masks_golden.py.
TEST(SegmentationReportTest, ValuesAndIntervalsEqualTheReference) {
  ASSERT_OK_AND_ASSIGN(
      const spec::ScoreReport report,
      MakeSegmentationReport(GoldenImages("ours"), kGoldenOptions));
  ASSERT_OK_AND_ASSIGN(const CsvTable golden,
                       CsvTable::Load(GoldenFolder("values.csv")));
  ASSERT_EQ(report.values_size(), std::ssize(golden.rows()));
  for (int k = 0; k < report.values_size(); ++k) {
    const spec::MetricValue& value = report.values(k);
    const std::vector<std::string>& cells = golden.rows()[k].cells;
    const std::string what = absl::StrCat(cells[0], " ", cells[1]);
    EXPECT_EQ(value.metric(), cells[0]);
    EXPECT_EQ(value.target(), cells[1]);
    ExpectEqual(value.value(), cells[2], what);
    ExpectEqual(value.interval().low(), cells[3], what);
    ExpectEqual(value.interval().high(), cells[4], what);
    EXPECT_EQ(value.images(), Number(cells[5])) << what;
  }
}

TEST(SegmentationReportTest, ComparisonsEqualTheReference) {
  spec::ScoreReport report;
  ASSERT_OK(AddSegmentationComparisons(
      GoldenImages("ours"), GoldenImages("theirs"), kGoldenOptions, &report));
  ASSERT_OK_AND_ASSIGN(const CsvTable golden,
                       CsvTable::Load(GoldenFolder("comparisons.csv")));
  ASSERT_EQ(report.comparisons_size(), std::ssize(golden.rows()));
  for (int k = 0; k < report.comparisons_size(); ++k) {
    const spec::ScoreComparison& row = report.comparisons(k);
    const std::vector<std::string>& cells = golden.rows()[k].cells;
    const std::string what = absl::StrCat(cells[0], " ", cells[1], cells[2]);
    EXPECT_EQ(row.test(), cells[0]);
    EXPECT_EQ(row.metric(), cells[1]);
    EXPECT_EQ(row.target(), cells[2]);
    ExpectEqual(row.first(), cells[3], what);
    ExpectEqual(row.second(), cells[4], what);
    ExpectEqual(row.difference(), cells[5], what);
    EXPECT_EQ(row.has_interval(), cells[6] != "nan") << what;
    if (row.has_interval()) {
      ExpectEqual(row.interval().low(), cells[6], what);
      ExpectEqual(row.interval().high(), cells[7], what);
    }
    ExpectEqual(row.p(), cells[8], what);
    EXPECT_EQ(row.has_adjusted_p(), cells[9] != "nan") << what;
    if (row.has_adjusted_p()) ExpectEqual(row.adjusted_p(), cells[9], what);
  }
}

TEST(SegmentationReportTest, ThreadsChangeNothing) {
  const std::vector<MaskPairScore> ours = GoldenImages("ours");
  const std::vector<MaskPairScore> theirs = GoldenImages("theirs");
  const auto text = [&](int threads) {
    SegmentationReportOptions options = kGoldenOptions;
    options.threads = threads;
    absl::StatusOr<spec::ScoreReport> report =
        MakeSegmentationReport(ours, options);
    EXPECT_THAT(report, IsOk());
    EXPECT_OK(AddSegmentationComparisons(ours, theirs, options, &*report));
    return report->SerializeAsString();
  };
  const std::string one = text(1);
  EXPECT_EQ(text(2), one);
  EXPECT_EQ(text(7), one);
}

TEST(SegmentationReportTest, NotesSayWhatIsMissing) {
  ASSERT_OK_AND_ASSIGN(
      const spec::ScoreReport report,
      MakeSegmentationReport(GoldenImages("ours"), kGoldenOptions));
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
  ASSERT_OK_AND_ASSIGN(
      const spec::ScoreReport report,
      MakeSegmentationReport(images, {.classes = 2, .resamples = 10}));
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
  spec::ScoreReport compared;
  ASSERT_OK(AddSegmentationComparisons(
      images, images, {.classes = 2, .resamples = 10}, &compared));
  for (const spec::ScoreComparison& row : compared.comparisons()) {
    EXPECT_EQ(std::isnan(row.p()), row.metric() != "dice") << row.metric();
  }
}

TEST(SegmentationReportTest, ProfilesWithoutClassesHaveOneValue) {
  ASSERT_OK_AND_ASSIGN(
      const spec::ScoreReport report,
      MakeSegmentationReport(
          GoldenImages("ours"),
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
        MakeSegmentationReport(images, {.profile = profile, .resamples = 10}));
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
      Image(10, 20, 20), Image(19, 20, 20), Image(15, 20, 20),
      Image(18, 20, 20), Image(20, 20, 20), Image(17, 20, 20)};
  std::vector<double> lows;
  for (const metrics::IntervalKind kind :
       {metrics::IntervalKind::kPercentile, metrics::IntervalKind::kBasic,
        metrics::IntervalKind::kBca}) {
    ASSERT_OK_AND_ASSIGN(
        const spec::ScoreReport report,
        MakeSegmentationReport(images, {.classes = 2, .interval = kind}));
    lows.push_back(report.values(0).interval().low());
    EXPECT_LT(lows.back(), report.values(0).value());
  }
  EXPECT_NE(lows[0], lows[1]);
  EXPECT_NE(lows[0], lows[2]);
}

TEST(SegmentationReportTest, RefusesNoImagesAndOtherImages) {
  EXPECT_THAT(MakeSegmentationReport({}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "found no images, expected at least 1"));
  const std::vector<MaskPairScore> one = {Image(1, 1, 1)};
  EXPECT_THAT(MakeSegmentationReport(one, {.classes = 3}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "image 0: found 2 classes, expected 3"));
  EXPECT_THAT(
      MakeSegmentationReport(one, {.classes = 2, .resamples = 0}),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("resamples: 0")));
  EXPECT_THAT(
      MakeSegmentationReport(one, {.classes = 2, .resamples = 2'000'000'000}),
      StatusIs(absl::StatusCode::kInvalidArgument,
               HasSubstr("--resamples: found 3.2e+10 values to keep")));
  const std::vector<MaskPairScore> two = {Image(1, 1, 1), Image(1, 2, 1)};
  spec::ScoreReport report;
  EXPECT_THAT(AddSegmentationComparisons(one, two, {.classes = 2}, &report),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "found 2 images of the other system, expected the same "
                       "1"));
  EXPECT_THAT(report.comparisons(), IsEmpty());
}

}  // namespace
}  // namespace cxr
