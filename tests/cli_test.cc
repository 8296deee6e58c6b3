// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// What a person at a terminal sees: every verb, its output, what it leaves on
// the disk and its exit code.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "tests/program.h"

namespace cxr::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr char kSmoke[] = "run table_nih_cxr8 --rung=smoke";
constexpr char kTable[] = "table_nih_cxr8.md";

void ExpectNothingWritten(const Workplace& place) {
  EXPECT_FALSE(std::filesystem::exists(place.store()));
  EXPECT_FALSE(std::filesystem::exists(place.out()));
  EXPECT_FALSE(std::filesystem::exists("results"));
}

// Exit code 64, nothing on stdout, the whole message on stderr.
void ExpectUsageError(const std::string& words, const std::string& message) {
  const Workplace place;
  const ProgramResult result = place.Run(words);
  EXPECT_EQ(result.exit_code, 64) << words;
  EXPECT_EQ(result.out, "") << words;
  EXPECT_EQ(result.err, absl::StrCat("cxr: error: ", message, "\n")) << words;
  ExpectNothingWritten(place);
}

TEST(CliTest, HelpNamesEveryVerbAndExitCode) {
  const ProgramResult result = RunApart("tools/cxr help");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err, "");
  for (const char* verb :
       {"run TARGET", "plan TARGET", "why TARGET", "status [RUN]",
        "watch [RUN]", "gc", "render TABLE", "import TABLE", "pictures TARGET",
        "predictions EXPERIMENT", "embed", "export", "lint [FILE...]",
        "show NAME", "upgrade [FILE...]", "help [VERB]", "74 store",
        "75 stopped", "77 no such device"}) {
    EXPECT_THAT(result.out, HasSubstr(verb));
  }
  EXPECT_EQ(RunApart("tools/cxr --help").out, result.out);
}

TEST(CliTest, HelpOfAVerbIsTheSameInEveryForm) {
  for (const std::string verb :
       {"run", "plan", "why", "status", "watch", "gc", "embed", "export",
        "render", "import", "pictures", "predictions", "lint", "show",
        "upgrade", "help"}) {
    const ProgramResult result =
        RunApart(absl::StrCat("tools/cxr help ", verb));
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out, StartsWith(absl::StrCat("Usage: cxr ", verb)));
    EXPECT_THAT(result.out, HasSubstr("Example: cxr "));
    const ProgramResult flag =
        RunApart(absl::StrCat("tools/cxr ", verb, " --help"));
    EXPECT_EQ(flag.exit_code, 0);
    EXPECT_EQ(flag.out, result.out);
  }
}

TEST(CliTest, AWrongVerbOrFlagSaysWhatThereIs) {
  ExpectUsageError("", "a verb is missing; see: cxr help");
  ExpectUsageError(
      "ran x",
      "no verb 'ran'; there are: run, render, import, pictures, predictions, "
      "plan, why, status, watch, gc, data, embed, export, score, synth, "
      "report, lint, show, upgrade, help");
  ExpectUsageError(
      "help ran",
      "no verb 'ran'; there are: run, render, import, pictures, predictions, "
      "plan, why, status, watch, gc, data, embed, export, score, synth, "
      "report, lint, show, upgrade, help");
  ExpectUsageError("run x --rang=smoke",
                   "unknown flag --rang; see: cxr help VERB");
  ExpectUsageError("run x --rung", "--rung needs a value");
  ExpectUsageError("run",
                   "run needs one experiment or table; see: cxr help "
                   "run");
  ExpectUsageError("run a b",
                   "run needs one experiment or table; see: cxr "
                   "help run");
  ExpectUsageError("render", "render needs one table; see: cxr help render");
}

TEST(CliTest, AWrongValueOfAFlagSaysWhatThereIs) {
  ExpectUsageError("run table_classification --family=x",
                   "no family 'x'; there are: chexformer, scan42");
  ExpectUsageError("run table_classification --protocol=x",
                   "no protocol 'x'; there are: as_published, corrected");
  ExpectUsageError("run table_classification --deployment=x",
                   "no deployment 'x'; there are: auto, h100, h200, local, "
                   "two_processes");
  ExpectUsageError("render table_classification --source=x",
                   "--source: found 'x', expected results or published");
  // One mistake, one line, however many experiments the table has.
  ExpectUsageError("run table_classification --rung=x",
                   "no rung 'x'; there are: paper, bench, demo, smoke");
}

TEST(CliTest, AnUnknownTargetNamesTheNearest) {
  for (const char* verb : {"run", "render"}) {
    ExpectUsageError(absl::StrCat(verb, " table_clasification"),
                     "no experiment, study or table 'table_clasification'; "
                     "did you mean 'table_classification'?");
  }
}

TEST(CliTest, EveryPublishedValuesIsShownUnderBothNames) {
  for (const std::string table :
       {"table_checkpoints", "table_classification", "table_comparison",
        "table_datasets", "table_report_generation", "table_segmentation"}) {
    for (const std::string family : {"chexformer", "scan42"}) {
      const Workplace place;
      const ProgramResult result = place.Run(absl::StrCat(
          "render ", table, " --source=published", " --family=", family));
      EXPECT_EQ(result.exit_code, 0) << table;
      EXPECT_EQ(result.err, "");
      EXPECT_THAT(result.out, HasSubstr("| "));
      ExpectNothingWritten(place);
    }
  }
  EXPECT_THAT(
      RunApart("tools/cxr render table_classification --source=published").out,
      HasSubstr("| CheXformer(S)     | 83.34 "));
}

TEST(CliTest, RenderingAnEmptyStoreSaysNotRunAndWritesNothing) {
  const Workplace place;
  const ProgramResult result = place.Run("render table_nih_cxr8 --rung=smoke");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("83.68 [83.51,83.68]"));
  EXPECT_THAT(result.out, HasSubstr("MISSING(not run)"));
  ExpectNothingWritten(place);
}

TEST(CliTest, OneExperimentRuns) {
  const Workplace place;
  const ProgramResult result =
      place.Run("run classify_nih_cxr8_pixels --rung=smoke");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("Cardiomegaly"));
  EXPECT_EQ(Contents(place.out() + "/classify_nih_cxr8_pixels.md"), result.out);
  EXPECT_THAT(result.err, HasSubstr("cxr: 0 stages reused, 5 run, "));
}

TEST(CliTest, ASecondRunComputesNothingAndPrintsTheSame) {
  const Workplace place;
  const ProgramResult first = place.Run(kSmoke);
  EXPECT_EQ(first.exit_code, kSmokeExit) << first.err;
  EXPECT_EQ(Contents(place.out() + "/" + kTable), first.out);
  const ProgramResult second = place.Run(kSmoke);
  EXPECT_EQ(second.exit_code, kSmokeExit) << second.err;
  EXPECT_EQ(second.out, first.out);
  EXPECT_EQ(Contents(place.out() + "/" + kTable), first.out);
  EXPECT_THAT(second.err, HasSubstr(" stages reused, 0 run, "));
  EXPECT_THAT(second.err, Not(HasSubstr("[1/")));
  const ProgramResult rendered =
      place.Run("render table_nih_cxr8 --rung=smoke");
  EXPECT_EQ(rendered.exit_code, 0);
  EXPECT_EQ(rendered.out, first.out);
}

TEST(CliTest, TwoStoresHoldTheSameBytes) {
  const Workplace a;
  const Workplace b;
  EXPECT_EQ(a.Run(kSmoke).out, b.Run(kSmoke).out);
  const auto artifacts = ArtifactsIn(a.store());
  EXPECT_THAT(artifacts, SizeIs(::testing::Ge(9u)));
  EXPECT_EQ(ArtifactsIn(b.store()), artifacts);
}

// Of a pretraining they change the last bits.
TEST(CliTest, ThreadsChangeNoByte) {
  constexpr char kProbes[] =
      "run ablate_weights/size=s/weights=initial/set=nih_cxr8 --rung=smoke";
  const Workplace usual;
  Workplace one;
  one.CopyRoot();
  Overwrite(one.Copied("experiments/deployments/one.textproto"),
            "spec_version: 2 threads: 1\nfeature_batch_images: 50\n");
  Workplace many;
  many.CopyRoot();
  Overwrite(many.Copied("experiments/deployments/many.textproto"),
            "spec_version: 2 threads: 7\nfeature_batch_images: 50\n");
  const ProgramResult result = usual.Run(kProbes);
  const ProgramResult alone =
      one.Run(absl::StrCat(kProbes, " --deployment=one"));
  EXPECT_THAT(alone.err, HasSubstr(" s on 1 threads; "));
  EXPECT_EQ(alone.out, result.out);
  EXPECT_EQ(ArtifactsIn(one.store()), ArtifactsIn(usual.store()));
  const ProgramResult crowd =
      many.Run(absl::StrCat(kProbes, " --deployment=many"));
  EXPECT_THAT(crowd.err, HasSubstr(" s on 7 threads; "));
  EXPECT_EQ(crowd.out, result.out);
  EXPECT_EQ(ArtifactsIn(many.store()), ArtifactsIn(usual.store()));
}

TEST(CliTest, TheFamilyIsANameOnly) {
  const Workplace place;
  const ProgramResult ours = place.Run(kSmoke);
  const ProgramResult theirs =
      place.Run(absl::StrCat(kSmoke, " --family=scan42"));
  EXPECT_EQ(theirs.exit_code, kSmokeExit) << theirs.err;
  EXPECT_THAT(ours.out,
              AllOf(StartsWith("# CheXformer: "), Not(HasSubstr("Scan42"))));
  EXPECT_THAT(theirs.out,
              AllOf(StartsWith("# Scan42: "), HasSubstr("**Scan42(S)**"),
                    Not(HasSubstr("CheXformer"))));
  EXPECT_THAT(theirs.err, HasSubstr(" stages reused, 0 run, "));
}

TEST(CliTest, TheStoreMayComeFromTheEnvironment) {
  const Workplace place;
  const std::string words =
      absl::StrCat("tools/cxr run classify_nih_cxr8_pixels --rung=smoke --out=",
                   place.out());
  const std::string home = place.File("home");
  const ProgramResult in_home =
      RunApart(absl::StrCat("env -u CXR_STORE HOME=", home, " ", words));
  EXPECT_EQ(in_home.exit_code, 0) << in_home.err;
  EXPECT_TRUE(std::filesystem::exists(home + "/.cache/cxr/store/stages/score"));
  const ProgramResult named =
      RunApart(absl::StrCat("env CXR_STORE=", place.store(), " HOME= ", words));
  EXPECT_EQ(named.exit_code, 0) << named.err;
  EXPECT_TRUE(std::filesystem::exists(place.store() + "/stages/score"));
  const ProgramResult nowhere =
      RunApart(absl::StrCat("env -u CXR_STORE HOME= ", words));
  EXPECT_EQ(nowhere.exit_code, 64);
  EXPECT_EQ(nowhere.err,
            "cxr: error: no place for results: give --store, or set CXR_STORE "
            "or HOME\n");
}

}  // namespace
}  // namespace cxr::tests
