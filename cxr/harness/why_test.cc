// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/why.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/harness/testing.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Why the stages of the plan would be executed, with the store as it is; what
// a test runs has the epochs from line 7 of the experiment's file.
spec::WhyRecord WhyOf(const Plan& plan, const Store& store) {
  const StoreIndex index = IndexOf(store);
  const auto origins = [](const ResolvedExperiment&) {
    return std::map<std::string, std::string>{
        {"train.linear_probe.epochs", "new.textproto:3"}};
  };
  const auto code = [](StageKind) { return "c0de"; };
  return Explain(
      plan, Decide(plan, {.store = store, .index = index, .code_digest = code}),
      {.target = "table",
       .rung = "smoke",
       .protocol = "as_published",
       .store = store,
       .index = index,
       .origins = origins});
}

// "train.epochs: 2 -> 3" of each change.
std::vector<std::string> Changes(const spec::StageExplanation& stage) {
  std::vector<std::string> texts;
  for (const spec::FieldChange& change : stage.changes()) {
    texts.push_back(ToString(change));
  }
  return texts;
}

// The small experiment "a" with what `text` lays over it.
ResolvedExperiment Edited(absl::string_view text) {
  ResolvedExperiment experiment = SmallExperiment("a", "x");
  experiment.spec.MergeFrom(ParseSpec<spec::ExperimentSpec>(text));
  return experiment;
}

TEST(WhyTest, AChangedFieldIsNamedWithBothValuesAndPositions) {
  const TempDir dir;
  const Store store = OpenStore(dir);
  const Plan before = PlanForTest({SmallExperiment("a", "x")});
  ASSERT_OK(RunForTest(before, store, Nothing));
  const Plan after =
      PlanForTest({Edited("train { linear_probe { epochs: 3 } }")});
  const spec::WhyRecord why = WhyOf(after, store);
  EXPECT_EQ(why.target(), "table");
  EXPECT_EQ(why.rung(), "smoke");
  EXPECT_EQ(why.protocol(), "as_published");
  EXPECT_EQ(why.reused(), 2);
  ASSERT_EQ(why.stages_size(), 3);
  const spec::StageExplanation& train = why.stages(0);
  EXPECT_EQ(train.stage(), "train");
  EXPECT_EQ(train.id(), after.stages[2].id);
  EXPECT_THAT(train.experiments(), ElementsAre("a"));
  EXPECT_EQ(train.decision(), spec::RUN);
  EXPECT_EQ(train.reason(), "changed since its last record");
  EXPECT_EQ(train.compared_id(), before.stages[2].id);
  EXPECT_GT(train.compared_unix_seconds(), 0);
  EXPECT_THAT(train.because_of(), IsEmpty());
  ASSERT_EQ(train.changes_size(), 1);
  EXPECT_EQ(train.changes(0).path(), "train.linear_probe.epochs");
  EXPECT_EQ(train.changes(0).old_value(), "2");
  EXPECT_EQ(train.changes(0).new_value(), "3");
  EXPECT_EQ(train.changes(0).old_origin(), "a.textproto:7");
  EXPECT_EQ(train.changes(0).new_origin(), "new.textproto:3");
}

TEST(WhyTest, WhatOnlyReadsAChangedStageSaysWhichOne) {
  const TempDir dir;
  const Store store = OpenStore(dir);
  ASSERT_OK(
      RunForTest(PlanForTest({SmallExperiment("a", "x")}), store, Nothing));
  const spec::WhyRecord why =
      WhyOf(PlanForTest(
                {Edited("data { max_patients: 3 } predict { subset: TEST }")}),
            store);
  ASSERT_EQ(why.stages_size(), 5);
  EXPECT_EQ(why.reused(), 0);
  EXPECT_THAT(Changes(why.stages(0)),
              ElementsAre("data.max_patients: not set -> 3"));
  EXPECT_THAT(why.stages(0).because_of(), IsEmpty());
  EXPECT_THAT(Changes(why.stages(1)), IsEmpty());
  EXPECT_THAT(why.stages(1).because_of(), ElementsAre("data"));
  EXPECT_THAT(why.stages(2).because_of(), ElementsAre("data", "features"));
  // Both its own field and what it reads.
  EXPECT_THAT(Changes(why.stages(3)),
              ElementsAre("predict.subset: OUT_OF_FOLD -> TEST"));
  EXPECT_THAT(why.stages(3).because_of(),
              ElementsAre("data", "features", "train"));
  EXPECT_THAT(why.stages(4).because_of(), ElementsAre("predict"));
}

TEST(WhyTest, AddedAndRemovedFieldsAreNotSetOnOneSide) {
  const TempDir dir;
  const Store store = OpenStore(dir);
  ASSERT_OK(RunForTest(
      PlanForTest({Edited("train { targets: 'y' linear_probe { seed: 1 } }")}),
      store, Nothing));
  const spec::WhyRecord why =
      WhyOf(PlanForTest({Edited("train { linear_probe { batch_images: 8 } }")}),
            store);
  ASSERT_EQ(why.stages_size(), 3);
  EXPECT_THAT(Changes(why.stages(0)),
              ElementsAre("train.linear_probe.batch_images: not set -> 8",
                          "train.linear_probe.seed: 1 -> not set",
                          "train.targets[1]: \"y\" -> not set"));
  EXPECT_FALSE(why.stages(0).changes(0).has_old_value());
  EXPECT_FALSE(why.stages(0).changes(1).has_new_value());
}

TEST(WhyTest, ARaisedVersionOfTheCodeIsNamed) {
  const TempDir dir;
  const Store store = OpenStore(dir);
  const std::vector<ResolvedExperiment> one = {SmallExperiment("a", "x")};
  ASSERT_OK(RunForTest(PlanForTest(one), store, Nothing));
  const spec::WhyRecord why = WhyOf(
      PlanForTest(
          one, OneFile,
          [](StageKind kind) { return kind == StageKind::kPredict ? 2 : 1; }),
      store);
  ASSERT_EQ(why.stages_size(), 2);
  EXPECT_THAT(Changes(why.stages(0)), ElementsAre("version: 1 -> 2"));
  EXPECT_THAT(why.stages(1).because_of(), ElementsAre("predict"));
}

TEST(WhyTest, OtherFilesAreNamed) {
  const TempDir dir;
  const Store store = OpenStore(dir);
  const std::vector<ResolvedExperiment> one = {SmallExperiment("a", "x")};
  ASSERT_OK(RunForTest(PlanForTest(one), store, Nothing));
  const auto other_files = [](StageKind kind,
                              const spec::ExperimentSpec& stage) {
    absl::StatusOr<std::vector<spec::StageInput>> inputs = OneFile(kind, stage);
    for (spec::StageInput& input : *inputs) {
      input.set_id("beef");
    }
    return inputs;
  };
  const spec::WhyRecord why = WhyOf(PlanForTest(one, other_files), store);
  ASSERT_EQ(why.stages_size(), 5);
  EXPECT_THAT(Changes(why.stages(0)), ElementsAre("files: f00d -> beef"));
  EXPECT_THAT(why.stages(0).because_of(), IsEmpty());
}

TEST(WhyTest, AFirstRunIsComparedWithNothing) {
  const TempDir dir;
  const spec::WhyRecord why =
      WhyOf(PlanForTest({SmallExperiment("a", "x")}), OpenStore(dir));
  ASSERT_EQ(why.stages_size(), 5);
  for (const spec::StageExplanation& stage : why.stages()) {
    EXPECT_EQ(stage.reason(), "not in the store");
    EXPECT_FALSE(stage.has_compared_id());
    EXPECT_THAT(stage.changes(), IsEmpty());
    EXPECT_THAT(stage.because_of(), IsEmpty());
  }
}

TEST(WhyTest, WhatIsReusedIsOnlyCounted) {
  const TempDir dir;
  const Store store = OpenStore(dir);
  const Plan plan = PlanForTest({SmallExperiment("a", "x")});
  ASSERT_OK(RunForTest(plan, store, Nothing));
  EXPECT_EQ(WhyOf(plan, store).reused(), 5);
  EXPECT_THAT(WhyOf(plan, store).stages(), IsEmpty());
  // Unless other code made it.
  const TempDir other_dir;
  const Store other = OpenStore(other_dir);
  ASSERT_OK(RunForTest(plan, other, Nothing, {.code = "01d"}));
  const spec::WhyRecord why = WhyOf(plan, other);
  ASSERT_EQ(why.stages_size(), 5);
  EXPECT_EQ(why.reused(), 0);
  EXPECT_EQ(why.stages(0).decision(), spec::REUSE);
  EXPECT_EQ(why.stages(0).drift(), "01d, now c0de");
  EXPECT_FALSE(why.stages(0).has_compared_id());
}

TEST(WhyTest, TheNewestRecordIsTheOneThatIsComparedWith) {
  const TempDir dir;
  const Store store = OpenStore(dir);
  for (const char* text : {"train { linear_probe { epochs: 2 } }",
                           "train { linear_probe { epochs: 5 } }"}) {
    ASSERT_OK(RunForTest(PlanForTest({Edited(text)}), store, Nothing));
  }
  const spec::WhyRecord why = WhyOf(
      PlanForTest({Edited("train { linear_probe { epochs: 9 } }")}), store);
  EXPECT_THAT(Changes(why.stages(0)),
              ElementsAre("train.linear_probe.epochs: 5 (a.textproto:7) -> 9 "
                          "(new.textproto:3)"));
}

// Both the record that was accepted and the one it stands for say what differs.
TEST(WhyTest, WhatWasAcceptedAsEquivalentIsNoReasonAnyMore) {
  const TempDir dir;
  const Store store = OpenStore(dir);
  ASSERT_OK(
      RunForTest(PlanForTest({SmallExperiment("a", "x")}), store, Nothing));
  const Plan plan =
      PlanForTest({Edited("train { linear_probe { epochs: 3 } }")});
  ASSERT_OK_AND_ASSIGN(
      const DriverResult result,
      RunForTest(plan, store, Nothing, {.accept_equivalent = "it converged"}));
  EXPECT_EQ(result.accepted, 3);
  EXPECT_EQ(WhyOf(plan, store).reused(), 5);
  ASSERT_OK_AND_ASSIGN(const spec::RunRecord train,
                       store.Find("train", plan.stages[2].id));
  EXPECT_EQ(train.accepted().reason(), "it converged");
  EXPECT_THAT(train.accepted().changes(),
              ElementsAre("train.linear_probe.epochs: 2 (a.textproto:7) -> 3 "
                          "(a.textproto:7)"));
  // From here on it is the record that others are compared with.
  const spec::WhyRecord why = WhyOf(
      PlanForTest({Edited("train { linear_probe { epochs: 4 } }")}), store);
  EXPECT_EQ(why.stages(0).compared_id(), train.id());
  EXPECT_EQ(why.stages(0).changes(0).old_value(), "3");
}

TEST(WhyTest, WhatCannotRunSaysWhy) {
  const TempDir dir;
  const Plan plan =
      PlanForTest({SmallExperiment("a", "x"), SmallExperiment("b", "y")},
                  [](StageKind, const spec::ExperimentSpec&)
                      -> absl::StatusOr<std::vector<spec::StageInput>> {
                    return absl::UnimplementedError("data: no images");
                  });
  const spec::WhyRecord why = WhyOf(plan, OpenStore(dir));
  ASSERT_EQ(why.stages_size(), 8);
  EXPECT_EQ(why.stages(0).decision(), spec::MISSING);
  EXPECT_EQ(why.stages(0).reason(), "data: no images");
  EXPECT_THAT(why.stages(0).experiments(), ElementsAre("a", "b"));
}

TEST(EarlierRecordTest, IsNoneWhereItCannotBeRead) {
  const TempDir dir;
  const Store store = OpenStore(dir);
  const Plan before = PlanForTest({SmallExperiment("a", "x")});
  ASSERT_OK(RunForTest(before, store, Nothing));
  const Plan after =
      PlanForTest({Edited("train { linear_probe { epochs: 3 } }")});
  const StoreIndex index = IndexOf(store);
  EXPECT_TRUE(EarlierRecord(after, 2, store, index).has_value());
  // The plan's own record is no earlier one.
  EXPECT_FALSE(EarlierRecord(before, 2, store, index).has_value());
  ASSERT_OK(RemoveAll(store.StageFolder("train", before.stages[2].id)));
  EXPECT_FALSE(EarlierRecord(after, 2, store, index).has_value());
}

TEST(WithOriginsTest, GivesEachPathItsOrigin) {
  std::vector<spec::IdentityPart> parts(2);
  parts[0].set_path("a");
  parts[1].set_path("b");
  parts = WithOrigins(parts, {{"b", "f:1"}, {"c", "f:2"}});
  EXPECT_FALSE(parts[0].has_origin());
  EXPECT_EQ(parts[1].origin(), "f:1");
}

TEST(ToStringTest, ShowsBothSides) {
  EXPECT_EQ(ToString(ParseSpec<spec::FieldChange>(
                "path: 'p' old_value: '1' old_origin: 'a:1' new_value: '2' "
                "new_origin: 'b:2'")),
            "p: 1 (a:1) -> 2 (b:2)");
  EXPECT_EQ(ToString(ParseSpec<spec::FieldChange>("path: 'p' new_value: ''")),
            "p: not set -> ");
}

}  // namespace
}  // namespace cxr
