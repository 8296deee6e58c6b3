// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/status/status.h"
#include "cxr/base/testing.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

ResolvedExperiment Experiment(const char* name, const char* text) {
  ResolvedExperiment experiment{.name = name, .rung = "smoke"};
  EXPECT_THAT(ParseTextproto(text, experiment.spec).issues, IsEmpty());
  return experiment;
}

constexpr char kBase[] =
    "data { source: NIH64 } features { pixels {} } train { targets: 'a' }"
    "predict { subset: OUT_OF_FOLD } score { classification { profile: "
    "CXFORMER_FINETUNE } }";

Plan PlanOf(const std::vector<ResolvedExperiment>& experiments,
            int train_version = 1) {
  return BuildPlan(
      experiments,
      {.fingerprint =
           [](const spec::ExperimentSpec& spec) -> absl::StatusOr<std::string> {
         if (spec.data().source() != spec::NIH64) {
           return spec.data().source() == spec::CHEXPERT
                      ? absl::UnimplementedError("data: no reader")
                      : absl::NotFoundError("x.png: no such file");
         }
         return "f00d";
       },
       .version =
           [&](StageKind kind) {
             return kind == StageKind::kTrain ? train_version : 1;
           }});
}

std::vector<std::string> Ids(const Plan& plan) {
  std::vector<std::string> ids;
  for (const PlannedStage& stage : plan.stages) {
    ids.push_back(stage.id);
  }
  return ids;
}

// Which stages change their id when an experiment changes: one letter each.
std::string ChangedStages(const ResolvedExperiment& a,
                          const ResolvedExperiment& b) {
  const std::vector<std::string> before = Ids(PlanOf({a}));
  const std::vector<std::string> after = Ids(PlanOf({b}));
  std::string changed;
  for (size_t i = 0; i < before.size(); ++i) {
    changed += before[i] == after[i] ? "" : std::string(1, "dftps"[i]);
  }
  return changed;
}

TEST(PlanTest, StagesComeAfterTheirInputs) {
  const Plan plan = PlanOf({Experiment("x", kBase)});
  ASSERT_EQ(plan.stages.size(), 5u);
  for (size_t i = 0; i < plan.stages.size(); ++i) {
    for (const auto& [kind, place] : plan.stages[i].inputs) {
      EXPECT_LT(place, static_cast<int>(i));
      EXPECT_EQ(plan.stages[place].kind, kind);
    }
  }
  EXPECT_THAT(plan.stages_of.at("x"), ElementsAre(0, 1, 2, 3, 4));
}

TEST(PlanTest, EqualStagesAreShared) {
  ResolvedExperiment other = Experiment("y", kBase);
  other.spec.mutable_train()->set_targets(0, "b");
  other.spec.set_description("cosmetic");
  const Plan plan = PlanOf({Experiment("x", kBase), other});
  EXPECT_EQ(plan.stages.size(), 8u);
  EXPECT_THAT(plan.stages_of.at("y"), ElementsAre(0, 1, 5, 6, 7));
}

TEST(PlanTest, AChangeReachesItsStageAndEverythingDownstreamOnly) {
  const ResolvedExperiment base = Experiment("x", kBase);
  ResolvedExperiment changed = base;
  changed.spec.mutable_score()->mutable_bootstrap()->set_seed(3);
  EXPECT_EQ(ChangedStages(base, changed), "s");
  changed = base;
  changed.spec.mutable_train()->set_targets(0, "b");
  EXPECT_EQ(ChangedStages(base, changed), "tps");
  changed = base;
  changed.spec.mutable_features()->mutable_vit()->set_registers(spec::KEPT);
  EXPECT_EQ(ChangedStages(base, changed), "ftps");
  changed = base;
  changed.spec.mutable_data()->set_max_patients(2);
  EXPECT_EQ(ChangedStages(base, changed), "dftps");
  changed = base;
  changed.name = "z";
  changed.rung = "demo";
  changed.spec.set_description("new");
  EXPECT_EQ(ChangedStages(base, changed), "");
}

TEST(PlanTest, AStagesVersionReachesEverythingDownstream) {
  const std::vector<ResolvedExperiment> one = {Experiment("x", kBase)};
  const std::vector<std::string> before = Ids(PlanOf(one, 1));
  const std::vector<std::string> after = Ids(PlanOf(one, 2));
  EXPECT_EQ(before[1], after[1]);
  EXPECT_NE(before[2], after[2]);
  EXPECT_NE(before[4], after[4]);
}

TEST(PlanTest, FilesThatCannotBeReadFailTheirExperiment) {
  ResolvedExperiment broken = Experiment("broken", kBase);
  broken.spec.mutable_data()->set_source(spec::RSNA);
  const Plan plan = PlanOf({broken});
  EXPECT_EQ(plan.failed.at("broken"),
            absl::NotFoundError("x.png: no such file"));
  EXPECT_FALSE(plan.missing.contains("broken"));
}

TEST(PlanTest, WhatCannotRunIsMissingWithItsReason) {
  ResolvedExperiment gone = Experiment("gone", kBase);
  gone.spec.mutable_data()->set_source(spec::CHEXPERT);
  const Plan plan = PlanOf({gone, Experiment("x", kBase)});
  EXPECT_EQ(plan.missing.at("gone"), "data: no reader");
  EXPECT_FALSE(plan.stages_of.contains("gone"));
  EXPECT_EQ(plan.stages.size(), 5u);
}

}  // namespace
}  // namespace cxr
