// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/driver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/testing.h"
#include "cxr/harness/journal.h"
#include "cxr/harness/testing.h"

namespace cxr {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

// Stages that write down what they were given, instead of doing anything. Each
// runs in a process of its own, so what they tell goes through files.
class DriverTest : public ::testing::Test {
 protected:
  DriverTest() : store_(*Store::Open(dir_.File("store"))) {}

  absl::StatusOr<StageOutput> RunStage(const StageRequest& request) const {
    const std::string name(StageName(request.kind));
    const std::string target = request.spec.train().targets(0);
    AddLine(dir_.File("ran"), absl::StrCat(name, " ", target));
    CXR_RETURN_IF_ERROR(Misbehave(request));
    std::string text = name;
    if (request.kind == StageKind::kTrain) {
      CXR_ASSIGN_OR_RETURN(const std::string features,
                           request.read(StageKind::kFeatures, "out"));
      absl::StrAppend(&text, " of ", features);
    }
    return StageOutput{.artifacts = {{"out", text}},
                       .notes = {absl::StrCat("note of ", name)}};
  }

  // What the target of a train stage asks for.
  absl::Status Misbehave(const StageRequest& request) const {
    const std::string target = request.spec.train().targets(0);
    if (request.kind != StageKind::kTrain) {
      return absl::OkStatus();
    }
    const std::vector<std::string> ran = Ran();
    const auto tries = std::count(ran.begin(), ran.end(), "train " + target);
    if (target == "broken") {
      return absl::DataLossError("x.png: truncated");
    }
    if (target == "nan") {
      return absl::OutOfRangeError("the loss is nan");
    }
    if (target == "not found") {
      return absl::NotFoundError("y.png: no such file");
    }
    if (target == "crashes" || (target == "crashes once" && tries == 1)) {
      raise(SIGSEGV);
    }
    if (target == "exits") {
      _exit(5);
    }
    if (target == "preempted once" && tries == 1) {
      return absl::UnavailableError("the device is lost");
    }
    if (target == "endless") {
      return RunUntilStopped(request);
    }
    return absl::OkStatus();
  }

  absl::Status RunUntilStopped(const StageRequest& request) const {
    for (int i = 0; i < 3000; ++i) {
      CXR_RETURN_IF_ERROR(request.report_progress(0.5));
      absl::SleepFor(absl::Milliseconds(10));
    }
    return absl::OkStatus();
  }

  std::vector<std::string> Ran() const { return LinesOf(dir_.File("ran")); }
  void Forget() { ASSERT_OK(RemoveAll(dir_.File("ran"))); }

  absl::StatusOr<DriverResult> Run(const Plan& plan,
                                   RunForTestOptions options = {}) {
    std::FILE* log = std::fopen(dir_.File("log").c_str(), "a");
    options.log = log;
    options.device_folder = dir_.File("devices");
    absl::StatusOr<DriverResult> result = RunForTest(
        plan, store_,
        [this](const StageRequest& request) { return RunStage(request); },
        options);
    std::fclose(log);
    return result;
  }

  std::string Log() const { return *ReadFile(dir_.File("log")); }

  TempDir dir_;
  Store store_;
};

Plan PlanOf(const std::vector<std::string>& targets) {
  std::vector<ResolvedExperiment> experiments;
  for (const std::string& target : targets) {
    experiments.push_back(SmallExperiment("of " + target, target));
  }
  return PlanForTest(experiments);
}

TEST_F(DriverTest, RunsStagesInOrderAndHandsTheirOutputsOn) {
  ASSERT_OK_AND_ASSIGN(const DriverResult result, Run(PlanOf({"a"})));
  EXPECT_THAT(Ran(), ElementsAre("data a", "features a", "train a", "predict a",
                                 "score a"));
  EXPECT_EQ(result.run, 5);
  const std::vector<spec::RunRecord>& records = result.records.at("of a");
  ASSERT_EQ(records.size(), 5u);
  EXPECT_EQ(*store_.ReadArtifact(records[2], "out"), "train of features");
  EXPECT_EQ(records[0].notes(0), "note of data");
  EXPECT_EQ(records[2].provenance().experiment(), "of a");
  EXPECT_EQ(records[2].provenance().rung(), "smoke");
  EXPECT_EQ(records[2].provenance().protocol(), "as_published");
  EXPECT_EQ(records[2].provenance().code_digest(), "c0de");
}

TEST_F(DriverTest, RecordsHoldWhatDeclaresTheStageAndWhere) {
  ASSERT_OK_AND_ASSIGN(const DriverResult result, Run(PlanOf({"a"})));
  const spec::RunRecord& train = result.records.at("of a")[2];
  EXPECT_EQ(train.resolved_spec(),
            "train {\n  targets: \"a\"\n  linear_probe {\n    epochs: 2\n  }\n"
            "}\n");
  ASSERT_EQ(train.identity_size(), 2);
  EXPECT_EQ(train.identity(1).path(), "train.linear_probe.epochs");
  EXPECT_EQ(train.identity(1).origin(), "of a.textproto:7");
}

TEST_F(DriverTest, ReusesWhatIsThere) {
  ASSERT_OK(Run(PlanOf({"a"})));
  Forget();
  ASSERT_OK_AND_ASSIGN(const DriverResult result, Run(PlanOf({"a", "b"})));
  EXPECT_THAT(Ran(), ElementsAre("train b", "predict b", "score b"));
  EXPECT_EQ(result.reused, 5);
  EXPECT_EQ(result.run, 3);
  EXPECT_EQ(result.records.size(), 2u);
}

TEST_F(DriverTest, AFailedStageFailsOnlyWhatNeedsItAndIsNotTriedAgain) {
  ASSERT_OK_AND_ASSIGN(
      const DriverResult result,
      Run(PlanOf({"broken", "a", "nan", "not found"}), {.retries = 3}));
  EXPECT_EQ(result.failed.at("of broken"),
            absl::DataLossError("x.png: truncated"));
  EXPECT_EQ(result.failed.at("of nan"),
            absl::OutOfRangeError("the loss is nan"));
  EXPECT_EQ(result.failed.at("of not found"),
            absl::NotFoundError("y.png: no such file"));
  EXPECT_THAT(result.records, SizeIs(1));
  EXPECT_THAT(result.not_run, IsEmpty());
  const std::vector<std::string> ran = Ran();
  EXPECT_EQ(std::count(ran.begin(), ran.end(), "train broken"), 1);
  EXPECT_THAT(ran, Not(Contains("predict broken")));
}

TEST_F(DriverTest, AFailureIsWrittenDownInItsAttempt) {
  const Plan plan = PlanOf({"broken"});
  ASSERT_OK(Run(plan));
  const PlannedStage& train = plan.At(plan.stages_of.at("of broken")[2]);
  EXPECT_EQ(store_.FailureOf({.stage = "train", .id = train.id, .token = 1})
                ->message(),
            "x.png: truncated");
  EXPECT_FALSE(store_.Has("train", train.id));
}

TEST_F(DriverTest, ACrashIsTriedAgainAndStopsNobodyElse) {
  ASSERT_OK_AND_ASSIGN(
      const DriverResult result,
      Run(PlanOf({"crashes", "crashes once", "a"}), {.retries = 2}));
  EXPECT_THAT(result.failed.at("of crashes"),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("signal 11")));
  EXPECT_THAT(result.records, SizeIs(2));
  const std::vector<std::string> ran = Ran();
  EXPECT_EQ(std::count(ran.begin(), ran.end(), "train crashes"), 3);
  EXPECT_EQ(std::count(ran.begin(), ran.end(), "train crashes once"), 2);
  EXPECT_THAT(Log(), HasSubstr("train of crashes once: tried again: its "
                               "process was ended by signal 11"));
}

TEST_F(DriverTest, WhatIsLostForAMomentIsTriedAgain) {
  ASSERT_OK_AND_ASSIGN(const DriverResult result,
                       Run(PlanOf({"preempted once"})));
  EXPECT_THAT(result.records, SizeIs(1));
  EXPECT_THAT(result.records.begin()->second[2].attempt(), 2);
}

TEST_F(DriverTest, AProcessThatGivesNoReasonIsABug) {
  ASSERT_OK_AND_ASSIGN(const DriverResult result, Run(PlanOf({"exits"})));
  EXPECT_THAT(result.failed.at("of exits"),
              StatusIs(absl::StatusCode::kInternal,
                       "its process ended with exit code 5 and gave no "
                       "reason"));
}

TEST_F(DriverTest, ADamagedRecordIsMadeAgain) {
  ASSERT_OK_AND_ASSIGN(const DriverResult first, Run(PlanOf({"a"})));
  const spec::RunRecord& train = first.records.at("of a")[2];
  ASSERT_OK(
      RemoveAll(JoinPath(store_.AttemptFolder("train", train.id(), 1), "out")));
  Forget();
  ASSERT_OK_AND_ASSIGN(const DriverResult second, Run(PlanOf({"a"})));
  EXPECT_THAT(Ran(), ElementsAre("train a"));
  EXPECT_THAT(second.records, SizeIs(1));
  EXPECT_THAT(Log(), HasSubstr("made again, because it is damaged: "));
}

TEST_F(DriverTest, AnArtifactDamagedAtEqualSizeIsMadeAgainWhenItIsRead) {
  ASSERT_OK_AND_ASSIGN(const DriverResult first, Run(PlanOf({"a"})));
  const spec::RunRecord& features = first.records.at("of a")[1];
  ASSERT_OK(WriteFileAtomically(
      JoinPath(store_.AttemptFolder("features", features.id(), 1), "out"),
      "FEATURES"));
  Forget();
  ASSERT_OK_AND_ASSIGN(const DriverResult second, Run(PlanOf({"b"})));
  EXPECT_THAT(Ran(), ElementsAre("train b", "features b", "train b",
                                 "predict b", "score b"));
  EXPECT_EQ(*store_.ReadArtifact(second.records.at("of b")[2], "out"),
            "train of features");
  EXPECT_EQ(second.reused, 1);
  EXPECT_EQ(second.run, 4);
}

TEST_F(DriverTest, OtherCodeIsReusedUnlessItIsStrict) {
  ASSERT_OK(Run(PlanOf({"a"})));
  Forget();
  ASSERT_OK_AND_ASSIGN(const DriverResult reused,
                       Run(PlanOf({"a"}), {.code = "other"}));
  EXPECT_THAT(Ran(), IsEmpty());
  EXPECT_EQ(reused.reused, 5);
  ASSERT_OK_AND_ASSIGN(
      const DriverResult strict,
      Run(PlanOf({"a"}), {.code = "other", .strict_code = true}));
  EXPECT_THAT(Ran(), SizeIs(5));
  EXPECT_EQ(strict.records.at("of a")[0].attempt(), 2);
  EXPECT_EQ(strict.records.at("of a")[0].provenance().code_digest(), "other");
  Forget();
  ASSERT_OK(Run(PlanOf({"a"}), {.code = "other", .strict_code = true}));
  EXPECT_THAT(Ran(), IsEmpty());
}

TEST_F(DriverTest, AnEarlierRecordIsAcceptedWithItsReason) {
  ResolvedExperiment experiment = SmallExperiment("x", "a");
  ASSERT_OK(Run(PlanForTest({experiment})));
  experiment.spec.mutable_train()->mutable_linear_probe()->set_epochs(3);
  Forget();
  ASSERT_OK_AND_ASSIGN(const DriverResult result,
                       Run(PlanForTest({experiment}),
                           {.accept_equivalent = "the third changes nothing"}));
  EXPECT_THAT(Ran(), IsEmpty());
  EXPECT_EQ(result.accepted, 3);
  const spec::RunRecord& train = result.records.at("x")[2];
  EXPECT_EQ(*store_.ReadArtifact(train, "out"), "train of features");
  EXPECT_EQ(train.accepted().reason(), "the third changes nothing");
  EXPECT_THAT(train.accepted().changes(),
              ElementsAre("train.linear_probe.epochs: 2 (x.textproto:7) -> 3 "
                          "(x.textproto:7)"));
  EXPECT_THAT(train.notes(),
              Contains(HasSubstr("was accepted as equivalent: the third")));
  EXPECT_THAT(result.records.at("x")[4].notes(), SizeIs(1));
  ASSERT_OK_AND_ASSIGN(const DriverResult again,
                       Run(PlanForTest({experiment})));
  EXPECT_EQ(again.reused, 5);
}

TEST_F(DriverTest, SeveralRunAtOnce) {
  const Plan plan = PlanOf({"a", "b", "c", "d"});
  ASSERT_OK_AND_ASSIGN(const DriverResult result,
                       Run(plan, {.max_parallel = 4}));
  EXPECT_THAT(result.records, SizeIs(4));
  EXPECT_EQ(result.run, 14);
  EXPECT_THAT(Ran(), SizeIs(14));
}

TEST_F(DriverTest, EachStageHasADeviceForItself) {
  ASSERT_OK_AND_ASSIGN(
      const DriverResult result,
      Run(PlanOf({"a", "b", "c"}), {.max_parallel = 3, .devices = {"0"}}));
  EXPECT_THAT(result.records, SizeIs(3));
  EXPECT_THAT(Log(), HasSubstr("waiting for a device: other processes hold 0"));
  EXPECT_THAT(*ListFolder(dir_.File("devices")), ElementsAre("0.lock"));
}

// The parent asks the driver to stop as soon as the endless stage runs.
class StopTest : public DriverTest {
 protected:
  pid_t StopSoon(int signal, int times) {
    const pid_t driver = getpid();
    const pid_t child = fork();
    EXPECT_GE(child, 0);
    if (child == 0) {
      while (!absl::StrContains(absl::StrCat(Ran().empty() ? "" : Ran().back()),
                                "train")) {
        absl::SleepFor(absl::Milliseconds(5));
      }
      for (int i = 0; i < times; ++i) {
        kill(driver, signal);
        absl::SleepFor(absl::Milliseconds(300));
      }
      _exit(0);
    }
    return child;
  }
};

TEST_F(StopTest, CtrlCStopsCleanlyAndTheNextRunGoesOn) {
  StopSoon(SIGINT, 1);
  const absl::Time begin = absl::Now();
  ASSERT_OK_AND_ASSIGN(const DriverResult result,
                       Run(PlanOf({"endless", "a"})));
  EXPECT_LT(absl::Now() - begin, absl::Seconds(8));
  EXPECT_TRUE(result.stopped);
  EXPECT_THAT(result.not_run, UnorderedElementsAre("of a", "of endless"));
  EXPECT_THAT(result.failed, IsEmpty());
  const std::vector<int> runs = RunNumbers(store_);
  EXPECT_EQ(StateOf(*ReadRun(store_, runs.back())), spec::STOPPED);
  Forget();
  ASSERT_OK_AND_ASSIGN(const DriverResult next, Run(PlanOf({"a"})));
  EXPECT_THAT(Ran(), ElementsAre("train a", "predict a", "score a"));
  EXPECT_EQ(next.reused, 2);
}

TEST_F(StopTest, WhatDoesNotStopIsKilled) {
  StopSoon(SIGTERM, 1);
  ASSERT_OK_AND_ASSIGN(
      const DriverResult result,
      Run(PlanOf({"endless"}), {.stop_patience = absl::ZeroDuration()}));
  EXPECT_TRUE(result.stopped);
}

TEST_F(DriverTest, AStoreThatCannotBeWrittenEndsTheRun) {
  // A file where the folder of a kind of stage must be.
  ASSERT_OK(WriteNewFile(JoinPath(store_.path(), "stages/train"), ""));
  const absl::StatusOr<DriverResult> result = Run(PlanOf({"a"}));
  EXPECT_FALSE(result.ok());
  EXPECT_THAT(std::string(result.status().message()), HasSubstr("train"));
  EXPECT_EQ(StateOf(*ReadRun(store_, RunNumbers(store_).back())), spec::BROKEN);
}

TEST_F(DriverTest, CollectingOnlyLooks) {
  const Plan plan = PlanOf({"a", "b"});
  EXPECT_THAT(CollectRecords(plan, store_).not_run,
              ElementsAre("of a", "of b"));
  ASSERT_OK(Run(PlanOf({"a"})));
  Forget();
  const DriverResult result = CollectRecords(plan, store_);
  EXPECT_THAT(Ran(), IsEmpty());
  EXPECT_THAT(result.records, SizeIs(1));
  EXPECT_THAT(result.not_run, ElementsAre("of b"));
}

}  // namespace
}  // namespace cxr
