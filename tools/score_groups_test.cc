// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/score_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "cxr/base/testing.h"
#include "tools/command_line.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ScoreGroupsTest, ColumnsAreSeparatedByCommas) {
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> none, ChosenGroups());
  EXPECT_THAT(none, IsEmpty());
  absl::SetFlag(&FLAGS_groups, "sex,,view");
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> two, ChosenGroups());
  EXPECT_THAT(two, ElementsAre("sex", "view"));
}

TEST(ScoreGroupsTest, IdsAndRepeatedColumnsAreRefused) {
  absl::SetFlag(&FLAGS_groups, "sex,id");
  EXPECT_THAT(ChosenGroups(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "--groups: found 'id', expected a column that groups "
                       "images"));
  absl::SetFlag(&FLAGS_groups, "sex,view,sex");
  EXPECT_THAT(ChosenGroups(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "--groups: found 'sex', expected each column once"));
}

}  // namespace
}  // namespace cxr
