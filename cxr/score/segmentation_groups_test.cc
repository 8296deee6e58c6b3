// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/segmentation_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/score/segmentation_report.h"
#include "cxr/score/segmentation_testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

absl::StatusOr<spec::ScoreReport> GroupsOf(
    const std::vector<MaskPairScore>& images, const MaskTable& table,
    metrics::IntervalKind kind = metrics::IntervalKind::kPercentile) {
  spec::ScoreReport report;
  const absl::Status added = AddSegmentationGroups(
      {.images = images, .table = table},
      {.classes = 2, .interval = kind, .resamples = 100}, &report);
  if (!added.ok()) return added;
  return report;
}

// testdata/make_masks_golden.py.
TEST(SegmentationGroupsTest, GroupsEqualTheReference) {
  const std::vector<MaskPairScore> images = GoldenImages("ours");
  spec::ScoreReport report;
  ASSERT_OK(AddSegmentationGroups({.images = images, .table = GoldenTable()},
                                  GoldenOptions(), &report));
  ASSERT_OK_AND_ASSIGN(const CsvTable golden,
                       CsvTable::Load(GoldenMasks("groups.csv")));
  ASSERT_EQ(report.groups_size(), std::ssize(golden.rows()));
  for (int k = 0; k < report.groups_size(); ++k) {
    const spec::GroupValue& group = report.groups(k);
    const std::vector<std::string>& cells = golden.rows()[k].cells;
    const std::string what =
        absl::StrCat(cells[0], " ", cells[1], " ", cells[2]);
    EXPECT_EQ(group.column(), "sex");
    EXPECT_EQ(group.group(), cells[0]);
    EXPECT_EQ(group.value().metric(), cells[1]);
    EXPECT_EQ(group.value().target(), cells[2]);
    EXPECT_TRUE(EqualsCell(group.value().value(), cells[3])) << what;
    ASSERT_EQ(group.value().has_interval(), cells[4] != "nan") << what;
    if (group.value().has_interval()) {
      EXPECT_TRUE(EqualsCell(group.value().interval().low(), cells[4])) << what;
      EXPECT_TRUE(EqualsCell(group.value().interval().high(), cells[5]))
          << what;
    }
    ASSERT_EQ(group.has_difference(), cells[6] != "nan") << what;
    if (group.has_difference()) {
      EXPECT_TRUE(EqualsCell(group.difference(), cells[6])) << what;
    }
    ASSERT_EQ(group.has_difference_interval(), cells[7] != "nan") << what;
    if (group.has_difference_interval()) {
      EXPECT_TRUE(EqualsCell(group.difference_interval().low(), cells[7]))
          << what;
      EXPECT_TRUE(EqualsCell(group.difference_interval().high(), cells[8]))
          << what;
    }
  }
}

// A group is scored as if its images were all there are.
TEST(SegmentationGroupsTest, AGroupIsAReportOfItsImages) {
  const std::vector<MaskPairScore> images = DifferentImages(9);
  MaskTable table{.file = "t.csv",
                  .patients = {"a", "a", "b", "c", "d", "e", "e", "f", "g"},
                  .groups = {{.name = "view",
                              .cells = {"PA", "PA", "AP", "", "PA", "AP", "AP",
                                        "AP", "PA"}}}};
  ASSERT_OK_AND_ASSIGN(const spec::ScoreReport report, GroupsOf(images, table));
  const std::vector<MaskPairScore> frontal = {images[0], images[1], images[4],
                                              images[8]};
  ASSERT_OK_AND_ASSIGN(
      const spec::ScoreReport alone,
      MakeSegmentationReport({.images = frontal}, {.classes = 2}));
  ASSERT_EQ(report.groups_size(), 2 * alone.values_size());
  for (int k = 0; k < alone.values_size(); ++k) {
    const spec::GroupValue& group = report.groups(alone.values_size() + k);
    EXPECT_EQ(group.group(), "PA");
    EXPECT_EQ(group.value().metric(), alone.values(k).metric());
    EXPECT_DOUBLE_EQ(group.value().value(), alone.values(k).value());
    EXPECT_EQ(group.value().images(), 4);
    EXPECT_EQ(group.value().patients(), 3);
    EXPECT_EQ(group.value().positives(), alone.values(k).positives());
    EXPECT_EQ(group.difference(), -report.groups(k).difference());
    EXPECT_THAT(group.value().interval().kind(), HasSubstr("of patients"));
  }
  EXPECT_THAT(report.notes(),
              ElementsAre("groups: view: empty in 1 of 9 rows, left out of "
                          "all groups"));
}

TEST(SegmentationGroupsTest, AGroupOfOneImageHasNoIntervals) {
  const std::vector<MaskPairScore> images = DifferentImages(6);
  ASSERT_OK_AND_ASSIGN(
      const spec::ScoreReport report,
      GroupsOf(images,
               {.groups = {{.name = "sex",
                            .cells = {"F", "M", "M", "M", "M", "M"}}}},
               metrics::IntervalKind::kBca));
  for (const spec::GroupValue& group : report.groups()) {
    EXPECT_EQ(group.value().has_interval(), group.group() == "M");
    EXPECT_TRUE(group.has_difference());
    EXPECT_FALSE(group.has_difference_interval());
  }
  EXPECT_THAT(
      report.notes(),
      ElementsAre("groups: sex F: no intervals: of one image only, all "
                  "resamples are the same",
                  HasSubstr("groups: sex M: no interval of the difference"),
                  HasSubstr("are percentile intervals")));
}

TEST(SegmentationGroupsTest, OneGroupHasNoRest) {
  const std::vector<MaskPairScore> images = DifferentImages(3);
  ASSERT_OK_AND_ASSIGN(
      const spec::ScoreReport report,
      GroupsOf(images,
               {.groups = {{.name = "sex", .cells = {"F", "F", "F"}}}}));
  EXPECT_GT(report.groups_size(), 0);
  for (const spec::GroupValue& group : report.groups()) {
    EXPECT_TRUE(group.value().has_interval());
    EXPECT_FALSE(group.has_difference());
    EXPECT_FALSE(group.has_difference_interval());
  }
}

TEST(SegmentationGroupsTest, NoColumnsAreNoGroups) {
  const std::vector<MaskPairScore> images = DifferentImages(3);
  ASSERT_OK_AND_ASSIGN(const spec::ScoreReport report, GroupsOf(images, {}));
  EXPECT_THAT(report.groups(), IsEmpty());
  EXPECT_THAT(
      GroupsOf(images, {.file = "t.csv",
                        .groups = {{.name = "sex", .cells = {"", "", ""}}}}),
      StatusIs(absl::StatusCode::kInvalidArgument,
               HasSubstr("t.csv: sex: found 0 different values")));
}

}  // namespace
}  // namespace cxr
