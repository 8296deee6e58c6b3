// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/why_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string TextOf(absl::string_view why) {
  return ToText(ParseSpec<spec::WhyRecord>(why), absl::UTCTimeZone());
}

constexpr char kChanged[] = R"(
target: "table3" rung: "demo" protocol: "as_published" reused: 2
stages {
  stage: "train" experiments: "a" decision: RUN reason: "changed"
  compared_id: "1" compared_unix_seconds: 86399
  changes {
    path: "train.epochs"
    old_value: "2" old_origin: "a.textproto:7"
    new_value: "3" new_origin: "b.textproto:3"
  }
  changes { path: "train.seed" new_value: "1" }
  changes { path: "version" old_value: "1" new_value: "2" }
}
)";

TEST(WhyTextTest, AChangeHasFieldValuesAndPositions) {
  EXPECT_EQ(TextOf(kChanged),
            "table3 at rung demo, protocol as_published: 1 stage would be "
            "executed, 2 reused, 0 cannot run here\n"
            "\n"
            "train of a: changed since the record of 1970-01-01 23:59:59\n"
            "  train.epochs\n"
            "    was 2    # a.textproto:7\n"
            "    now 3    # b.textproto:3\n"
            "  train.seed\n"
            "    was not set\n"
            "    now 1\n"
            "  version\n"
            "    was 1\n"
            "    now 2\n");
}

TEST(WhyTextTest, TimesAreThoseOfTheZone) {
  EXPECT_THAT(ToText(ParseSpec<spec::WhyRecord>(kChanged),
                     absl::FixedTimeZone(2 * 3600)),
              HasSubstr("the record of 1970-01-02 01:59:59\n"));
}

TEST(WhyTextTest, WhatOnlyPassesOnAChangeNamesWhereItComesFrom) {
  EXPECT_THAT(TextOf("stages { stage: 'score' experiments: 'a' decision: RUN "
                     "reason: 'r' because_of: 'predict' }"),
              HasSubstr("score of a: predict gives something else now\n"));
  EXPECT_THAT(TextOf("stages { stage: 'train' experiments: 'a' decision: RUN "
                     "reason: 'r' because_of: 'data' because_of: 'features' }"),
              HasSubstr("train of a: data and features give something else "
                        "now\n"));
}

TEST(WhyTextTest, WithoutAnEarlierRecordTheReasonStands) {
  EXPECT_THAT(TextOf("stages { stage: 'data' experiments: 'a' decision: RUN "
                     "reason: 'not in the store' }"),
              HasSubstr("data of a: not in the store\n"));
}

TEST(WhyTextTest, ACheckpointIsSaidBesideTheReason) {
  EXPECT_THAT(TextOf("stages { stage: 'train' experiments: 'a' decision: "
                     "RESUME reason: 'has a checkpoint at 40 %' because_of: "
                     "'data' }"),
              HasSubstr("train of a: data gives something else now; has a "
                        "checkpoint at 40 %\n"));
  EXPECT_THAT(TextOf("stages { stage: 'train' experiments: 'a' decision: "
                     "RESUME reason: 'has a checkpoint at 40 %' }"),
              HasSubstr("train of a: has a checkpoint at 40 %\n"));
}

TEST(WhyTextTest, OneReasonHoldsForManyExperiments) {
  std::string why = "target: 't'";
  for (const char* experiment : {"a", "b", "c", "d", "e"}) {
    absl::StrAppend(&why, "stages { stage: 'train' experiments: '", experiment,
                    "' decision: RUN reason: 'not in the store' }");
  }
  EXPECT_THAT(TextOf(why),
              HasSubstr("5 stages would be executed, 0 reused, 0 cannot run "
                        "here\n\ntrain of a, b, c and 2 more: not in the "
                        "store\n"));
}

TEST(WhyTextTest, DifferentReasonsStandApart) {
  const std::string text = TextOf(
      "stages { stage: 'train' experiments: 'a' decision: RUN reason: 'r' "
      "changes { path: 'p' old_value: '1' new_value: '2' } } "
      "stages { stage: 'train' experiments: 'b' decision: RUN reason: 'r' "
      "changes { path: 'p' old_value: '1' new_value: '3' } }");
  EXPECT_THAT(text, HasSubstr("\ntrain of a: "));
  EXPECT_THAT(text, HasSubstr("\ntrain of b: "));
}

TEST(WhyTextTest, WhatCannotRunIsToldOnceForAllOfItsStages) {
  const std::string text = TextOf(
      "stages { stage: 'data' experiments: 'a' experiments: 'b' decision: "
      "MISSING reason: 'data: none' } "
      "stages { stage: 'train' experiments: 'b' decision: MISSING reason: "
      "'data: none' }");
  EXPECT_THAT(text, HasSubstr("0 stages would be executed, 0 reused, 2 cannot "
                              "run here\n\na and b: cannot run: data: none\n"));
  EXPECT_THAT(text, Not(HasSubstr("train")));
}

TEST(WhyTextTest, ARecordOfOtherCodeCountsAsReused) {
  const std::string text = TextOf(
      "reused: 4 stages { stage: 'score' experiments: 'a' decision: "
      "REUSE reason: 'in the store' drift: '1a, now 2b' }");
  EXPECT_THAT(text, HasSubstr(": 0 stages would be executed, 5 reused, 0 "));
  EXPECT_THAT(text,
              HasSubstr("score of a: reused, though made by other code (1a, "
                        "now 2b); --strict_code makes it again\n"));
}

TEST(WhyTextTest, LongValuesAreCut) {
  const auto text_of = [](size_t length) {
    return TextOf(absl::StrCat(
        "stages { stage: 'train' experiments: 'a' decision: RUN reason: 'r' "
        "changes { path: 'p' old_value: '1' new_value: '",
        std::string(length, 'x'), "' } }"));
  };
  EXPECT_THAT(text_of(70),
              HasSubstr(absl::StrCat("now ", std::string(70, 'x'), "\n")));
  EXPECT_THAT(text_of(71),
              HasSubstr(absl::StrCat("now ", std::string(70, 'x'), "...\n")));
}

TEST(WhyTextTest, NothingToExplainIsOneLine) {
  EXPECT_EQ(TextOf("target: 't' rung: 'demo' protocol: 'p' reused: 5"),
            "t at rung demo, protocol p: 0 stages would be executed, 5 reused, "
            "0 cannot run here\n");
}

}  // namespace
}  // namespace cxr
