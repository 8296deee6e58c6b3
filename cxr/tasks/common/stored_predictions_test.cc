// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/common/stored_predictions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/status/status.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class StoredPredictionsTest : public ::testing::Test {
 protected:
  spec::RunRecord Commit(const std::string& stage, const std::string& text) {
    spec::RunRecord record;
    record.set_stage(stage);
    record.set_id("abc");
    const absl::StatusOr<Lease> lease = store_.Acquire(stage, "abc", {});
    EXPECT_OK(lease);
    EXPECT_OK(store_.Commit(*lease, record, {{"predictions.csv", text}}));
    return *store_.Find(stage, "abc");
  }

  const TempDir dir_;
  const Store store_ = *Store::Open(dir_.File("store"));
};

TEST_F(StoredPredictionsTest, AreThoseOfThePredictStage) {
  const std::vector<spec::RunRecord> records = {
      Commit("train", "another's"),
      Commit("predict", "id,patient,Mass label,Mass logit\na,p,1,0.5\n")};
  EXPECT_EQ(FindRecord(records, StageKind::kTrain), &records[0]);
  ASSERT_OK_AND_ASSIGN(const Predictions predictions,
                       StoredPredictions(store_, records));
  EXPECT_THAT(predictions.ids, ElementsAre("a"));
  EXPECT_THAT(predictions.logits, ElementsAre(0.5f));
}

TEST_F(StoredPredictionsTest, ARunWithoutThatStageHasNone) {
  const std::vector<spec::RunRecord> records = {Commit("pretrain", "")};
  EXPECT_EQ(FindRecord(records, StageKind::kPredict), nullptr);
  EXPECT_THAT(StoredPredictions(store_, records),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("has no predictions")));
}

TEST_F(StoredPredictionsTest, ABrokenTableSaysWhere) {
  EXPECT_THAT(
      StoredPredictions(store_, {Commit("predict", "id,patient\na,p\n")}),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("predictions.csv:1: ")));
}

}  // namespace
}  // namespace cxr
