// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Runs that are interrupted, killed, looked at, shared and cleared away.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>

#include <csignal>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "tests/background.h"
#include "tests/program.h"

namespace cxr::tests {
namespace {

namespace fs = std::filesystem;

using ::testing::_;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ContainsRegex;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::Pair;
using ::testing::StartsWith;

constexpr char kSmoke[] = "run table_nih_cxr8 --rung=smoke";
// Of seconds, most of them in its second stage.
constexpr char kLongName[] =
    "ablate_weights/size=s/weights=random/set=nih_cxr8/seed=7479";
constexpr char kLong[] =
    "run ablate_weights/size=s/weights=random/set=nih_cxr8/seed=7479 "
    "--rung=demo";
constexpr char kLongTable[] = "run table_nih_cxr8 --rung=demo";
constexpr char kDevices[] = "experiments/deployments/devices.textproto";
constexpr int kStopped = 75;
constexpr int kKilled = 128 + SIGKILL;
constexpr absl::Duration kStopPatience = absl::Seconds(15);
constexpr absl::Duration kPatience = absl::Seconds(100);

// Waits until a process has begun a stage that takes long.
void AwaitLongStage(const Workplace& place) {
  ASSERT_TRUE(WaitUntil([&] {
    for (const auto& [stage, attempts] : AttemptsIn(place.store())) {
      if ((absl::StartsWith(stage, "features/") ||
           absl::StartsWith(stage, "pretrain/")) &&
          attempts > 0) {
        return true;
      }
    }
    return false;
  }));
}

// What a person types to go on, from what the program says.
std::string CommandIn(const std::string& err) {
  for (const absl::string_view line : absl::StrSplit(err, '\n')) {
    const size_t at = line.find("Go on with: ");
    if (at != std::string::npos) {
      return absl::StrReplaceAll(line.substr(line.find(": ", at) + 2),
                                 {{"cxr run ", "tools/cxr run "}});
    }
  }
  ADD_FAILURE() << "no command in " << err;
  return "false";
}

TEST(RunCliTest, CtrlCStopsARunAndLeavesNoProcess) {
  const Workplace place;
  Background run(place.Command(kLongTable));
  AwaitLongStage(place);
  run.Signal(SIGINT);
  const std::optional<ProgramResult> result = run.Wait(kStopPatience);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->exit_code, kStopped);
  EXPECT_EQ(result->out, "");
  EXPECT_THAT(result->err,
              HasSubstr(absl::StrCat(
                  "cxr: stopped; what is finished is kept. Go on with: cxr run "
                  "table_nih_cxr8 --store=",
                  place.store(), " --out=", place.out(), "\n")));
  EXPECT_EQ(run.Living(), 0);
  EXPECT_THAT(place.Run("status").out, HasSubstr(" of 33 done  stopped\n"));
  EXPECT_THAT(place.Run("status 1").out,
              AllOf(HasSubstr("protocol as_published): stopped\n"),
                    HasSubstr(" done, 0 running, 0 failed, 0 were there; "),
                    HasSubstr("\nGo on with: cxr run table_nih_cxr8 ")));
  // Another target in the same store is not concerned.
  const ProgramResult other = place.Run(kSmoke);
  EXPECT_EQ(other.exit_code, kSmokeExit) << other.err;
  EXPECT_THAT(other.err, AllOf(Not(HasSubstr("going on")),
                               HasSubstr("cxr: 0 stages reused, 33 run, ")));
  EXPECT_THAT(place.Run("status").out,
              AllOf(StartsWith("   2  "), HasSubstr(" finished\n   1  "),
                    HasSubstr(" stopped\n")));
}

TEST(RunCliTest, TheCommandThatIsNamedFinishesAStoppedRun) {
  const Workplace place;
  Background run(place.Command(kLong));
  AwaitLongStage(place);
  // As a terminal does it.
  run.SignalGroup(SIGINT);
  const std::optional<ProgramResult> result = run.Wait(kStopPatience);
  ASSERT_TRUE(result.has_value());
  ASSERT_EQ(result->exit_code, kStopped) << result->err;
  const auto finished = CompleteStages(place.store());
  const ProgramResult next = RunApart(CommandIn(result->err));
  EXPECT_EQ(next.exit_code, 0) << next.err;
  EXPECT_THAT(
      next.err,
      AllOf(HasSubstr("cxr: going on with run 1\n"),
            HasSubstr(absl::StrCat("cxr: ", finished.size(), " stages reused, ",
                                   5 - finished.size(), " run, "))));
  EXPECT_THAT(CompleteStages(place.store()), IsSupersetOf(finished));
  EXPECT_THAT(place.Run("status").out, HasSubstr(" 5 of 5 done  finished\n"));
  EXPECT_FALSE(fs::exists(place.store() + "/runs/2"));
}

TEST(RunCliTest, TheStageOfADeadDriverIsWaitedForAndNotExecutedAgain) {
  const Workplace place;
  Background run(place.Command(kLong));
  AwaitLongStage(place);
  run.Signal(SIGKILL);
  EXPECT_EQ(run.Wait(kPatience)->exit_code, kKilled);
  EXPECT_EQ(run.Living(), 1);
  EXPECT_THAT(place.Run("status").out, HasSubstr("  its driver died\n"));
  EXPECT_THAT(
      place.Run("status 1").out,
      AllOf(HasSubstr("): its driver died\n"),
            HasSubstr(absl::StrCat("\nGo on with: cxr run ", kLongName, " "))));
  const ProgramResult next = place.Run(kLong);
  EXPECT_EQ(next.exit_code, 0) << next.err;
  EXPECT_THAT(next.err, HasSubstr("cxr: going on with run 1\n"));
  EXPECT_THAT(Executed(next.err), Not(Contains(Pair("features", _))));
  EXPECT_EQ(CompleteStages(place.store()).size(), 5u);
  EXPECT_THAT(AttemptsIn(place.store()), Each(Pair(_, 1)));
  EXPECT_THAT(place.Run("status").out, HasSubstr(" 5 of 5 done  finished\n"));
}

// Ended processes keep their numbers until somebody asks for them, which the
// first process of a container may never; here this test stands for it.
TEST(RunCliTest, AnEndedProcessThatNobodyAskedForHoldsNoStage) {
  const Workplace place;
  ASSERT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
  Background run(place.Command(kLong));
  AwaitLongStage(place);
  run.SignalGroup(SIGKILL);
  EXPECT_EQ(run.Wait(kPatience)->exit_code, kKilled);
  ASSERT_TRUE(WaitUntil([&] { return run.Living() == 0; }));
  const ProgramResult next = place.Run(kLong);
  EXPECT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 0), 0);
  EXPECT_EQ(next.exit_code, 0) << next.err;
  EXPECT_THAT(next.err, AllOf(HasSubstr("cxr: going on with run 1\n"),
                              Not(HasSubstr("waiting for"))));
  EXPECT_THAT(AttemptsIn(place.store()), Contains(Pair(_, 2)));
}

TEST(RunCliTest, ARunIsWatchedUntilItIsOver) {
  const Workplace place;
  Background run(place.Command(kLong));
  ASSERT_TRUE(WaitUntil(
      [&] { return fs::exists(place.store() + "/runs/1/plan.textproto"); }));
  AwaitLongStage(place);
  const ProgramResult watch = place.Run("watch");
  EXPECT_EQ(watch.exit_code, 0) << watch.err;
  EXPECT_THAT(watch.out,
              AllOf(StartsWith(absl::StrCat(
                        "Run 1 of ", kLongName,
                        " (rung demo, protocol as_published): running\n")),
                    ContainsRegex(absl::StrCat(
                        "\n  features ", kLongName,
                        ": [0-9]+ % after [^\n]*, process [0-9]+\n")),
                    HasSubstr("protocol as_published): finished\n5 of 5 ")));
  EXPECT_EQ(run.Wait(kPatience)->exit_code, 0);
  const ProgramResult after = place.Run("watch 1");
  EXPECT_EQ(after.exit_code, 0);
  EXPECT_THAT(after.out, AllOf(HasSubstr("): finished\n"),
                               Not(HasSubstr("): running\n"))));
}

TEST(RunCliTest, AnEmptyStoreHasNoRunAndNothingToDelete) {
  const Workplace place;
  const ProgramResult status = place.Run("status");
  EXPECT_EQ(status.exit_code, 0) << status.err;
  EXPECT_EQ(status.out, place.store() + ": no run yet\n");
  for (const std::string words : {"watch", "watch 3", "status 3"}) {
    const ProgramResult none = place.Run(words);
    EXPECT_EQ(none.exit_code, 2) << words;
    EXPECT_EQ(none.out, "");
    EXPECT_THAT(none.err, StartsWith(absl::StrCat("cxr: error: ", place.store(),
                                                  ": no run ")));
  }
  EXPECT_EQ(place.Run("status x").exit_code, 64);
  for (const std::string words : {"gc", "gc --dry_run"}) {
    const ProgramResult gc = place.Run(words);
    EXPECT_EQ(gc.exit_code, 0) << gc.err;
    EXPECT_THAT(gc.err, StartsWith("cxr: 0 attempts of 0 B "));
  }
  EXPECT_FALSE(fs::exists(place.store()));
}

// Attempts of a store that have come so far that they print.
size_t LogsIn(const std::string& store) {
  size_t logs = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it(store + "/stages", error), end;
       !error && it != end; it.increment(error)) {
    if (it->path().filename() == "log") ++logs;
  }
  return logs;
}

TEST(RunCliTest, WhatAPowerCutLeavesIsDeletedAndWhatIsCompleteStays) {
  const Workplace place;
  EXPECT_EQ(place.Run(kSmoke).exit_code, kSmokeExit);
  const auto artifacts = ArtifactsIn(place.store());
  Background run(place.Command(kLong));
  const size_t before = AttemptsIn(place.store()).size();
  // Its data is there, its features are begun: the attempt has a first file.
  ASSERT_TRUE(WaitUntil([&] { return LogsIn(place.store()) == before + 2; }));
  run.SignalGroup(SIGKILL);
  EXPECT_EQ(run.Wait(kPatience)->exit_code, kKilled);
  ASSERT_TRUE(WaitUntil([&] { return run.Living() == 0; }));
  const auto complete = CompleteStages(place.store());
  EXPECT_EQ(complete.size(), before + 1);

  const ProgramResult dry = place.Run("gc --dry_run");
  EXPECT_EQ(dry.exit_code, 0) << dry.err;
  EXPECT_THAT(dry.out, ContainsRegex("/stages/features/[0-9a-f]+/1\n"));
  EXPECT_THAT(dry.err, ContainsRegex("^cxr: 1 attempt of [^\n]* would be "));
  const std::string folder = dry.out.substr(0, dry.out.find('\n'));
  EXPECT_TRUE(fs::exists(folder));
  const ProgramResult gc = place.Run("gc");
  EXPECT_EQ(gc.out, dry.out);
  EXPECT_THAT(gc.err, ContainsRegex("^cxr: 1 attempt of [^\n]* deleted\n$"));
  // The number stays taken.
  EXPECT_TRUE(fs::is_empty(folder));
  EXPECT_EQ(CompleteStages(place.store()), complete);
  EXPECT_THAT(ArtifactsIn(place.store()), IsSupersetOf(artifacts));

  const ProgramResult next = place.Run(kLong);
  EXPECT_EQ(next.exit_code, 0) << next.err;
  EXPECT_THAT(next.err, HasSubstr("cxr: 1 stages reused, 4 run, "));
  EXPECT_THAT(place.Run(kSmoke).err, HasSubstr("31 stages reused, 0 run, "));
  EXPECT_THAT(place.Run("gc").err, HasSubstr("cxr: 0 attempts of 0 B "));
}

TEST(RunCliTest, TwoRunsOfSeveralStagesAtOnceExecuteEachOnce) {
  // A pretraining would have half of the threads, and other bits for that.
  constexpr char kProbes[] =
      "run ablate_weights/size=s/weights=initial/set=nih_cxr8 --rung=smoke";
  const Workplace place;
  const std::string words = absl::StrCat(kProbes, " --max_parallel=2");
  Background a(place.Command(words));
  Background b(place.Command(words));
  const std::optional<ProgramResult> first = a.Wait(kPatience);
  const std::optional<ProgramResult> second = b.Wait(kPatience);
  ASSERT_TRUE(first.has_value() && second.has_value());
  EXPECT_EQ(first->exit_code, kSmokeExit) << first->err;
  EXPECT_EQ(second->exit_code, kSmokeExit) << second->err;
  EXPECT_EQ(first->out, second->out);
  EXPECT_EQ(CompleteStages(place.store()).size(), 11u);
  EXPECT_THAT(AttemptsIn(place.store()), Each(Pair(_, 1)))
      << first->err << second->err;
  const Workplace alone;
  EXPECT_EQ(alone.Run(kProbes).out, first->out);
  EXPECT_EQ(ArtifactsIn(alone.store()), ArtifactsIn(place.store()));
}

TEST(RunCliTest, RunsShareTheDevicesOfADeployment) {
  Workplace place;
  place.CopyRoot();
  Overwrite(place.Copied(kDevices),
            "spec_version: 2 threads: 2\nfeature_batch_images: 50\n"
            "devices: [\"x\"]\n");
  // The locks lie in the folder for temporary files.
  const std::string devices = place.File("tmp");
  fs::create_directory(devices);
  const std::string run = absl::StrCat("env TMPDIR=", devices, " ");
  const std::string flags =
      " --rung=smoke --deployment=devices --max_parallel=2";
  Background a(
      absl::StrCat(run, place.Command("run classify_nih_cxr8_pixels"), flags));
  Background b(
      absl::StrCat(run, place.Command("run classify_nih_cxr8_s"), flags));
  const std::optional<ProgramResult> first = a.Wait(kPatience);
  const std::optional<ProgramResult> second = b.Wait(kPatience);
  ASSERT_TRUE(first.has_value() && second.has_value());
  EXPECT_EQ(first->exit_code, 0) << first->err;
  EXPECT_EQ(second->exit_code, 0) << second->err;
  // They have the data in common; one begins with a pretraining.
  EXPECT_EQ(CompleteStages(place.store()).size(), 10u);
  EXPECT_THAT(AttemptsIn(place.store()), Each(Pair(_, 1)));
  EXPECT_FALSE(fs::is_empty(devices));
}

TEST(RunCliTest, ADeviceThatThisVersionCannotUseIsSkippedInOneLine) {
  const Workplace place;
  const ProgramResult result =
      place.Run(absl::StrCat(kSmoke, " --deployment=h100"));
  EXPECT_EQ(result.exit_code, 77);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err,
            "cxr: error: --deployment=h100: this machine has no NVIDIA driver, "
            "so no H100; cxr plan can plan for it\n");
  EXPECT_THAT(AttemptsIn(place.store()), IsEmpty());
  const ProgramResult plan =
      place.Run("plan table_nih_cxr8 --rung=smoke --deployment=h100");
  EXPECT_EQ(plan.exit_code, 0) << plan.err;
  EXPECT_THAT(plan.out, HasSubstr("\n- h100: "));
  const ProgramResult none =
      place.Run(absl::StrCat(kSmoke, " --max_parallel=0"));
  EXPECT_EQ(none.exit_code, 64);
  EXPECT_EQ(none.err,
            "cxr: error: --max_parallel: found 0, expected 1 or more\n");
  EXPECT_FALSE(fs::exists(place.store()));
}

}  // namespace
}  // namespace cxr::tests
