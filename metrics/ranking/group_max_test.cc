// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/group_max.h"

#include <limits>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::metrics {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(GroupMaxTest, TakesTheLargestScoreOfEachGroup) {
  const auto column = GroupMax({7, -3, 7, 7, -3}, {.1, -5, .9, .3, -4},
                               {1, 0, 1, 1, 0}, GroupLabel::kMustAgree);
  ASSERT_TRUE(column.ok()) << column.status();
  EXPECT_THAT(column->groups, ElementsAre(-3, 7));
  EXPECT_THAT(column->scores, ElementsAre(-4, .9));
  EXPECT_THAT(column->labels, ElementsAre(0, 1));
}

TEST(GroupMaxTest, GroupsOfOneStayAsTheyAre) {
  const auto column =
      GroupMax({2, 1}, {.1, .2}, {0, 1}, GroupLabel::kMustAgree);
  EXPECT_THAT(column->scores, ElementsAre(.2, .1));
  EXPECT_THAT(column->labels, ElementsAre(1, 0));
}

TEST(GroupMaxTest, LabelsThatDifferAreRefusedOrTheLargestIsTaken) {
  const std::vector<int64_t> groups = {4, 5, 4};
  const auto refused =
      GroupMax(groups, {.1, .2, .3}, {0, 0, 1}, GroupLabel::kMustAgree);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(refused.status().message()),
              HasSubstr("labels[0]: 0 and labels[2]: 1 of group 4"));
  const auto largest =
      GroupMax(groups, {.1, .2, .3}, {1, 0, 0}, GroupLabel::kLargest);
  EXPECT_THAT(largest->labels, ElementsAre(1, 0));
}

TEST(GroupMaxTest, NothingStaysNothing) {
  EXPECT_THAT(GroupMax({}, {}, {}, GroupLabel::kLargest)->scores, IsEmpty());
}

TEST(GroupMaxTest, BadInputNamesTheIndex) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto text = [](const std::vector<double>& scores,
                       const std::vector<uint8_t>& labels) {
    return std::string(GroupMax({1, 2}, scores, labels, GroupLabel::kLargest)
                           .status()
                           .message());
  };
  EXPECT_THAT(text({1}, {0, 1}), HasSubstr("2, 1, 2"));
  EXPECT_THAT(text({1, 2}, {0}), HasSubstr("2, 2, 1"));
  EXPECT_THAT(text({1, nan}, {0, 1}), HasSubstr("scores[1]: nan"));
  EXPECT_THAT(text({1, 2}, {2, 1}), HasSubstr("labels[0]: 2"));
}

}  // namespace
}  // namespace cxr::metrics
