// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/numbered_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(NumberedGroupsTest, NumbersFollowNames) {
  ASSERT_OK_AND_ASSIGN(
      const NumberedGroups groups,
      NumberGroups({.name = "view", .cells = {"PA", "", "AP", "PA", "LL"}},
                   "t.csv"));
  EXPECT_THAT(groups.names, ElementsAre("AP", "LL", "PA"));
  EXPECT_THAT(groups.group_of_row, ElementsAre(2, -1, 0, 2, 1));
  EXPECT_THAT(groups.RowsIn(2), ElementsAre(0, 3));
  EXPECT_THAT(groups.RowsInOthers(2), ElementsAre(2, 4));
  EXPECT_EQ(groups.grouping().groups, 3);
  spec::ScoreReport report;
  AddUnknownGroupNote(groups, &report);
  AddGroupKindNote(metrics::IntervalKind::kPercentile, &report);
  EXPECT_THAT(report.notes(),
              ElementsAre("groups: view: empty in 1 of 5 rows, left out of "
                          "all groups"));
  AddGroupKindNote(metrics::IntervalKind::kBca, &report);
  EXPECT_THAT(report.notes(1), HasSubstr("are percentile intervals"));
}

TEST(NumberedGroupsTest, NoOrTooManyGroupsAreAnError) {
  EXPECT_THAT(NumberGroups({.name = "sex", .cells = {"", ""}}, "t.csv"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "t.csv: sex: found 0 different values, expected 1 to "
                       "64 groups"));
  GroupColumn ages{.name = "age"};
  for (int i = 0; i < kMostGroups; ++i) ages.cells.push_back(absl::StrCat(i));
  EXPECT_THAT(NumberGroups(ages, "t.csv"), IsOk());
  ages.cells.push_back("old");
  EXPECT_THAT(NumberGroups(ages, "t.csv"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("found 65 different values")));
}

}  // namespace
}  // namespace cxr
