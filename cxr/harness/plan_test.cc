// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/harness/testing.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// An experiment of the texts, each laid over the ones before it.
ResolvedExperiment Experiment(const std::string& name,
                              const std::vector<absl::string_view>& texts) {
  return {.name = name,
          .rung = "smoke",
          .protocol = "as_published",
          .spec = Layered(texts)};
}

// Pretraining alone.
ResolvedExperiment Pretraining(const std::string& name) {
  return Experiment(name, {PretrainingText()});
}

// Lays over the weights of a backbone, or of a pretraining, that they are those
// of the pretraining `of`.
std::string StartFrom(absl::string_view weights, absl::string_view of) {
  return absl::StrCat(weights, " { pretrained { experiment: '", of, "' } }");
}
ResolvedExperiment Probe(const std::string& name, absl::string_view of) {
  return Experiment(name, {kPixelProbe, kVitOverlay,
                           absl::StrCat("features { vit { ",
                                        StartFrom("weights", of), " } }")});
}
ResolvedExperiment Continued(const std::string& name, absl::string_view of) {
  return Experiment(
      name,
      {PretrainingText(),
       absl::StrCat("pretrain { ", StartFrom("initial_weights", of), " }")});
}

// Ids of an experiment's own stages, by kind.
std::map<StageKind, std::string> IdsOf(const Plan& plan,
                                       const std::string& name) {
  std::map<StageKind, std::string> ids;
  for (const int place : plan.stages_of.at(name)) {
    ids[plan.At(place).kind] = plan.At(place).id;
  }
  return ids;
}

// The kinds of stages whose ids differ, in running order.
std::vector<std::string> ChangedStages(const Plan& before, const Plan& after,
                                       const std::string& name) {
  const std::map<StageKind, std::string> old_ids = IdsOf(before, name);
  std::vector<std::string> changed;
  for (const auto& [kind, id] : IdsOf(after, name)) {
    if (!old_ids.contains(kind) || old_ids.at(kind) != id) {
      changed.emplace_back(StageName(kind));
    }
  }
  return changed;
}

int CountOf(const Plan& plan, StageKind kind) {
  int count = 0;
  for (const PlannedStage& stage : plan.stages) {
    count += stage.kind == kind ? 1 : 0;
  }
  return count;
}

const PlannedStage& StageOf(const Plan& plan, const std::string& name,
                            StageKind kind) {
  for (const int place : plan.stages_of.at(name)) {
    if (plan.At(place).kind == kind) {
      return plan.At(place);
    }
  }
  ADD_FAILURE() << name << " has no stage " << StageName(kind);
  return plan.stages.front();
}

TEST(PlanTest, EveryStageComesAfterWhatItReads) {
  const Plan plan = PlanForTest(
      {Probe("b", "a"), Pretraining("a"), SmallExperiment("c", "x"),
       Experiment("d", {kPixelProbe, kVitOverlay, kOwnPretraining})});
  for (size_t i = 0; i < plan.stages.size(); ++i) {
    for (const auto& [kind, place] : plan.stages[i].reads) {
      EXPECT_LT(place, static_cast<int>(i));
      EXPECT_EQ(plan.At(place).kind, kind);
    }
  }
  for (const auto& [name, places] : plan.stages_of) {
    EXPECT_TRUE(std::is_sorted(places.begin(), places.end(), [&](int a, int b) {
      return plan.At(a).kind < plan.At(b).kind;
    })) << name;
    EXPECT_EQ(AvailabilityOf(plan, name), absl::OkStatus());
  }
}

TEST(PlanTest, InputsAreTheIdsOfWhatIsReadAndTheFiles) {
  const Plan plan = PlanForTest({SmallExperiment("a", "x")});
  const auto inputs_of = [&](StageKind kind) {
    std::vector<std::string> texts;
    for (const spec::StageInput& input : StageOf(plan, "a", kind).inputs) {
      texts.push_back(absl::StrCat(input.stage(), " ", input.id()));
    }
    return texts;
  };
  const std::map<StageKind, std::string> ids = IdsOf(plan, "a");
  const std::string data = absl::StrCat("data ", ids.at(StageKind::kData));
  EXPECT_THAT(inputs_of(StageKind::kData), ElementsAre("files f00d"));
  EXPECT_THAT(inputs_of(StageKind::kFeatures), ElementsAre(data));
  EXPECT_THAT(inputs_of(StageKind::kTrain),
              ElementsAre(data, absl::StrCat("features ",
                                             ids.at(StageKind::kFeatures))));
  EXPECT_THAT(
      inputs_of(StageKind::kScore),
      ElementsAre(absl::StrCat("predict ", ids.at(StageKind::kPredict))));
}

TEST(PlanTest, EqualStagesAreOne) {
  ResolvedExperiment second = SmallExperiment("b", "y");
  second.spec.set_description("cosmetic");
  const Plan plan = PlanForTest({SmallExperiment("a", "x"), second});
  EXPECT_THAT(plan.stages, SizeIs(8));
  EXPECT_THAT(plan.stages_of.at("a"), ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(plan.stages_of.at("b"), ElementsAre(0, 1, 5, 6, 7));
  EXPECT_THAT(plan.stages[0].experiments, ElementsAre(0, 1));
  EXPECT_THAT(plan.stages[4].experiments, ElementsAre(0));
  EXPECT_EQ(plan.ExperimentOf(plan.stages[7]).name, "b");
}

TEST(PlanTest, ManyExperimentsShareWhatTheyHaveInCommon) {
  constexpr int kExperiments = 200;
  std::vector<ResolvedExperiment> experiments;
  for (int i = 0; i < kExperiments; ++i) {
    experiments.push_back(
        SmallExperiment(absl::StrCat("e", i), absl::StrCat("target ", i)));
  }
  int asked = 0;
  const Plan plan = PlanForTest(
      experiments, [&](StageKind kind, const spec::ExperimentSpec& stage) {
        ++asked;
        return OneFile(kind, stage);
      });
  EXPECT_THAT(plan.stages, SizeIs(2 + 3 * kExperiments));
  EXPECT_THAT(plan.stages[0].experiments, SizeIs(kExperiments));
  EXPECT_THAT(plan.stages[1].experiments, SizeIs(kExperiments));
  // Files are looked at once for each sub-spec: those of predict and score are
  // equal too.
  EXPECT_EQ(asked, 2 + kExperiments + 2);
}

TEST(PlanTest, AChangeReachesItsStageAndEverythingDownstreamOnly) {
  const ResolvedExperiment base = SmallExperiment("a", "x");
  const auto changed_by = [&](const char* text) {
    ResolvedExperiment changed = base;
    changed.spec.MergeFrom(ParseSpec<spec::ExperimentSpec>(text));
    return ChangedStages(PlanForTest({base}), PlanForTest({changed}), "a");
  };
  EXPECT_THAT(changed_by("score { bootstrap { seed: 3 } }"),
              ElementsAre("score"));
  EXPECT_THAT(changed_by("predict { subset: TEST }"),
              ElementsAre("predict", "score"));
  EXPECT_THAT(changed_by("train { linear_probe { epochs: 3 } }"),
              ElementsAre("train", "predict", "score"));
  EXPECT_THAT(changed_by("features { preprocess { input_size_pixels: 8 } }"),
              ElementsAre("features", "train", "predict", "score"));
  EXPECT_THAT(changed_by("data { max_patients: 2 }"),
              ElementsAre("data", "features", "train", "predict", "score"));
  EXPECT_THAT(changed_by("description: 'new' protocol: CORRECTED"), IsEmpty());
}

TEST(PlanTest, NamesAndRulesAreNoPartOfAnId) {
  ResolvedExperiment renamed = SmallExperiment("b", "x");
  renamed.rung = "paper";
  renamed.protocol = "corrected";
  const Plan plan = PlanForTest({SmallExperiment("a", "x"), renamed});
  EXPECT_THAT(plan.stages, SizeIs(5));
  EXPECT_EQ(plan.stages_of.at("a"), plan.stages_of.at("b"));
}

TEST(PlanTest, OtherFilesReachEverythingThatReadsThem) {
  const std::vector<ResolvedExperiment> one = {SmallExperiment("a", "x")};
  const auto weights_of_train = [](StageKind kind,
                                   const spec::ExperimentSpec& stage) {
    absl::StatusOr<std::vector<spec::StageInput>> inputs = OneFile(kind, stage);
    if (kind == StageKind::kTrain) {
      inputs->emplace_back().set_stage("weights");
      inputs->back().set_id("beef");
    }
    return inputs;
  };
  EXPECT_THAT(
      ChangedStages(PlanForTest(one), PlanForTest(one, weights_of_train), "a"),
      ElementsAre("train", "predict", "score"));
}

TEST(PlanTest, AVersionReachesItsStageAndEverythingDownstream) {
  const std::vector<ResolvedExperiment> one = {SmallExperiment("a", "x")};
  const Plan after = PlanForTest(one, OneFile, [](StageKind kind) {
    return kind == StageKind::kFeatures ? 2 : 1;
  });
  EXPECT_THAT(ChangedStages(PlanForTest(one), after, "a"),
              ElementsAre("features", "train", "predict", "score"));
  EXPECT_EQ(StageOf(after, "a", StageKind::kFeatures).version, 2);
  EXPECT_EQ(StageOf(after, "a", StageKind::kTrain).version, 1);
}

// Inputs of which the one of `kind` fails.
auto Failing(StageKind failing, const absl::Status& status) {
  return [failing, status](StageKind kind, const spec::ExperimentSpec& stage)
             -> absl::StatusOr<std::vector<spec::StageInput>> {
    if (kind == failing) {
      return status;
    }
    return OneFile(kind, stage);
  };
}

TEST(PlanTest, WhatIsMissingReachesWhateverReadsIt) {
  const absl::Status missing = absl::UnimplementedError("features: no GPU");
  const Plan plan = PlanForTest({SmallExperiment("a", "x")},
                                Failing(StageKind::kFeatures, missing));
  ASSERT_THAT(plan.stages, SizeIs(5));
  EXPECT_OK(plan.stages[0].available);
  for (size_t i = 1; i < 5; ++i) {
    EXPECT_EQ(plan.stages[i].available, missing);
  }
  EXPECT_EQ(AvailabilityOf(plan, "a"), missing);
}

TEST(PlanTest, OtherErrorsReachWhateverReadsItToo) {
  const absl::Status damaged = absl::DataLossError("x.png: not an image");
  const Plan plan = PlanForTest({SmallExperiment("a", "x")},
                                Failing(StageKind::kData, damaged));
  EXPECT_EQ(StageOf(plan, "a", StageKind::kScore).available, damaged);
  EXPECT_EQ(AvailabilityOf(plan, "a"), damaged);
}

TEST(PlanTest, AStagesOwnReasonComesBeforeThoseOfItsInputs) {
  const Plan plan =
      PlanForTest({SmallExperiment("a", "x")},
                  [](StageKind kind, const spec::ExperimentSpec&)
                      -> absl::StatusOr<std::vector<spec::StageInput>> {
                    return absl::UnimplementedError(
                        absl::StrCat(StageName(kind), ": not here"));
                  });
  EXPECT_EQ(StageOf(plan, "a", StageKind::kTrain).available,
            absl::UnimplementedError("train: not here"));
  EXPECT_EQ(AvailabilityOf(plan, "a"),
            absl::UnimplementedError("data: not here"));
}

TEST(PlanTest, WhatIsMissingForOneExperimentDoesNotStopAnother) {
  ResolvedExperiment other = SmallExperiment("b", "x");
  other.spec.mutable_data()->set_source(spec::CHEXPERT);
  const Plan plan = PlanForTest(
      {other, SmallExperiment("a", "x")},
      [](StageKind kind, const spec::ExperimentSpec& stage)
          -> absl::StatusOr<std::vector<spec::StageInput>> {
        if (stage.data().source() == spec::CHEXPERT) {
          return absl::UnimplementedError("data: no images of CheXpert");
        }
        return OneFile(kind, stage);
      });
  EXPECT_OK(AvailabilityOf(plan, "a"));
  EXPECT_THAT(AvailabilityOf(plan, "b"),
              StatusIs(absl::StatusCode::kUnimplemented,
                       "data: no images of CheXpert"));
  EXPECT_THAT(plan.stages, SizeIs(10));
}

// An id that rests on what is not there is that of no stage that could run.
TEST(PlanTest, AnIdIsProvisionalWhereSomethingIsMissing) {
  const std::vector<ResolvedExperiment> one = {SmallExperiment("a", "x")};
  const Plan without = PlanForTest(
      one, Failing(StageKind::kData, absl::UnimplementedError("data: none")));
  EXPECT_THAT(ChangedStages(PlanForTest(one), without, "a"), SizeIs(5));
}

TEST(PlanTest, OwnPretrainingIsReadByFeatures) {
  const Plan plan = PlanForTest(
      {Experiment("a", {kPixelProbe, kVitOverlay, kOwnPretraining})});
  ASSERT_THAT(plan.stages, SizeIs(6));
  EXPECT_EQ(
      StageOf(plan, "a", StageKind::kFeatures).reads.at(StageKind::kPretrain),
      0);
  EXPECT_EQ(plan.stages[0].kind, StageKind::kPretrain);
}

TEST(PlanTest, APretrainingOfAnotherIsSharedWithThatOne) {
  for (const bool pretraining_first : {true, false}) {
    std::vector<ResolvedExperiment> experiments = {Pretraining("a"),
                                                   Probe("b", "a")};
    if (!pretraining_first) {
      std::swap(experiments[0], experiments[1]);
    }
    const Plan plan = PlanForTest(experiments);
    EXPECT_EQ(CountOf(plan, StageKind::kPretrain), 1);
    EXPECT_THAT(plan.stages, SizeIs(6));
    const int pretrain = plan.stages_of.at("a").at(0);
    EXPECT_EQ(
        StageOf(plan, "b", StageKind::kFeatures).reads.at(StageKind::kPretrain),
        pretrain);
    EXPECT_EQ(plan.ExperimentOf(plan.At(pretrain)).name, "a");
    EXPECT_THAT(plan.stages_of.at("b"), SizeIs(5));
    EXPECT_THAT(plan.experiments, SizeIs(2));
  }
}

TEST(PlanTest, APretrainingThatWasNotAskedForIsPlannedWithItsExperiment) {
  const ResolvedExperiment pretraining = Pretraining("a");
  std::vector<std::string> asked;
  const auto upstream =
      [&](absl::string_view name) -> absl::StatusOr<ResolvedExperiment> {
    asked.emplace_back(name);
    return pretraining;
  };
  const Plan plan = BuildPlan({Probe("b", "a"), Probe("c", "a")},
                              {.inputs = OneFile,
                               .version = [](StageKind) { return 1; },
                               .upstream = upstream});
  EXPECT_THAT(asked, ElementsAre("a"));
  ASSERT_THAT(plan.experiments, SizeIs(3));
  EXPECT_EQ(plan.experiments[2].name, "a");
  EXPECT_EQ(CountOf(plan, StageKind::kPretrain), 1);
  EXPECT_FALSE(plan.stages_of.contains("a"));
  EXPECT_EQ(StageOf(plan, "b", StageKind::kFeatures).reads,
            StageOf(plan, "c", StageKind::kFeatures).reads);
}

TEST(PlanTest, PretrainingsFormChains) {
  const Plan plan = PlanForTest({Probe("d", "c"), Continued("c", "b"),
                                 Continued("b", "a"), Pretraining("a")});
  EXPECT_EQ(CountOf(plan, StageKind::kPretrain), 3);
  EXPECT_OK(AvailabilityOf(plan, "d"));
  std::vector<std::string> chain;
  const PlannedStage* stage = &StageOf(plan, "d", StageKind::kFeatures);
  while (stage->reads.contains(StageKind::kPretrain)) {
    stage = &plan.At(stage->reads.at(StageKind::kPretrain));
    chain.push_back(plan.ExperimentOf(*stage).name);
  }
  EXPECT_THAT(chain, ElementsAre("c", "b", "a"));
}

TEST(PlanTest, CirclesOfPretrainingsEndInAnError) {
  const Plan two = PlanForTest({Continued("a", "b"), Continued("b", "a"),
                                Probe("c", "a"), SmallExperiment("d", "x")});
  for (const char* name : {"a", "b", "c"}) {
    EXPECT_THAT(AvailabilityOf(two, name),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         HasSubstr("starts from itself")))
        << name;
  }
  EXPECT_OK(AvailabilityOf(two, "d"));
  EXPECT_THAT(
      AvailabilityOf(PlanForTest({Continued("a", "a")}), "a"),
      StatusIs(absl::StatusCode::kInvalidArgument,
               AllOf(HasSubstr("a: "), HasSubstr("starts from itself"))));
}

TEST(PlanTest, AnUnknownPretrainingIsAnErrorOfWhatReadsIt) {
  const Plan plan = PlanForTest({Probe("b", "nowhere")});
  EXPECT_OK(StageOf(plan, "b", StageKind::kData).available);
  for (const StageKind kind : {StageKind::kFeatures, StageKind::kTrain,
                               StageKind::kPredict, StageKind::kScore}) {
    EXPECT_EQ(StageOf(plan, "b", kind).available,
              absl::InvalidArgumentError("no experiment nowhere"));
  }
}

TEST(PlanTest, AnExperimentWithoutPretrainingIsNoneToStartFrom) {
  EXPECT_THAT(
      AvailabilityOf(PlanForTest({Probe("b", "a"), SmallExperiment("a", "x")}),
                     "b"),
      StatusIs(absl::StatusCode::kInvalidArgument, "a: has no pretrain stage"));
}

TEST(PlanTest, AvailabilityOfWhatIsNotInThePlanIsOk) {
  EXPECT_OK(AvailabilityOf(PlanForTest({}), "a"));
}

}  // namespace
}  // namespace cxr
