// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/decide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/harness/checkpoints.h"
#include "cxr/harness/testing.h"

namespace cxr {
namespace {

spec::CheckpointRecord At(double progress) {
  spec::CheckpointRecord manifest;
  manifest.set_progress(progress);
  return manifest;
}

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

// "RUN: reason" of each stage, "; drift" behind it if there is any.
std::vector<std::string> Decisions(
    const Plan& plan, const Store& store,
    CodeDigestFunction code = [](StageKind) { return "c0de"; },
    bool strict = false) {
  const StoreIndex index = IndexOf(store);
  std::vector<std::string> texts;
  for (const Decision& decision : Decide(plan, {.store = store,
                                               .index = index,
                                               .code_digest = code,
                                               .strict_code = strict})) {
    texts.push_back(absl::StrCat(
        spec::StageDecision_Name(decision.decision), ": ", decision.reason,
        decision.drift.empty() ? "" : "; ", decision.drift));
  }
  return texts;
}

// An experiment with another number of epochs.
ResolvedExperiment WithEpochs(const std::string& name, int epochs) {
  ResolvedExperiment experiment = SmallExperiment(name, "x");
  experiment.spec.mutable_train()->mutable_linear_probe()->set_epochs(epochs);
  return experiment;
}

TEST(DecideTest, AnEmptyStoreHasNothing) {
  const TempDir dir;
  EXPECT_THAT(
      Decisions(PlanForTest({SmallExperiment("a", "x")}), OpenStore(dir)),
      ElementsAreArray(std::vector<std::string>(5, "RUN: not in the store")));
  // Nor has one that is not there.
  EXPECT_THAT(
      Decisions(PlanForTest({SmallExperiment("a", "x")}),
                Store::OpenToRead(dir.File("none"))),
      ElementsAreArray(std::vector<std::string>(5, "RUN: not in the store")));
}

TEST(DecideTest, WhatWasRunIsReused) {
  const TempDir dir;
  const Store store = OpenStore(dir);
  const Plan plan = PlanForTest({SmallExperiment("a", "x")});
  ASSERT_OK(RunForTest(plan, store, Nothing));
  EXPECT_THAT(Decisions(plan, store), ElementsAreArray(std::vector<std::string>(
                                          5, "REUSE: in the store")));
}

TEST(DecideTest, AChangeIsRunFromWhereItTakesEffect) {
  const TempDir dir;
  const Store store = OpenStore(dir);
  ASSERT_OK(RunForTest(PlanForTest({WithEpochs("a", 2)}), store, Nothing));
  EXPECT_THAT(Decisions(PlanForTest({WithEpochs("a", 3)}), store),
              ElementsAre("REUSE: in the store", "REUSE: in the store",
                          "RUN: changed since its last record",
                          "RUN: changed since its last record",
                          "RUN: changed since its last record"));
  // Another experiment has no last record.
  EXPECT_THAT(Decisions(PlanForTest({WithEpochs("b", 3)}), store),
              ElementsAre("REUSE: in the store", "REUSE: in the store",
                          "RUN: not in the store", "RUN: not in the store",
                          "RUN: not in the store"));
}

TEST(DecideTest, WhatCannotRunIsMissingWithTheReason) {
  const TempDir dir;
  const Plan plan =
      PlanForTest({SmallExperiment("a", "x")},
                  [](StageKind kind, const spec::ExperimentSpec& stage)
                      -> absl::StatusOr<std::vector<spec::StageInput>> {
                    if (kind == StageKind::kPredict) {
                      return absl::UnimplementedError("predict: no GPU");
                    }
                    return OneFile(kind, stage);
                  });
  EXPECT_THAT(Decisions(plan, OpenStore(dir)),
              ElementsAre("RUN: not in the store", "RUN: not in the store",
                          "RUN: not in the store", "MISSING: predict: no GPU",
                          "MISSING: predict: no GPU"));
}

TEST(DecideTest, ACheckpointIsResumed) {
  const TempDir dir;
  const Store store = OpenStore(dir);
  const Plan plan = PlanForTest({SmallExperiment("a", "x")});
  ASSERT_OK_AND_ASSIGN(const Lease lease,
                       store.Acquire("train", plan.stages[2].id, {}));
  ASSERT_OK(SaveCheckpoint(store, lease,
                           {.manifest = At(0.2), .files = {{"w", "1"}}}));
  ASSERT_OK(SaveCheckpoint(store, lease,
                           {.manifest = At(0.4), .files = {{"w", "2"}}}));
  EXPECT_THAT(Decisions(plan, store),
              ElementsAre("RUN: not in the store", "RUN: not in the store",
                          "RESUME: has a checkpoint at 40 %",
                          "RUN: not in the store", "RUN: not in the store"));
  // Of a stage that is complete it means nothing any more.
  spec::RunRecord record;
  record.set_stage("train");
  record.set_id(lease.id);
  ASSERT_OK(store.Commit(lease, record, {}));
  EXPECT_EQ(Decisions(plan, store)[2], "REUSE: in the store");
}

TEST(DecideTest, ARecordOfOtherCodeIsReusedWithAMark) {
  const TempDir dir;
  const Store store = OpenStore(dir);
  const Plan plan = PlanForTest({SmallExperiment("a", "x")});
  ASSERT_OK(RunForTest(plan, store, Nothing, {.code = "1a2b3c4d5e6f"}));
  const auto other_train = [](StageKind kind) {
    return kind == StageKind::kTrain ? "5e6f7a8b9c0d" : "1a2b3c4d5e6f";
  };
  EXPECT_THAT(Decisions(plan, store, other_train),
              ElementsAre("REUSE: in the store", "REUSE: in the store",
                          "REUSE: in the store; 1a2b3c4d, now 5e6f7a8b",
                          "REUSE: in the store", "REUSE: in the store"));
}

TEST(DecideTest, StrictlyOtherCodeIsRunAgainAndAllThatReadsIt) {
  const TempDir dir;
  const Store store = OpenStore(dir);
  const Plan plan = PlanForTest({SmallExperiment("a", "x")});
  ASSERT_OK(RunForTest(plan, store, Nothing, {.code = "1a2b3c4d5e6f"}));
  const auto other_train = [](StageKind kind) {
    return kind == StageKind::kTrain ? "5e6f7a8b9c0d" : "1a2b3c4d5e6f";
  };
  EXPECT_THAT(Decisions(plan, store, other_train, /*strict=*/true),
              ElementsAre("REUSE: in the store", "REUSE: in the store",
                          "RUN: other code: 1a2b3c4d, now 5e6f7a8b",
                          "RUN: what it reads is made again",
                          "RUN: what it reads is made again"));
  // With the same code strictness costs nothing.
  const auto same = [](StageKind) { return "1a2b3c4d5e6f"; };
  EXPECT_THAT(
      Decisions(plan, store, same, /*strict=*/true),
      ElementsAreArray(std::vector<std::string>(5, "REUSE: in the store")));
}

TEST(DecideTest, CodeThatIsNotKnownIsNotOtherCode) {
  const TempDir dir;
  const Store store = OpenStore(dir);
  const Plan plan = PlanForTest({SmallExperiment("a", "x")});
  ASSERT_OK(RunForTest(plan, store, Nothing));
  const auto unknown = [](StageKind) { return ""; };
  const auto other = [](StageKind) { return "07he5"; };
  const std::vector<std::string> reused(5, "REUSE: in the store");
  EXPECT_THAT(Decisions(plan, store, unknown, /*strict=*/true),
              ElementsAreArray(reused));
  // Records count though the index is lost; then nobody knows their code.
  ASSERT_OK(RemoveAll(JoinPath(store.path(), "index")));
  EXPECT_THAT(Decisions(plan, store, other), ElementsAreArray(reused));
}

TEST(NewestOfTest, IsOfOneOfTheStagesExperimentsUnderTheSameRules) {
  const TempDir dir;
  const Store store = OpenStore(dir);
  ASSERT_OK(RunForTest(PlanForTest({WithEpochs("a", 2)}), store, Nothing));
  const StoreIndex index = IndexOf(store);
  // b has no record, but shares the stage with a, which has.
  const Plan shared = PlanForTest({WithEpochs("b", 3), WithEpochs("a", 3)});
  const PlannedStage& train = shared.At(shared.stages_of.at("b")[2]);
  const IndexEntry* entry = NewestOf(shared, train, index);
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->experiment, "a");
  EXPECT_EQ(entry->id, PlanForTest({WithEpochs("a", 2)}).stages[2].id);
  ResolvedExperiment other_rung = WithEpochs("a", 3);
  other_rung.rung = "paper";
  const Plan paper = PlanForTest({other_rung});
  EXPECT_EQ(NewestOf(paper, paper.stages[2], index), nullptr);
  ResolvedExperiment other_protocol = WithEpochs("a", 3);
  other_protocol.protocol = "corrected";
  const Plan corrected = PlanForTest({other_protocol});
  EXPECT_EQ(NewestOf(corrected, corrected.stages[2], index), nullptr);
}

}  // namespace
}  // namespace cxr
