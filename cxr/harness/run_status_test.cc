// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/run_status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/harness/process_name.h"
#include "cxr/harness/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class RunStatusTest : public ::testing::Test {
 protected:
  RunStatusTest() {
    run_.number = 4;
    run_.plan.set_target("a_table");
    run_.plan.set_rung("demo");
    run_.plan.set_command("cxr run a_table --rung=demo");
    AddStage("data", spec::REUSE);
    AddStage("train", spec::RUN);
    AddStage("predict", spec::RUN);
    AddStage("score", spec::MISSING);
    AddEvent(spec::DRIVER_STARTED, -1);
    *run_.events[0].mutable_process() = ThisProcess();
  }

  void AddStage(const std::string& kind, spec::StageDecision decision) {
    spec::PlannedStageRecord& stage = *run_.plan.add_stages();
    stage.set_stage(kind);
    stage.set_id(absl::StrCat("id of ", kind));
    stage.add_experiments("x");
    stage.set_decision(decision);
  }

  void AddEvent(spec::RunEventKind kind, int stage) {
    spec::RunEvent event;
    event.set_kind(kind);
    // Backwards, as after a clock was set: the order of lines is what counts.
    event.set_unix_millis(1000000000000 - 1000 * std::ssize(run_.events));
    if (stage >= 0) {
      event.set_stage(stage);
    }
    if (kind == spec::STAGE_FAILED) {
      event.set_message("the disk is on fire");
    }
    run_.events.push_back(event);
  }

  std::string Text() const {
    return ToText(StatusOf(run_, store_), absl::FromUnixSeconds(1000000060),
                  absl::UTCTimeZone());
  }

  TempDir dir_;
  Store store_ = *Store::Open(dir_.File("store"));
  RunHistory run_;
};

TEST_F(RunStatusTest, StagesAreCountedByTheirLastWord) {
  AddEvent(spec::STAGE_STARTED, 1);
  AddEvent(spec::STAGE_DONE, 1);
  AddEvent(spec::STAGE_STARTED, 2);
  const Lease lease = *store_.Acquire("predict", "id of predict", {});
  ASSERT_OK(store_.Renew(lease, 0.25));
  const spec::RunStatus status = StatusOf(run_, store_);
  EXPECT_EQ(status.state(), spec::RUNNING);
  EXPECT_EQ(status.to_run(), 2);
  EXPECT_EQ(status.done(), 1);
  EXPECT_EQ(status.reused(), 1);
  ASSERT_EQ(status.running_size(), 1);
  EXPECT_EQ(status.running(0).progress(), 0.25);
  EXPECT_FALSE(status.running(0).dead());
  EXPECT_THAT(Text(), AllOf(HasSubstr("Run 4 of a_table"),
                            HasSubstr("running\n1 of 2 stages done"),
                            HasSubstr("predict x: 25 % after 63 s, process "),
                            Not(HasSubstr("Go on with"))));
}

TEST_F(RunStatusTest, AStageWhoseProcessIsGoneSaysSo) {
  AddEvent(spec::STAGE_STARTED, 1);
  EXPECT_THAT(Text(), HasSubstr("train x: its process is gone"));
}

TEST_F(RunStatusTest, FailuresAndHowToGoOnAreTold) {
  AddEvent(spec::STAGE_FAILED, 1);
  AddEvent(spec::RUN_STOPPED, -1);
  EXPECT_THAT(Text(),
              AllOf(HasSubstr(": stopped\n"),
                    HasSubstr("train x failed: the disk is on fire"),
                    HasSubstr("Go on with: cxr run a_table --rung=demo")));
}

TEST_F(RunStatusTest, WhatAnotherProcessMadeCountsAsDone) {
  AddEvent(spec::STAGE_ELSEWHERE, 1);
  EXPECT_EQ(StatusOf(run_, store_).running_size(), 1);
  const Lease lease = *store_.Acquire("train", "id of train", {});
  spec::RunRecord record;
  record.set_stage("train");
  record.set_id("id of train");
  ASSERT_OK(store_.Commit(lease, record, {}));
  EXPECT_EQ(StatusOf(run_, store_).done(), 1);
}

TEST_F(RunStatusTest, WhatADeadDriversProcessFinishedCountsAsDone) {
  AddEvent(spec::STAGE_STARTED, 1);
  const Lease lease = *store_.Acquire("train", "id of train", {});
  EXPECT_EQ(StatusOf(run_, store_).running_size(), 1);
  spec::RunRecord record;
  record.set_stage("train");
  record.set_id("id of train");
  ASSERT_OK(store_.Commit(lease, record, {}));
  EXPECT_EQ(StatusOf(run_, store_).done(), 1);
  EXPECT_EQ(StatusOf(run_, store_).running_size(), 0);
}

TEST_F(RunStatusTest, EventsOfNoStageOfThePlanAreNoStages) {
  AddEvent(spec::STAGE_DONE, 99);
  EXPECT_EQ(StatusOf(run_, store_).done(), 0);
}

TEST_F(RunStatusTest, RunsAreListedOneALine) {
  AddEvent(spec::RUN_FINISHED, -1);
  EXPECT_EQ(ToText({StatusOf(run_, store_)}, absl::UTCTimeZone()),
            "   4  2001-09-09 01:46:40  a_table (demo)  0 of 2 done  "
            "finished\n");
}

}  // namespace
}  // namespace cxr
