// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/round_keeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cxr/base/testing.h"
#include "cxr/tasks/common/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Runs `body` with a keeper of four rounds.
absl::Status With(const FakeStage& stage,
                  absl::FunctionRef<absl::Status(RoundKeeper&)> body) {
  return stage
      .Run(StageKind::kTrain,
           [&](const StageRequest& request) -> absl::StatusOr<StageOutput> {
             absl::StatusOr<RoundKeeper> keeper =
                 RoundKeeper::Create(request, 4);
             absl::Status status = keeper.status();
             if (status.ok()) status = body(*keeper);
             if (!status.ok()) return status;
             return StageOutput();
           })
      .status();
}

RoundResult Result(const std::string& name) {
  return {.files = {{name, "bytes of " + name}},
          .log = {{.epoch = 3, .training_loss = 0.5}},
          .choice = "epoch 4, \"best\"",
          .notes = {"a note"}};
}

TEST(RoundKeeperTest, FinishedRoundsAndTheStateComeBack) {
  std::vector<FakeStage::Saved> saved;
  FakeStage stage = {.saved = &saved};
  ASSERT_OK(With(stage, [](RoundKeeper& keeper) {
    EXPECT_THAT(keeper.finished(), IsEmpty());
    EXPECT_EQ(keeper.state(), "");
    keeper.Finish(Result("head_0.npy"));
    RoundResult second = Result("head_1.npy");
    second.log[0].round = 1;
    keeper.Finish(second);
    return keeper.Keep(0.5, "state");
  }));
  ASSERT_THAT(saved, SizeIs(1));
  EXPECT_DOUBLE_EQ(saved[0].first, 2.5 / 4);

  stage.checkpoint = saved[0].second;
  stage.checkpoint_progress = saved[0].first;
  ASSERT_OK(With(stage, [](RoundKeeper& keeper) {
    EXPECT_EQ(keeper.state(), "state");
    EXPECT_THAT(keeper.finished(), SizeIs(2));
    const RoundResult& second = keeper.finished()[1];
    EXPECT_EQ(second.files[0].name, "head_1.npy");
    EXPECT_EQ(second.files[0].bytes, "bytes of head_1.npy");
    EXPECT_EQ(second.choice, "epoch 4, \"best\"");
    EXPECT_THAT(second.notes, ElementsAre("a note"));
    EXPECT_THAT(second.log, SizeIs(1));
    keeper.Finish(Result("head_2.npy"));
    EXPECT_EQ(keeper.state(), "");
    return absl::OkStatus();
  }));
}

TEST(RoundKeeperTest, ADamagedCheckpointIsDataLoss) {
  std::vector<FakeStage::Saved> saved;
  FakeStage stage = {.saved = &saved};
  ASSERT_OK(With(
      stage, [](RoundKeeper& keeper) { return keeper.Keep(0.5, "state"); }));
  stage.checkpoint = saved[0].second;
  stage.checkpoint_progress = saved[0].first;
  stage.checkpoint["epochs.csv"] =
      "round,epoch,member,training_loss,validation\n0,0,0,1,\n";
  EXPECT_THAT(
      With(stage, [](RoundKeeper&) { return absl::OkStatus(); }),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("found round 0 of 0")));
}

}  // namespace
}  // namespace cxr
