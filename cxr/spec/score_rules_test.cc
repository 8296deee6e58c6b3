// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/score_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/spec/score.pb.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Problems(const char* subgroups) {
  return TextsOf(CheckScoreSpec(ParseSpec<spec::ScoreSpec>(
      absl::StrCat("classification {} subgroups { ", subgroups, " }"))));
}

TEST(ScoreRulesTest, NoSubgroupsAreAllRight) {
  EXPECT_THAT(CheckScoreSpec(ParseSpec<spec::ScoreSpec>("segmentation {}")),
              IsEmpty());
}

TEST(ScoreRulesTest, SubgroupsAreForClassificationAlone) {
  EXPECT_THAT(
      TextsOf(CheckScoreSpec(ParseSpec<spec::ScoreSpec>(
          "segmentation {} subgroups { groupings: BY_SEX }"))),
      ElementsAre(
          "score.subgroups: is set, but only classification has subgroups"));
}

TEST(ScoreRulesTest, NoGroupingStandsTwice) {
  EXPECT_THAT(Problems("groupings: [BY_SEX, BY_VIEW]"), IsEmpty());
  EXPECT_THAT(Problems("groupings: [BY_SEX, BY_VIEW, BY_SEX]"),
              ElementsAre("score.subgroups.groupings[2]: 'BY_SEX' stands "
                          "there twice"));
}

TEST(ScoreRulesTest, BandsBelongToAges) {
  EXPECT_THAT(Problems("groupings: BY_AGE band_begins_years: [40, 60]"),
              IsEmpty());
  EXPECT_THAT(Problems("groupings: BY_AGE"),
              ElementsAre("score.subgroups.band_begins_years: is not set; "
                          "BY_AGE needs it, e.g. [20, 40, 60, 80]"));
  EXPECT_THAT(Problems("groupings: BY_SEX band_begins_years: 40"),
              ElementsAre("score.subgroups.band_begins_years: is set, but "
                          "only BY_AGE has bands of years"));
}

TEST(ScoreRulesTest, BandsRise) {
  EXPECT_THAT(
      Problems("groupings: BY_AGE band_begins_years: [20, 60, 60, 40]"),
      ElementsAre("score.subgroups.band_begins_years[2]: found 60, expected "
                  "more than 60, the one before",
                  "score.subgroups.band_begins_years[3]: found 40, expected "
                  "more than 60, the one before"));
}

}  // namespace
}  // namespace cxr
