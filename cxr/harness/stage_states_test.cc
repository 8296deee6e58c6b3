// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/stage_states.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>

#include "cxr/base/testing.h"
#include "cxr/harness/process_name.h"
#include "cxr/harness/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The states of five stages, one after the other, of which none is there.
class StageStatesTest : public ::testing::Test {
 protected:
  StageStatesTest() { EXPECT_OK(states_.LookUpAll()); }
  ~StageStatesTest() override { std::fclose(log_); }

  // A record of the stage appears in the store.
  void Complete(int place) {
    const PlannedStage& stage = plan_.At(place);
    const Lease lease = *store_.Acquire(StageName(stage.kind), stage.id,
                                        states_.AcquireOptionsOf(place));
    spec::RunRecord record;
    record.set_stage(std::string(StageName(stage.kind)));
    record.set_id(stage.id);
    ASSERT_OK(store_.Commit(lease, record, {}));
  }

  void Run(int place) {
    states_.Started(place);
    Complete(place);
    ASSERT_OK(states_.Finished(place));
  }

  static std::string Code(StageKind) { return "c0de"; }
  static std::map<std::string, std::string> NoOrigins(
      const ResolvedExperiment&) {
    return {};
  }
  static absl::StatusOr<StageOutput> Nothing(const StageRequest&) {
    return StageOutput();
  }

  TempDir dir_;
  std::FILE* log_ = std::fopen("/dev/null", "w");
  Store store_ = *Store::Open(dir_.File("store"));
  Progress progress_ = Progress(log_, Progress::Style::kPlain);
  spec::PlanRecord frozen_;
  Journal journal_ = *Journal::Create(store_, frozen_);
  Plan plan_ = PlanForTest({SmallExperiment("x", "a")});
  DriverOptions options_ = {.store = store_,
                            .run = Nothing,
                            .progress = progress_,
                            .frozen = frozen_,
                            .journal = journal_,
                            .code_digest = Code,
                            .origins = NoOrigins,
                            .retries = 1,
                            .retry_delay = absl::Seconds(4)};
  StageStates states_ = StageStates(plan_, options_);
  const absl::Duration now_ = absl::Hours(1);
};

TEST_F(StageStatesTest, AStageIsReadyWhenWhatItReadsIsThere) {
  EXPECT_EQ(states_.ToDo(), 5);
  EXPECT_EQ(states_.NextReady(now_), 0);
  states_.Started(0);
  EXPECT_EQ(states_.NextReady(now_), std::nullopt);
  EXPECT_THAT(states_.AllRunning(), ElementsAre(0));
  Complete(0);
  ASSERT_OK(states_.Finished(0));
  EXPECT_EQ(states_.NextReady(now_), 1);
  for (int place = 1; place < 5; ++place) {
    Run(place);
  }
  EXPECT_FALSE(states_.AnyOpen());
  EXPECT_EQ(states_.Collect().run, 5);
  EXPECT_EQ(states_.PartOfAll(), 1);
}

TEST_F(StageStatesTest, WhatIsTriedAgainWaitsLongerEachTime) {
  const absl::Status lost = absl::UnavailableError("lost");
  states_.Started(0);
  EXPECT_TRUE(states_.Interrupted(0, lost, now_));
  EXPECT_EQ(states_.NextReady(now_ + absl::Seconds(3)), std::nullopt);
  EXPECT_EQ(states_.NextReady(now_ + absl::Seconds(4)), 0);
  states_.Started(0);
  EXPECT_FALSE(states_.Interrupted(0, lost, now_)) << "it was tried twice";
}

TEST_F(StageStatesTest, AFailureReachesAllThatReadsIt) {
  Run(0);
  states_.Failed(1, absl::DataLossError("bad"));
  EXPECT_FALSE(states_.AnyOpen());
  EXPECT_EQ(states_.Collect().failed.at("x"), absl::DataLossError("bad"));
}

TEST_F(StageStatesTest, ADamagedInputAndItsReaderAreBothDoneAgain) {
  Run(0);
  Run(1);
  states_.Started(2);
  EXPECT_TRUE(states_.InputDamaged(2, StageKind::kFeatures));
  EXPECT_EQ(states_.NextReady(now_), 1);
  EXPECT_EQ(states_.AcquireOptionsOf(1).replaces, 1);
  Run(1);
  // Who read the damaged one and says so late reads the new one.
  EXPECT_TRUE(states_.InputDamaged(2, StageKind::kFeatures));
  EXPECT_EQ(states_.NextReady(now_), 2);
  // A disk that damages what it is given is not believed for ever.
  states_.Started(2);
  EXPECT_FALSE(states_.InputDamaged(2, StageKind::kFeatures));
}

TEST_F(StageStatesTest, WhatComesBackAfterItsInputFailedHasFailedToo) {
  Run(0);
  Run(1);
  states_.Elsewhere(2);
  states_.Failed(1, absl::DataLossError("bad"));
  states_.PutBack(2);
  EXPECT_FALSE(states_.AnyOpen());
}

TEST_F(StageStatesTest, TheRecordThatIsToBeReplacedIsNotAwaited) {
  Run(0);
  Run(1);
  states_.Started(2);
  EXPECT_TRUE(states_.InputDamaged(2, StageKind::kFeatures));
  spec::RunRecord record;
  record.set_attempt(1);
  EXPECT_FALSE(states_.IsAwaited(1, record));
  record.set_attempt(2);
  EXPECT_TRUE(states_.IsAwaited(1, record));
}

TEST_F(StageStatesTest, WhatAnotherProcessMadeIsReused) {
  states_.Elsewhere(0);
  EXPECT_THAT(states_.AllElsewhere(), ElementsAre(0));
  EXPECT_TRUE(states_.AnyOpen());
  Complete(0);
  ASSERT_OK(states_.Finished(0));
  EXPECT_EQ(states_.Collect().reused, 1);
  EXPECT_EQ(states_.Collect().run, 0);
  EXPECT_THAT(states_.Collect().not_run, ElementsAre("x"));
}

TEST_F(StageStatesTest, ALeaseIsTakenOverAsItWasSeen) {
  EXPECT_EQ(states_.AcquireOptionsOf(0).gone, nullptr);
  spec::LeaseRecord gone;
  gone.set_token(3);
  gone.set_beat(7);
  states_.TakeOver(0, gone);
  EXPECT_EQ(states_.AcquireOptionsOf(0).gone->beat(), 7);
  EXPECT_TRUE(states_.IsTakenOver(0, gone));
  gone.set_beat(8);
  EXPECT_FALSE(states_.IsTakenOver(0, gone));
}

TEST_F(StageStatesTest, LabelsNameStageAndExperiment) {
  EXPECT_EQ(states_.Label(2), "train x");
  EXPECT_EQ(states_.Label(std::nullopt), "");
  EXPECT_EQ(states_.FirstRunning(), std::nullopt);
  EXPECT_THAT(states_.AllRunning(), IsEmpty());
}

}  // namespace
}  // namespace cxr
