// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/segmentation_comparisons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/score/segmentation_testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

// testdata/make_masks_golden.py.
void ExpectGoldenComparisons(const MaskTable& table, const std::string& file) {
  const std::vector<MaskPairScore> ours = GoldenImages("ours");
  const std::vector<MaskPairScore> theirs = GoldenImages("theirs");
  spec::ScoreReport report;
  ASSERT_OK(AddSegmentationComparisons(
      {.images = ours, .others = theirs, .table = table}, GoldenOptions(),
      &report));
  ASSERT_OK_AND_ASSIGN(const CsvTable golden,
                       CsvTable::Load(GoldenMasks(file)));
  ASSERT_EQ(report.comparisons_size(), std::ssize(golden.rows()));
  for (int k = 0; k < report.comparisons_size(); ++k) {
    const spec::ScoreComparison& row = report.comparisons(k);
    const std::vector<std::string>& cells = golden.rows()[k].cells;
    const std::string what = absl::StrCat(cells[0], " ", cells[1], cells[2]);
    EXPECT_EQ(row.test(), cells[0]);
    EXPECT_EQ(row.metric(), cells[1]);
    EXPECT_EQ(row.target(), cells[2]);
    EXPECT_TRUE(EqualsCell(row.first(), cells[3])) << what;
    EXPECT_TRUE(EqualsCell(row.second(), cells[4])) << what;
    EXPECT_TRUE(EqualsCell(row.difference(), cells[5])) << what;
    EXPECT_EQ(row.has_interval(), cells[6] != "nan") << what;
    if (row.has_interval()) {
      EXPECT_TRUE(EqualsCell(row.interval().low(), cells[6])) << what;
      EXPECT_TRUE(EqualsCell(row.interval().high(), cells[7])) << what;
    }
    EXPECT_TRUE(EqualsCell(row.p(), cells[8])) << what << row.p();
    EXPECT_EQ(row.has_adjusted_p(), cells[9] != "nan") << what;
    if (row.has_adjusted_p()) {
      EXPECT_TRUE(EqualsCell(row.adjusted_p(), cells[9])) << what;
      EXPECT_EQ(row.adjustment(), "Holm");
    }
  }
}

TEST(SegmentationComparisonsTest, ComparisonsOfImagesEqualTheReference) {
  ExpectGoldenComparisons({}, "comparisons.csv");
}

TEST(SegmentationComparisonsTest, ComparisonsOfPatientsEqualTheReference) {
  ExpectGoldenComparisons(GoldenTable(), "patient_comparisons.csv");
}

absl::StatusOr<spec::ScoreReport> Compare(
    const std::vector<MaskPairScore>& first,
    const std::vector<MaskPairScore>& second) {
  spec::ScoreReport report;
  const absl::Status added =
      AddSegmentationComparisons({.images = first, .others = second},
                                 {.classes = 2, .resamples = 100}, &report);
  if (!added.ok()) return added;
  return report;
}

TEST(SegmentationComparisonsTest, PValuesAreAdjustedAsAsked) {
  const std::vector<MaskPairScore> ours = GoldenImages("ours");
  const std::vector<MaskPairScore> theirs = GoldenImages("theirs");
  SegmentationReportOptions options = GoldenOptions();
  options.adjustment = PValueAdjustment::kBenjaminiHochberg;
  spec::ScoreReport report;
  ASSERT_OK(AddSegmentationComparisons({.images = ours, .others = theirs},
                                       options, &report));
  std::vector<double> dice;
  std::vector<double> adjusted;
  for (int k = 0; k < 3; ++k) {
    EXPECT_EQ(report.comparisons(k).metric(), "dice");
    EXPECT_EQ(report.comparisons(k).adjustment(), "Benjamini-Hochberg");
    dice.push_back(report.comparisons(k).p());
    adjusted.push_back(report.comparisons(k).adjusted_p());
  }
  ASSERT_OK_AND_ASSIGN(const std::vector<double> expected,
                       Adjust(options.adjustment, dice));
  EXPECT_EQ(adjusted, expected);
}

TEST(SegmentationComparisonsTest, AClassThatIsNowhereHasNoTest) {
  const std::vector<MaskPairScore> images(
      3, {.counts = {{9, 9, 9}, {0, 0, 0}},
          .distances = {BorderDistances{NAN, NAN, INFINITY, NAN, NAN}}});
  ASSERT_OK_AND_ASSIGN(const spec::ScoreReport report, Compare(images, images));
  for (const spec::ScoreComparison& row : report.comparisons()) {
    EXPECT_EQ(std::isnan(row.p()), row.metric() != "dice") << row.metric();
  }
}

// However large the difference, one image proves nothing.
TEST(SegmentationComparisonsTest, OneImageIsNoProof) {
  ASSERT_OK_AND_ASSIGN(
      const spec::ScoreReport report,
      Compare({TwoClasses(9, 10, 10, 1.0)}, {TwoClasses(1, 10, 10, 1.0)}));
  int tests = 0;
  for (const spec::ScoreComparison& row : report.comparisons()) {
    EXPECT_FALSE(row.has_interval()) << row.metric();
    const bool differs = row.metric() == "dice" ||
                         row.metric() == "imagewise_dice" ||
                         row.metric() == "imagewise_iou";
    if (row.test() == "paired bootstrap") {
      EXPECT_EQ(std::isnan(row.p()), differs) << row.metric();
    }
    if (std::isnan(row.p())) continue;
    EXPECT_EQ(row.p(), 1.0) << row.metric();
    ++tests;
  }
  EXPECT_EQ(tests, 5 * 2 + 2);
  EXPECT_THAT(report.notes(1), HasSubstr("comparisons: no intervals: of one "
                                         "image only"));
}

TEST(SegmentationComparisonsTest, AConstantDifferenceIsNoCertainty) {
  std::vector<MaskPairScore> second = DifferentImages(5);
  for (MaskPairScore& image : second) image.distances[0].hd95 += 1.0;
  ASSERT_OK_AND_ASSIGN(const spec::ScoreReport report,
                       Compare(DifferentImages(5), second));
  for (const spec::ScoreComparison& row : report.comparisons()) {
    EXPECT_FALSE(row.has_interval()) << row.metric();
    EXPECT_EQ(std::isnan(row.p()), row.metric() == "hd95") << row.metric();
  }
  EXPECT_THAT(report.notes(1),
              HasSubstr("comparisons: no intervals, as all resamples give "
                        "the same values"));
}

TEST(SegmentationComparisonsTest, SystemsNeedTheSameImages) {
  const std::vector<MaskPairScore> one = DifferentImages(1);
  const std::vector<MaskPairScore> two = DifferentImages(2);
  EXPECT_THAT(Compare(one, two),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "found 2 images of the other system, expected the same "
                       "1"));
}

}  // namespace
}  // namespace cxr
