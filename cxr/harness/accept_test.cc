// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/accept.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"
#include "cxr/harness/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class AcceptTest : public ::testing::Test {
 protected:
  AcceptTest() {
    experiment_.spec.mutable_train()->mutable_linear_probe()->set_epochs(9);
    after_ = PlanForTest({experiment_});
    EXPECT_OK(RunForTest(before_, store_, [](const StageRequest&) {
      return StageOutput{.artifacts = {{"out", "bytes"}},
                         .notes = {"five folds"}};
    }));
  }

  // The record of `place`, the same in both plans.
  spec::RunRecord Before(int place) const {
    const PlannedStage& stage = before_.At(place);
    return *store_.Find(StageName(stage.kind), stage.id);
  }

  absl::StatusOr<std::optional<spec::RunRecord>> Accept(int place) {
    const spec::RunRecord earlier = Before(place);
    return AcceptRecord({.store = store_,
                         .plan = after_,
                         .stage = place,
                         .earlier = earlier,
                         .identity = after_.PartsOf(after_.At(place)),
                         .reason = "the loss is flat"});
  }

  TempDir dir_;
  Store store_ = *Store::Open(dir_.File("store"));
  ResolvedExperiment experiment_ = SmallExperiment("x", "a");
  Plan before_ = PlanForTest({experiment_});
  Plan after_;
};

TEST_F(AcceptTest, TheNewRecordIsTheOldOneUnderItsOwnIdentity) {
  ASSERT_OK_AND_ASSIGN(const auto record, Accept(2));
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->id(), after_.At(2).id);
  EXPECT_EQ(record->identity(1).value(), "9");
  EXPECT_EQ(*store_.ReadArtifact(*record, "out"), "bytes");
  EXPECT_EQ(record->accepted().id(), before_.At(2).id);
  EXPECT_EQ(record->accepted().reason(), "the loss is flat");
  EXPECT_THAT(record->accepted().changes(),
              ElementsAre(HasSubstr("epochs: 2")));
  EXPECT_THAT(record->notes(),
              ElementsAre("five folds", HasSubstr("was accepted as equivalent: "
                                                  "the loss is flat")));
  EXPECT_TRUE(store_.Has("train", after_.At(2).id));
}

TEST_F(AcceptTest, WhatOnlyReadsAnotherStageNeedsNoNote) {
  ASSERT_OK_AND_ASSIGN(const auto record, Accept(3));
  EXPECT_THAT(record->accepted().changes(), IsEmpty());
  EXPECT_THAT(record->notes(), ElementsAre("five folds"));
}

TEST_F(AcceptTest, AStageThatSomebodyWorksOnIsLeftToHim) {
  ASSERT_OK(store_.Acquire("train", after_.At(2).id, {}));
  EXPECT_EQ(*Accept(2), std::nullopt);
}

}  // namespace
}  // namespace cxr
