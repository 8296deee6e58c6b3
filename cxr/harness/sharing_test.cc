// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Several drivers on one store: each stage is executed by one of them, whoever
// dies or hangs on the way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/testing.h"
#include "cxr/harness/driver.h"
#include "cxr/harness/store.h"
#include "cxr/harness/testing.h"

namespace cxr {
namespace {

using ::testing::SizeIs;

class SharingTest : public ::testing::Test {
 protected:
  SharingTest() : store_(*Store::Open(dir_.File("store"))) {}

  // Writes down which process executes which stage. The train stage of the
  // target "slow" lasts until the file `go` is there.
  absl::StatusOr<StageOutput> RunStage(const StageRequest& request) const {
    const std::string target = request.spec.train().targets(0);
    AddLine(dir_.File("ran"),
            absl::StrCat(StageName(request.kind), " ", target));
    if (request.kind == StageKind::kTrain && target == "slow") {
      AddLine(dir_.File("pids"), absl::StrCat(getpid()));
      while (!Exists(dir_.File("go"))) {
        CXR_RETURN_IF_ERROR(request.report_progress(0.5));
        absl::SleepFor(absl::Milliseconds(5));
      }
    }
    return StageOutput{.artifacts = {{"out", target}}};
  }

  absl::StatusOr<DriverResult> Run(const Plan& plan,
                                   RunForTestOptions options = {}) const {
    return RunForTest(
        plan, store_,
        [this](const StageRequest& request) { return RunStage(request); },
        options);
  }

  // A driver in a process of its own, which ends with 0 if all went well.
  pid_t StartDriver(const Plan& plan, RunForTestOptions options = {}) const {
    const pid_t child = fork();
    EXPECT_GE(child, 0);
    if (child == 0) {
      const absl::StatusOr<DriverResult> result = Run(plan, options);
      _exit(result.ok() && result->failed.empty() && result->not_run.empty()
                ? 0
                : 1);
    }
    return child;
  }

  static int WaitFor(pid_t child) {
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    return status;
  }

  // The process of the slow stage, once it runs.
  pid_t SlowProcess(size_t which = 0) const {
    while (LinesOf(dir_.File("pids")).size() <= which) {
      absl::SleepFor(absl::Milliseconds(5));
    }
    int pid = 0;
    EXPECT_TRUE(absl::SimpleAtoi(LinesOf(dir_.File("pids"))[which], &pid));
    return pid;
  }

  void LetGo() const { AddLine(dir_.File("go"), "go"); }

  int TimesRan(const std::string& stage) const {
    const std::vector<std::string> ran = LinesOf(dir_.File("ran"));
    return static_cast<int>(std::count(ran.begin(), ran.end(), stage));
  }

  static Plan SlowPlan() { return PlanForTest({SmallExperiment("x", "slow")}); }

  TempDir dir_;
  Store store_;
};

// 2 shared stages, and 3 of each of 33 experiments.
Plan HundredAndOneStages() {
  std::vector<ResolvedExperiment> experiments;
  for (int i = 0; i < 33; ++i) {
    experiments.push_back(
        SmallExperiment(absl::StrCat("x", i), absl::StrCat("t", i)));
  }
  return PlanForTest(experiments);
}

TEST_F(SharingTest, EachOfManyStagesIsExecutedOnce) {
  const Plan plan = HundredAndOneStages();
  ASSERT_THAT(plan.stages, SizeIs(101));
  const pid_t a = StartDriver(plan, {.max_parallel = 2});
  const pid_t b = StartDriver(plan, {.max_parallel = 2});
  const pid_t c = StartDriver(plan);
  EXPECT_EQ(WaitFor(a), 0);
  EXPECT_EQ(WaitFor(b), 0);
  EXPECT_EQ(WaitFor(c), 0);
  const std::vector<std::string> ran = LinesOf(dir_.File("ran"));
  EXPECT_THAT(ran, SizeIs(101));
  // Data and features may have run for any target; the others ran for theirs.
  EXPECT_THAT(std::set<std::string>(ran.begin(), ran.end()), SizeIs(101));
  for (const PlannedStage& stage : plan.stages) {
    EXPECT_THAT(store_.Attempts(StageName(stage.kind), stage.id), SizeIs(1));
  }
  EXPECT_THAT(CollectRecords(plan, store_).records, SizeIs(33));
}

TEST_F(SharingTest, AStageGoesOnWhenItsDriverIsKilledAndIsWaitedFor) {
  const pid_t driver = StartDriver(SlowPlan());
  const pid_t worker = SlowProcess();
  ASSERT_EQ(kill(driver, SIGKILL), 0);
  WaitFor(driver);
  EXPECT_EQ(kill(worker, 0), 0) << "it ended with its driver";
  const pid_t next = StartDriver(SlowPlan());
  absl::SleepFor(absl::Milliseconds(300));
  LetGo();
  EXPECT_EQ(WaitFor(next), 0);
  EXPECT_EQ(TimesRan("train slow"), 1);
  EXPECT_EQ(TimesRan("score slow"), 1);
}

TEST_F(SharingTest, AKilledProcessIsReplacedAtOnceByAnotherDriver) {
  const pid_t driver = StartDriver(SlowPlan(), {.retries = 0});
  const pid_t worker = SlowProcess();
  const pid_t other = StartDriver(SlowPlan());
  absl::SleepFor(absl::Milliseconds(300));
  ASSERT_EQ(kill(driver, SIGKILL), 0);
  ASSERT_EQ(kill(worker, SIGKILL), 0);
  WaitFor(driver);
  const absl::Time begin = absl::Now();
  SlowProcess(/*which=*/1);
  EXPECT_LT(absl::Now() - begin, absl::Seconds(5));
  LetGo();
  EXPECT_EQ(WaitFor(other), 0);
  EXPECT_EQ(TimesRan("train slow"), 2);
}

// The hanging process is alive, so only its silence tells. When it wakes, what
// it made counts for nothing.
TEST_F(SharingTest, AHangingProcessIsReplacedAndFenced) {
  const Plan plan = SlowPlan();
  const pid_t driver = StartDriver(plan, {.retries = 0});
  const pid_t worker = SlowProcess();
  ASSERT_EQ(kill(worker, SIGSTOP), 0);
  const pid_t other =
      StartDriver(plan, {.lease_patience = absl::Milliseconds(400)});
  EXPECT_NE(SlowProcess(/*which=*/1), worker);
  LetGo();
  EXPECT_EQ(WaitFor(other), 0);
  ASSERT_EQ(kill(worker, SIGCONT), 0);
  WaitFor(driver);
  const PlannedStage& train = plan.At(plan.stages_of.at("x")[2]);
  EXPECT_EQ(*store_.CompletedAttempt("train", train.id), 2);
  EXPECT_THAT(store_.Attempts("train", train.id), SizeIs(2));
}

TEST_F(SharingTest, ADamagedRecordIsMadeAgainOnce) {
  const Plan plan = PlanForTest({SmallExperiment("x", "a")});
  ASSERT_OK(Run(plan));
  const PlannedStage& train = plan.At(plan.stages_of.at("x")[2]);
  ASSERT_OK(
      RemoveAll(JoinPath(store_.AttemptFolder("train", train.id, 1), "out")));
  const pid_t a = StartDriver(plan);
  const pid_t b = StartDriver(plan);
  EXPECT_EQ(WaitFor(a), 0);
  EXPECT_EQ(WaitFor(b), 0);
  EXPECT_EQ(TimesRan("train a"), 2);
}

}  // namespace
}  // namespace cxr
