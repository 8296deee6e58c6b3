// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Faults at every step by which a stage reaches the disk: the process is
// killed there, tears its write, or finds the disk full. Whatever happens, a
// reader finds all of a stage or none of it, and the next run completes it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/file_faults.h"
#include "cxr/base/testing.h"
#include "cxr/harness/checkpoints.h"
#include "cxr/harness/driver.h"
#include "cxr/harness/store.h"
#include "cxr/harness/testing.h"

namespace cxr {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

enum class Fault { kKill, kTear, kFull };

// The fault strikes at this step, counted from 0. A process' own.
Fault fault_kind = Fault::kKill;
int fault_at = 0;
int steps_seen = 0;

int StrikeAtStep(FileStep step, absl::string_view) {
  if (steps_seen++ != fault_at) {
    return 0;
  }
  switch (fault_kind) {
    case Fault::kKill:
      raise(SIGKILL);
      return 0;
    case Fault::kTear:
      return step == FileStep::kWrite ? kTornWrite : 0;
    case Fault::kFull:
      return ENOSPC;
  }
  return 0;
}

// A full disk stays full.
int FullFromStep(FileStep step, absl::string_view) {
  return steps_seen++ >= fault_at && step != FileStep::kDelete ? ENOSPC : 0;
}

class FaultTest : public ::testing::Test {
 protected:
  // One stage, with a checkpoint on its way.
  absl::StatusOr<StageOutput> RunStage(const StageRequest& request) {
    if (!request.checkpoint_progress.has_value()) {
      absl::Status saved = request.write_artifact({"early", "first"});
      if (!saved.ok()) {
        return saved;
      }
      saved = request.save_checkpoint(0.5, {{"state", "half way"}}, 2);
      if (!saved.ok()) {
        return saved;
      }
    } else if (*request.read_checkpoint("state") != "half way") {
      return absl::InternalError("the checkpoint is another one");
    }
    return StageOutput{
        .artifacts = {{"out", std::string(3000, 'x')}, {"more", "1234"}}};
  }

  absl::StatusOr<DriverResult> Run(const Store& store) {
    return RunForTest(
        PlanForTest({SmallExperiment("x", "a")}), store,
        [this](const StageRequest& request) { return RunStage(request); },
        {.retries = 0});
  }

  // Runs the plan in a process where the fault strikes at `step`; returns how
  // the process ended (waitpid).
  int RunWithFault(const Store& store, FileFaultHook hook, int step) {
    const pid_t child = fork();
    EXPECT_GE(child, 0);
    if (child == 0) {
      fault_at = step;
      steps_seen = 0;
      SetFileFaultHook(hook);
      const absl::StatusOr<DriverResult> result = Run(store);
      SetFileFaultHook(nullptr);
      // 0: all is well; 1: it said what was wrong; 3: steps were too few.
      if (result.ok() && result->failed.empty()) {
        _exit(steps_seen <= step ? 3 : 0);
      }
      _exit(1);
    }
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    return status;
  }

  // Every stage that says it is complete is whole.
  static void ExpectWhole(const Plan& plan, const Store& store, int step) {
    for (const PlannedStage& stage : plan.stages) {
      if (!store.Has(StageName(stage.kind), stage.id)) {
        continue;
      }
      const absl::StatusOr<spec::RunRecord> record =
          store.Find(StageName(stage.kind), stage.id);
      ASSERT_THAT(record, IsOk()) << "step " << step;
      ASSERT_THAT(record->artifacts(), SizeIs(3));
      EXPECT_EQ(*store.ReadArtifact(*record, "early"), "first");
      EXPECT_EQ(*store.ReadArtifact(*record, "out"), std::string(3000, 'x'));
      EXPECT_EQ(*store.ReadArtifact(*record, "more"), "1234");
    }
  }

  // Strikes at step after step until none is left; returns their number.
  int StrikeEverywhere(Fault kind, FileFaultHook hook) {
    fault_kind = kind;
    const Plan plan = PlanForTest({SmallExperiment("x", "a")});
    int step = 0;
    for (;; ++step) {
      const TempDir dir;
      const Store store = *Store::Open(dir.File("store"));
      const int ended = RunWithFault(store, hook, step);
      if (WIFEXITED(ended) && WEXITSTATUS(ended) == 3) {
        return step;
      }
      // Its stages' processes die with it or end by themselves.
      ExpectWhole(plan, store, step);
      const absl::StatusOr<DriverResult> result = Run(store);
      EXPECT_THAT(result, IsOk()) << "step " << step;
      EXPECT_THAT(result->failed, IsEmpty()) << "step " << step;
      EXPECT_THAT(result->records, SizeIs(1)) << "step " << step;
      ExpectWhole(plan, store, step);
      if (HasFailure() || step > 1000) {
        return step;
      }
    }
  }
};

// The steps of the driver: the steps of stages are counted in their own
// processes, which inherit the count.
TEST_F(FaultTest, KilledAtAnyStep) {
  EXPECT_GT(StrikeEverywhere(Fault::kKill, StrikeAtStep), 20);
}

TEST_F(FaultTest, TornAtAnyWrite) {
  EXPECT_GT(StrikeEverywhere(Fault::kTear, StrikeAtStep), 20);
}

TEST_F(FaultTest, TheDiskIsFullForAMoment) {
  EXPECT_GT(StrikeEverywhere(Fault::kFull, StrikeAtStep), 20);
}

TEST_F(FaultTest, TheDiskIsFullFromAStepOn) {
  EXPECT_GT(StrikeEverywhere(Fault::kFull, FullFromStep), 20);
}

TEST_F(FaultTest, AStoreThatMayOnlyBeReadEndsTheRunWithItsName) {
  const TempDir dir;
  ASSERT_OK(Store::Open(dir.File("store")));
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    SetFileFaultHook([](FileStep, absl::string_view) { return EROFS; });
    const absl::StatusOr<DriverResult> result =
        Run(Store::OpenToRead(dir.File("store")));
    _exit(absl::IsPermissionDenied(result.status()) &&
                  absl::StrCat(result.status().message())
                          .find(dir.File("store")) == 0
              ? 0
              : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace cxr
