// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/harness/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

class WorkerTest : public ::testing::Test {
 protected:
  // Executes the data stage in this process.
  WorkerEnd Run(StageFunction run, int processes = 1) {
    spec::Provenance provenance;
    provenance.set_device("cpu");
    return RunWorker({.store = store_,
                      .plan = plan_,
                      .stage = 0,
                      .provenance = provenance,
                      .run = run,
                      .processes = processes,
                      .logs = false});
  }

  const std::string& Id() const { return plan_.At(0).id; }

  TempDir dir_;
  Store store_ = *Store::Open(dir_.File("store"));
  Plan plan_ = PlanForTest({SmallExperiment("x", "a")});
};

TEST_F(WorkerTest, ARecordSaysHowItWasMade) {
  EXPECT_OK(
      Run([](const StageRequest& request) {
        EXPECT_FALSE(request.checkpoint_progress.has_value());
        return StageOutput{.artifacts = {{"out", "x"}}, .notes = {"a note"}};
      }).status);
  ASSERT_OK_AND_ASSIGN(const spec::RunRecord record, store_.Find("data", Id()));
  EXPECT_EQ(record.stage(), "data");
  EXPECT_EQ(record.inputs(0).stage(), "files");
  EXPECT_EQ(record.inputs(0).id(), "f00d");
  EXPECT_EQ(record.provenance().device(), "cpu");
  EXPECT_EQ(record.provenance().experiment(), "x");
  EXPECT_GT(record.provenance().created_unix_seconds(), 0);
  EXPECT_GE(record.provenance().wall_seconds(), 0);
  EXPECT_FALSE(record.provenance().has_resumed_at());
}

TEST_F(WorkerTest, TheNextAttemptGoesOnFromTheCheckpoint) {
  const WorkerEnd first = Run([](const StageRequest& request) {
    EXPECT_OK(request.save_checkpoint(0.25, {{"state", "s"}}, 2));
    return absl::StatusOr<StageOutput>(absl::UnavailableError("preempted"));
  });
  EXPECT_EQ(first.status, absl::UnavailableError("preempted"));
  EXPECT_OK(Run([](const StageRequest& request) {
              EXPECT_EQ(*request.checkpoint_progress, 0.25);
              EXPECT_EQ(*request.read_checkpoint("state"), "s");
              return StageOutput();
            }).status);
  EXPECT_EQ(store_.Find("data", Id())->attempt(), 2);
  EXPECT_EQ(store_.Find("data", Id())->provenance().resumed_at(), 0.25);
}

TEST_F(WorkerTest, ArtifactsWrittenOnTheWayOutliveAStop) {
  const WorkerEnd first = Run([](const StageRequest& request) {
    EXPECT_OK(request.write_artifact({"early", "1"}));
    EXPECT_OK(request.save_checkpoint(0.5, {{"state", "s"}}, 2));
    EXPECT_OK(request.write_artifact({"late", "of the first"}));
    return absl::StatusOr<StageOutput>(absl::UnavailableError("preempted"));
  });
  EXPECT_EQ(first.status, absl::UnavailableError("preempted"));
  EXPECT_OK(Run([](const StageRequest& request) {
              EXPECT_THAT(request.write_artifact({"early", "again"}),
                          StatusIs(absl::StatusCode::kAlreadyExists,
                                   HasSubstr("early")));
              EXPECT_OK(request.write_artifact({"late", "2"}));
              return StageOutput{.artifacts = {{"end", "3"}}};
            }).status);
  ASSERT_OK_AND_ASSIGN(const spec::RunRecord record, store_.Find("data", Id()));
  std::vector<std::string> found;
  for (const spec::Artifact& artifact : record.artifacts()) {
    ASSERT_OK_AND_ASSIGN(const std::string bytes,
                         store_.ReadArtifact(record, artifact.name()));
    found.push_back(absl::StrCat(artifact.name(), " ", bytes));
  }
  EXPECT_THAT(found, ElementsAre("early 1", "late 2", "end 3"));
}

TEST_F(WorkerTest, AStageThatSomebodyHasIsLeftAlone) {
  ASSERT_OK(store_.Acquire("data", Id(), {}));
  const auto never = [](const StageRequest&) -> absl::StatusOr<StageOutput> {
    ADD_FAILURE() << "it ran";
    return StageOutput();
  };
  EXPECT_THAT(Run(never).status, StatusIs(absl::StatusCode::kAlreadyExists,
                                          HasSubstr("works on it")));
}

TEST_F(WorkerTest, AStageThatIsCompleteIsNotRunAgain) {
  EXPECT_OK(Run([](const StageRequest&) { return StageOutput(); }).status);
  bool ran = false;
  EXPECT_OK(Run([&](const StageRequest&) {
              ran = true;
              return StageOutput();
            }).status);
  EXPECT_FALSE(ran);
}

TEST_F(WorkerTest, AnErrorIsReturnedAndLeavesTheStageFree) {
  EXPECT_EQ(Run([](const StageRequest&) {
              return absl::StatusOr<StageOutput>(absl::DataLossError("bad"));
            }).status,
            absl::DataLossError("bad"));
  EXPECT_FALSE(store_.Has("data", Id()));
  EXPECT_THAT(store_.FindLease("data", Id()),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("")));
}

// Each rank says in a file of the test's folder what it was given.
TEST_F(WorkerTest, SeveralProcessesExecuteOneStage) {
  const std::string told = dir_.File("told");
  const auto tell = [&](const StageRequest& request) {
    AddLine(told,
            absl::StrCat(request.rank, " of ", request.processes, " ",
                         *request.checkpoint_progress, " ",
                         *request.read_checkpoint("state"), " ",
                         request.save_checkpoint(0.75, {}, 2).ToString()));
    if (request.rank == 0) {
      // The others are ended with it, so they have to be first.
      while (LinesOf(told).size() < 3) absl::SleepFor(absl::Milliseconds(1));
      EXPECT_OK(WriteNewFile(request.meeting_file, ""));
    }
    return StageOutput{.artifacts = {{"out", absl::StrCat(request.rank)}}};
  };
  EXPECT_EQ(Run([](const StageRequest& request) {
              EXPECT_OK(request.save_checkpoint(0.5, {{"state", "s"}}, 2));
              return absl::StatusOr<StageOutput>(absl::CancelledError("stop"));
            }).status,
            absl::CancelledError("stop"));
  EXPECT_OK(Run(tell, /*processes=*/3).status);
  EXPECT_THAT(LinesOf(told),
              UnorderedElementsAre("0 of 3 0.5 s OK", "1 of 3 0.5 s OK",
                                   "2 of 3 0.5 s OK"));
  ASSERT_OK_AND_ASSIGN(const spec::RunRecord record, store_.Find("data", Id()));
  EXPECT_EQ(*store_.ReadArtifact(record, "out"), "0");
  // Where they met is gone.
  EXPECT_THAT(*ListFolder(absl::StrCat(dir_.File("store/stages/data/"), Id(),
                                       "/", record.attempt())),
              UnorderedElementsAre("out", "record.textproto"));
}

TEST_F(WorkerTest, WhoMissesARankTellsWhatBecameOfIt) {
  const std::string begun = dir_.File("begun");
  const auto run =
      [&](const StageRequest& request) -> absl::StatusOr<StageOutput> {
    if (request.rank == 1) {
      AddLine(begun, absl::StrCat(getpid()));
      return absl::OutOfRangeError("nan");
    }
    while (LinesOf(begun).empty()) absl::SleepFor(absl::Milliseconds(1));
    siginfo_t info;
    // Until it has ended, without taking what its end says.
    waitid(P_PID, static_cast<id_t>(std::stoi(LinesOf(begun)[0])), &info,
           WEXITED | WNOWAIT);
    return absl::UnavailableError("rank 1 does not answer");
  };
  EXPECT_EQ(Run(run, /*processes=*/2).status,
            absl::OutOfRangeError("rank 1: nan"));
}

TEST_F(WorkerTest, ARankOfALauncherChangesNothingInTheStore) {
  const auto run = [](const StageRequest& request) {
    EXPECT_EQ(request.rank, 2);
    EXPECT_EQ(request.processes, 3);
    EXPECT_EQ(request.meeting_file, "");
    return StageOutput{.artifacts = {{"out", "x"}}};
  };
  EXPECT_OK(RunWorkerRank({.store = store_,
                           .plan = plan_,
                           .stage = 0,
                           .run = run,
                           .processes = 3,
                           .launched = true},
                          /*rank=*/2));
  EXPECT_FALSE(store_.Has("data", Id()));
  EXPECT_THAT(store_.FindLease("data", Id()),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("")));
}

TEST_F(WorkerTest, AStoreThatCannotBeWrittenIsToldApart) {
  ASSERT_OK(CreateDirectories(dir_.File("store/stages")));
  ASSERT_OK(WriteNewFile(dir_.File("store/stages/data"), ""));
  EXPECT_TRUE(
      Run([](const StageRequest&) { return StageOutput(); }).store_failed);
}

}  // namespace
}  // namespace cxr
