// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// The verbs that tell before a run what it would do, what it costs and why; and
// the flags with which a run does less.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/program.h"

namespace cxr::tests {
namespace {

namespace fs = std::filesystem;

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using ::testing::StartsWith;

constexpr char kSmoke[] = "run table_nih_cxr8 --rung=smoke";
constexpr char kPlan[] = "plan table_nih_cxr8 --rung=smoke";
constexpr char kWhy[] = "why table_nih_cxr8 --rung=smoke";
constexpr char kPixels[] = "run classify_nih_cxr8_pixels --rung=smoke";
constexpr char kProbe[] = "experiments/common/smoke_probe.textproto";

// A place with its own specs and a finished run of the table.
class Finished : public Workplace {
 public:
  Finished() {
    CopyRoot();
    const ProgramResult result = Run(kSmoke);
    EXPECT_EQ(result.exit_code, kSmokeExit) << result.err;
    table_ = result.out;
  }

  const std::string& table() const { return table_; }

 private:
  std::string table_;
};

// Every file and folder below, with what writing would change.
std::string ListingOf(const std::string& folder) {
  const ProgramResult listing = RunApart(
      absl::StrCat("find ", folder, " -printf '%p %s %T@ %m\\n' | sort"));
  EXPECT_EQ(listing.err, "");
  return listing.out;
}

// Starts a command that may read all files and write none of another user, even
// if the test runs as root.
std::string AsNobody(const std::string& command) {
  return geteuid() == 0
             ? absl::StrCat(
                   "setpriv --reuid=65534 --regid=65534 --clear-groups "
                   "--bounding-set=-all,+dac_read_search "
                   "--inh-caps=-all,+dac_read_search "
                   "--ambient-caps=+dac_read_search ",
                   command)
             : command;
}

TEST(PlanCliTest, ThePaperIsPlannedWithItsCostAndWhatItNeeds) {
  const Workplace place;
  const ProgramResult result = RunApart(
      absl::StrCat("env HOME=", place.File(""), " TMPDIR=", place.File(""), " ",
                   place.Command("plan table_classification --rung=paper")));
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out,
              AllOf(StartsWith("# table_classification at rung paper, "),
                    ContainsRegex("\\| pretrain \\| pretrain_s +\\| missing +"
                                  "\\| [0-9.]+ E +\\| [0-9.]+ M "),
                    ContainsRegex("\\| pretrain \\| pretrain_b +\\| missing +"
                                  "\\| [0-9.]+ E +\\| [0-9.]+ M ")));
  EXPECT_THAT(
      result.out,
      AllOf(ContainsRegex("- data: CheXpert \\(.*\\), about 376 GB, not here"),
            HasSubstr("- weights: dinov2_vits14_reg4_pretrain.pth"),
            ContainsRegex("- local: [0-9.]+ k h of one device \\(stated for"),
            ContainsRegex("- h100: [0-9.]+ h of one device \\(derived from"),
            HasSubstr("\nNothing of it is to be run here.\n")));
  EXPECT_TRUE(fs::is_empty(place.File("")));
  EXPECT_FALSE(fs::exists("results"));
}

TEST(PlanCliTest, AStoreThatMayOnlyBeReadIsPlannedAndStaysAsItIs) {
  const Workplace place;
  EXPECT_EQ(place.Run(kPixels).exit_code, 0);
  ASSERT_EQ(RunApart("chmod -R a+rX,a-w " + place.File("")).exit_code, 0);
  ASSERT_NE(RunApart(AsNobody("touch " + place.store() + "/index")).exit_code,
            0)
      << "the store can be written all the same";
  const std::string before = ListingOf(place.File(""));
  for (const std::string words :
       {"plan classify_nih_cxr8_pixels --rung=smoke",
        "plan table_nih_cxr8 --rung=paper", kPlan, kWhy, "status", "status 1",
        "watch", "gc --dry_run", "render table_nih_cxr8 --rung=smoke"}) {
    SCOPED_TRACE(words);
    const ProgramResult result = RunApart(AsNobody(place.Command(words)));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(ListingOf(place.File("")), before);
  }
  EXPECT_EQ(RunApart("chmod -R u+w " + place.File("")).exit_code, 0);
}

TEST(PlanCliTest, JsonSaysTheSameToPrograms) {
  const Workplace place;
  const ProgramResult plan = RunApart(absl::StrCat(
      place.Command(absl::StrCat(kPlan, " --format=json")),
      " | python3 -c 'import collections, json, sys\n"
      "plan = json.load(sys.stdin)\n"
      "counts = collections.Counter(\n"
      "    s[\"decision\"] for s in plan[\"stages\"])\n"
      "print(\"%d stages: %d reused, %d resumed, %d to run, %d that\" % (\n"
      "    len(plan[\"stages\"]), counts[\"REUSE\"], counts[\"RESUME\"],\n"
      "    counts[\"RUN\"], counts[\"MISSING\"]))'"));
  EXPECT_EQ(plan.err, "");
  EXPECT_THAT(plan.out, HasSubstr(" 33 to run, "));
  EXPECT_THAT(place.Run(kPlan).out,
              HasSubstr(plan.out.substr(0, plan.out.size() - 1)));
  EXPECT_EQ(place.Run(kPixels).exit_code, 0);
  for (const std::string words :
       {kWhy, "status", "status 1", "status --store=nowhere"}) {
    const ProgramResult other =
        RunApart(absl::StrCat(place.Command(words),
                              " --format=json | python3 -c 'import json, sys\n"
                              "print(type(json.load(sys.stdin)).__name__)'"));
    EXPECT_EQ(other.err, "") << words;
    EXPECT_EQ(other.out, words.ends_with("s") || words.ends_with("nowhere")
                             ? "list\n"
                             : "dict\n")
        << words;
  }
}

TEST(PlanCliTest, AnotherFormatIsAUsageError) {
  const Workplace place;
  for (const std::string words : {kPlan, kWhy, "status"}) {
    const ProgramResult result = place.Run(words + " --format=xml");
    EXPECT_EQ(result.exit_code, 64);
    EXPECT_EQ(result.err,
              "cxr: error: --format: found 'xml', expected text or json\n");
  }
}

TEST(PlanCliTest, WhatWasRunIsReused) {
  const Workplace place;
  EXPECT_THAT(place.Run(kPlan).out,
              HasSubstr(" stages: 0 reused, 0 resumed, 33 to run, "));
  const ProgramResult before = place.Run(kWhy);
  EXPECT_EQ(before.exit_code, 0) << before.err;
  EXPECT_THAT(before.out,
              AllOf(HasSubstr(": 33 stages would be executed, 0 reused, "),
                    ContainsRegex("\ntrain of [^\n]*: not in the store\n")));
  EXPECT_FALSE(fs::exists(place.store()));

  EXPECT_EQ(place.Run(kSmoke).exit_code, kSmokeExit);
  EXPECT_THAT(place.Run(kPlan).out,
              AllOf(HasSubstr(" stages: 33 reused, 0 resumed, 0 to run, "),
                    HasSubstr("\nNothing of it is to be run here.\n")));
  EXPECT_THAT(place.Run(kWhy).out,
              HasSubstr(": 0 stages would be executed, 33 reused, "));
  const ProgramResult strict =
      place.Run(absl::StrCat(kSmoke, " --strict_code"));
  EXPECT_EQ(strict.exit_code, kSmokeExit) << strict.err;
  EXPECT_THAT(strict.err, HasSubstr("cxr: 31 stages reused, 0 run, "));
}

TEST(PlanCliTest, ABudgetThatIsTooSmallStartsNothing) {
  const Workplace place;
  const ProgramResult refused =
      place.Run(absl::StrCat(kPixels, " --budget_device_hours=1e-9"));
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_EQ(refused.out, "");
  EXPECT_EQ(CountLines(refused.err, "cxr"), 1) << refused.err;
  EXPECT_THAT(refused.err,
              StartsWith("cxr: error: --budget_device_hours=1e-09: nothing was "
                         "started, because the plan takes up to "));
  EXPECT_FALSE(fs::exists(place.store()));
  EXPECT_FALSE(fs::exists(place.out()));
  const ProgramResult plan = place.Run(
      "plan classify_nih_cxr8_pixels --rung=smoke --budget_device_hours=1e-9");
  EXPECT_EQ(plan.exit_code, 2);
  EXPECT_THAT(plan.out, HasSubstr("5 stages: 0 reused, 0 resumed, 5 to run"));
  const ProgramResult allowed =
      place.Run(absl::StrCat(kPixels, " --budget_device_hours=1000"));
  EXPECT_EQ(allowed.exit_code, 0) << allowed.err;
  // What is there costs nothing.
  const ProgramResult again =
      place.Run(absl::StrCat(kPixels, " --budget_device_hours=1e-9"));
  EXPECT_EQ(again.exit_code, 0) << again.err;
}

TEST(PlanCliTest, AChangedValueIsNamedAndRunsWhatFollowsFromIt) {
  const Finished place;
  ReplaceOnce(place.Copied(kProbe), "epochs: 2", "\nepochs: 3");
  const std::string file = place.Copied(kProbe);
  const ProgramResult why = place.Run(kWhy);
  EXPECT_EQ(why.exit_code, 0) << why.err;
  EXPECT_THAT(
      why.out,
      AllOf(HasSubstr(": 27 stages would be executed, 6 reused, "),
            ContainsRegex("\ntrain of [^\n]*: changed since the record of "),
            HasSubstr(absl::StrCat("\n  train.linear_probe.epochs\n"
                                   "    was 2    # ",
                                   file,
                                   ":7\n"
                                   "    now 3    # ",
                                   file, ":8\n")),
            ContainsRegex("\npredict of [^\n]*: train gives something else"),
            ContainsRegex("\nscore of [^\n]*: predict gives something else"),
            Not(ContainsRegex("\n(data|features) of "))));
  EXPECT_EQ(CountLines(why.out, "    was "), CountLines(why.out, "epochs"));
  const ProgramResult run = place.Run(kSmoke);
  EXPECT_EQ(run.exit_code, kSmokeExit) << run.err;
  EXPECT_THAT(
      Executed(run.err),
      ElementsAre(Pair("predict", 9), Pair("score", 9), Pair("train", 9)));
  EXPECT_THAT(run.err, HasSubstr("cxr: 6 stages reused, 27 run, "));
  EXPECT_NE(run.out, place.table());
  EXPECT_THAT(place.Run(kWhy).out, HasSubstr(": 0 stages would be executed"));
  // The old records are kept.
  ReplaceOnce(place.Copied(kProbe), "epochs: 3", "epochs: 2");
  const ProgramResult back = place.Run(kSmoke);
  EXPECT_THAT(back.err, HasSubstr("cxr: 31 stages reused, 0 run, "));
  EXPECT_EQ(back.out, place.table());
}

TEST(PlanCliTest, WhatChangesNoResultRunsNothing) {
  const Finished place;
  ReplaceOnce(place.Copied(kProbe), "# Two epochs.", "# Not many epochs.");
  ReplaceOnce(place.Copied("experiments/deployments/local.textproto"),
              "threads: 0", "threads: 1");
  ReplaceOnce(
      place.Copied("experiments/classify/classify_nih_cxr8_s.textproto"),
      "NIH-CXR8, frozen probe on S.", "A frozen probe.");
  EXPECT_THAT(place.Run(kWhy).out, HasSubstr(": 0 stages would be executed"));
  const ProgramResult run = place.Run(kSmoke);
  EXPECT_EQ(run.exit_code, kSmokeExit) << run.err;
  EXPECT_THAT(run.err, AllOf(HasSubstr("cxr: 31 stages reused, 0 run, "),
                             HasSubstr(" s on 1 threads; ")));
  EXPECT_EQ(run.out, place.table());
}

TEST(PlanCliTest, AChangedIntervalRunsTheScoreAlone) {
  const Finished place;
  ReplaceOnce(place.Copied("experiments/common/smoke.textproto"),
              "resamples: 20", "resamples: 30");
  EXPECT_THAT(place.Run(kWhy).out,
              AllOf(HasSubstr(": 9 stages would be executed, 24 reused, "),
                    HasSubstr("\n  score.bootstrap.resamples\n    was 20 "),
                    HasSubstr("\n    now 30 ")));
  const ProgramResult run = place.Run(kSmoke);
  EXPECT_EQ(run.exit_code, kSmokeExit) << run.err;
  EXPECT_THAT(Executed(run.err), ElementsAre(Pair("score", 9)));
}

TEST(PlanCliTest, OneCellRunsItsStagesAloneAndShowsTheWholeTable) {
  const Workplace place;
  const ProgramResult run =
      place.Run(absl::StrCat(kSmoke, " --cell=s.NIH-CXR8"));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(
      Executed(run.err),
      ElementsAre(Pair("data", 1), Pair("features", 1), Pair("predict", 1),
                  Pair("pretrain", 1), Pair("score", 1), Pair("train", 1)));
  EXPECT_EQ(CompleteStages(place.store()).size(), 6u);
  EXPECT_EQ(CountLines(run.out, "MISSING(not run)"), 2) << run.out;
  EXPECT_THAT(
      run.out,
      AllOf(ContainsRegex("\\| smoke \\(a\\) +\\| [^\n]*"
                          "\\| [0-9.]+ \\[[0-9.]+,[0-9.]+\\] "),
            HasSubstr("tools/bazel run //experiments:classify_nih_cxr8_b")));
  // The row's label as it is printed.
  for (const char* cell :
       {"'CheXformer(S).nih-cxr8'", "'Scan42(S).NIH-CXR8' --family=scan42"}) {
    const ProgramResult same =
        place.Run(absl::StrCat(kSmoke, " --cell=", cell));
    EXPECT_EQ(same.exit_code, 0) << same.err;
    EXPECT_THAT(same.err, HasSubstr("cxr: 5 stages reused, 0 run, ")) << cell;
  }
}

TEST(PlanCliTest, ACellThatIsNotThereIsOneLine) {
  const Workplace place;
  const std::string kRows = "s, b, Control: 32-px pixels";
  struct Case {
    std::string words;
    std::string message;
  };
  for (const Case& wrong : {
           Case{"table_classification --cell=s",
                absl::StrCat("found 's', expected ROW.COLUMN; rows are: ",
                             kRows)},
           Case{"table_classification --cell=xx.RSNA",
                absl::StrCat("found 'xx.RSNA', expected ROW.COLUMN; there "
                             "are: ",
                             kRows)},
           Case{"table_classification --cell=s.NIH-CXR9",
                "no column 'NIH-CXR9'; did you mean 'NIH-CXR8'?"},
           Case{"table_segmentation --cell=s.RSNA",
                "this table computes no cell; it is as published"},
           Case{"table_comparison --cell=s.RSNA",
                "'table_comparison' shows several tables; name one of them: "
                "table_comparison_classification, "
                "table_comparison_segmentation, "
                "table_comparison_report_generation, "
                "table_comparison_checkpoints"},
           Case{"classify_rsna_s --cell=s.RSNA",
                "'classify_rsna_s' is no table"},
       }) {
    const ProgramResult result =
        place.Run(absl::StrCat("run ", wrong.words, " --rung=smoke"));
    EXPECT_EQ(result.exit_code, 64) << wrong.words;
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(result.err,
              absl::StrCat("cxr: error: --cell: ", wrong.message, "\n"));
  }
  EXPECT_FALSE(fs::exists(place.store()));
}

TEST(PlanCliTest, WhatIsAcceptedAsEquivalentIsNotExecutedAndTheTableSaysSo) {
  const Finished place;
  ReplaceOnce(place.Copied(kProbe), "epochs: 2", "epochs: 3");
  const ProgramResult run =
      place.Run(absl::StrCat(kSmoke, " --accept_equivalent='same numbers'"));
  EXPECT_EQ(run.exit_code, kSmokeExit) << run.err;
  EXPECT_THAT(Executed(run.err), IsEmpty());
  EXPECT_THAT(run.err, HasSubstr("cxr: 6 stages reused, 0 run, 27 accepted as "
                                 "equivalent, "));
  // One note a row; all else is as it was.
  EXPECT_EQ(CountLines(run.out, "was accepted as equivalent: same numbers"), 3);
  const std::string numbers =
      run.out.substr(run.out.find("## NIH-CXR8 by finding"));
  EXPECT_THAT(place.table(), HasSubstr(numbers));
  EXPECT_THAT(place.Run(kWhy).out,
              HasSubstr(": 0 stages would be executed, 33 reused, "));
  EXPECT_EQ(place.Run("render table_nih_cxr8 --rung=smoke").out, run.out);
  const ProgramResult again = place.Run(kSmoke);
  EXPECT_THAT(again.err, HasSubstr("cxr: 31 stages reused, 0 run, "));
  EXPECT_EQ(again.out, run.out);
}

}  // namespace
}  // namespace cxr::tests
