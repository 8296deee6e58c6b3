// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/plan_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cxr/spec/plan.pb.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

spec::PlanRecord Plan(absl::string_view text) {
  return ParseSpec<spec::PlanRecord>(text);
}

// The rows of the table, the head and its rule included.
std::vector<std::string> Rows(const std::string& text) {
  std::vector<std::string> rows;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (!line.empty() && line[0] == '|') {
      rows.emplace_back(line);
    }
  }
  return rows;
}

constexpr char kSmall[] = R"(
target: "table3" rung: "demo" protocol: "as_published"
command: "cxr run table3"
stages {
  stage: "data" experiments: "a" experiments: "b" decision: REUSE
  reason: "in the store"
}
stages {
  stage: "train" experiments: "a" experiments: "b" experiments: "c"
  decision: RUN reason: "not in the store"
  cost {
    flops: 3.4e12 images: 1200 disk_bytes: 5000
    device_seconds_low: 60 device_seconds_high: 7200 basis: "x"
  }
}
)";

TEST(PlanTextTest, OpensWithWhatIsPlannedAndCounts) {
  EXPECT_THAT(ToText(Plan(kSmall)),
              StartsWith("# table3 at rung demo, protocol as_published\n\n"
                         "2 stages: 1 reused, 0 resumed, 1 to run, 0 that "
                         "cannot run here.\n\n"));
}

TEST(PlanTextTest, CountsEveryDecision) {
  EXPECT_THAT(
      ToText(Plan("stages { decision: RUN } stages { decision: RESUME } "
                  "stages { decision: MISSING reason: 'x' } "
                  "stages { decision: MISSING reason: 'x' } "
                  "stages { decision: REUSE }")),
      HasSubstr("5 stages: 1 reused, 1 resumed, 1 to run, 2 that cannot run "
                "here."));
}

TEST(PlanTextTest, TheTableHasAStageARow) {
  EXPECT_THAT(
      Rows(ToText(Plan(kSmall))),
      ElementsAre(
          "| stage | of              | decision | FLOPs  | images | to the "
          "store | time          | why              |",
          "| ----- | --------------- | -------- | ------ | ------ | "
          "------------ | ------------- | ---------------- |",
          "| data  | a and b         | reuse    |        |        |          "
          "    |               | in the store     |",
          "| train | a, b and 1 more | run      | 3.40 T | 1.20 k | 5 kB     "
          "    | 60 s to 2.0 h | not in the store |"));
}

TEST(PlanTextTest, ATimeThatIsNotKnownIsSaid) {
  const std::string text =
      ToText(Plan("stages { decision: RUN cost { flops: 1 } } "
                  "stages { decision: RUN cost { images: 1 } }"));
  EXPECT_THAT(Rows(text)[2], HasSubstr("not known"));
  EXPECT_THAT(Rows(text)[3], Not(HasSubstr("not known")));
  EXPECT_THAT(text, HasSubstr("To run here: time not known, and 1 stage whose "
                              "time is not known: "));
}

TEST(PlanTextTest, WhyAStageCannotRunIsToldOnceBelowTheTable) {
  const std::string text = ToText(
      Plan("stages { stage: 'data' decision: MISSING reason: 'no files' } "
           "stages { stage: 'train' decision: MISSING reason: 'no files' } "
           "stages { stage: 'score' decision: MISSING reason: 'no GPU' }"));
  const std::vector<std::string> rows = Rows(text);
  EXPECT_THAT(rows[2], HasSubstr("| (1) |"));
  EXPECT_THAT(rows[3], HasSubstr("| (1) |"));
  EXPECT_THAT(rows[4], HasSubstr("| (2) |"));
  EXPECT_THAT(text, HasSubstr("|\n\n(1) no files\n(2) no GPU\n"));
  EXPECT_THAT(rows, Each(Not(HasSubstr("no files"))));
}

TEST(PlanTextTest, ARecordOfOtherCodeIsMarked) {
  EXPECT_THAT(
      ToText(Plan("stages { decision: REUSE reason: 'in the store' drift: "
                  "'1a, now 2b' }")),
      HasSubstr("in the store, made by other code: 1a, now 2b |"));
}

// The last of 70 stages are the dearest; one of the first is as dear.
TEST(PlanTextTest, OfManyStagesTheDearestAreShown) {
  spec::PlanRecord plan;
  for (int i = 0; i < 70; ++i) {
    spec::PlannedStageRecord& stage = *plan.add_stages();
    stage.set_stage(absl::StrCat("s", i, "."));
    stage.set_decision(spec::RUN);
    stage.mutable_cost()->set_flops(i == 3 ? 1000 : i);
  }
  const std::string text = ToText(plan);
  const std::vector<std::string> rows = Rows(text);
  ASSERT_THAT(rows, SizeIs(62));
  EXPECT_THAT(rows[2], HasSubstr("s3."));
  EXPECT_THAT(rows[3], HasSubstr("s11."));
  EXPECT_THAT(rows.back(), HasSubstr("s69."));
  EXPECT_THAT(text, HasSubstr("... and 10 more stages, of smaller cost; "
                              "--format=json has all.\n"));
  plan.mutable_stages()->DeleteSubrange(60, 10);
  EXPECT_THAT(ToText(plan), Not(HasSubstr("...")));
}

TEST(PlanTextTest, NeedsSayWhetherTheyAreHere) {
  EXPECT_THAT(
      ToText(Plan("needs { kind: 'data' name: 'CheXpert' terms: 'Stanford' "
                  "size_bytes: 440000000000 found: false } "
                  "needs { kind: 'weights' name: 'w.pth' terms: 'Meta' "
                  "found: true }")),
      HasSubstr("\nNeeds:\n"
                "- data: CheXpert (Stanford), about 440 GB, not here\n"
                "- weights: w.pth (Meta), here\n"));
  EXPECT_THAT(ToText(Plan(kSmall)), Not(HasSubstr("Needs")));
}

TEST(PlanTextTest, TotalsAddUpWhatIsNotInTheStore) {
  const std::string text =
      ToText(Plan("stages { decision: RUN cost { flops: 1.5e12 disk_bytes: 400 "
                  "not_counted: 'norms' } } "
                  "stages { decision: MISSING reason: 'x' cost { flops: 2e12 "
                  "disk_bytes: 500 not_counted: 'norms' } } "
                  "device_hours { deployment: 'cpu' low: 0.5 high: 4.5 basis: "
                  "'said' }"));
  EXPECT_THAT(text, HasSubstr("\nWhat is not in the store takes 3.50 TFLOP "
                              "(two a multiplication with its addition) and "
                              "900 B of the store.\n"
                              "Not counted: norms.\n"
                              "- cpu: 30 min to 4.5 h of one device (said)\n"));
}

TEST(PlanTextTest, NothingToComputeIsNoFlop) {
  EXPECT_THAT(ToText(Plan("stages { decision: REUSE }")),
              HasSubstr("takes 0 FLOP (two"));
}

TEST(PlanTextTest, EndsWithTheCommandThatRunsIt) {
  EXPECT_THAT(ToText(Plan(kSmall)),
              HasSubstr("\nTo run here: 60 s to 2.0 h: cxr run table3\n"));
  EXPECT_THAT(
      ToText(Plan("command: 'go' stages { decision: RESUME cost { flops: 1 "
                  "device_seconds_low: 5 device_seconds_high: 5 } }")),
      HasSubstr("\nTo run here: 5.0 s: go\n"));
}

TEST(PlanTextTest, WhereNothingIsToRunItSaysSo) {
  const auto ends_with_nothing =
      AllOf(HasSubstr("\nNothing of it is to be run here.\n"),
            Not(HasSubstr("To run here")));
  EXPECT_THAT(ToText(Plan("stages { decision: REUSE } "
                          "stages { decision: MISSING reason: 'x' }")),
              ends_with_nothing);
  EXPECT_THAT(ToText(Plan("")), ends_with_nothing);
}

}  // namespace
}  // namespace cxr
