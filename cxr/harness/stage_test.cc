// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;

// "train < data features" of each stage; "< ~x" where it reads the pretraining
// of the experiment x.
std::vector<std::string> Shapes(const std::vector<absl::string_view>& texts) {
  std::vector<std::string> lines;
  for (const StageShape& shape : ShapesOf(Layered(texts), "own")) {
    std::vector<std::string> reads;
    for (const StageKind kind : shape.reads) {
      reads.emplace_back(StageName(kind));
    }
    if (!shape.pretraining.empty()) {
      reads.push_back(absl::StrCat("~", shape.pretraining));
    }
    lines.push_back(absl::StrCat(StageName(shape.kind),
                                 reads.empty() ? "" : " < ",
                                 absl::StrJoin(reads, " ")));
  }
  return lines;
}

// The names of the top-level fields of a stage's sub-spec.
std::vector<std::string> FieldsOf(const spec::ExperimentSpec& experiment,
                                  StageKind kind) {
  const spec::ExperimentSpec stage = StageSpec(experiment, kind);
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  stage.GetReflection()->ListFields(stage, &fields);
  std::vector<std::string> names;
  for (const google::protobuf::FieldDescriptor* field : fields) {
    names.push_back(field->name());
  }
  return names;
}

TEST(StageTest, NamesAreThoseOfTheSpecsFields) {
  std::vector<std::string> names;
  for (const StageKind kind : AllStageKinds()) {
    names.emplace_back(StageName(kind));
    EXPECT_NE(spec::ExperimentSpec::descriptor()->FindFieldByName(names.back()),
              nullptr);
  }
  EXPECT_THAT(names, ElementsAre("pretrain", "data", "features", "train",
                                 "predict", "score"));
}

TEST(ShapesOfTest, AProbeOfPixelsHasFiveStages) {
  EXPECT_THAT(Shapes({kPixelProbe}),
              ElementsAre("data", "features < data", "train < data features",
                          "predict < data features train", "score < predict"));
}

TEST(ShapesOfTest, SubgroupsAreReadFromTheData) {
  EXPECT_EQ(
      Shapes({kPixelProbe, "score { subgroups { groupings: BY_SEX } }"}).back(),
      "score < data predict");
}

TEST(ShapesOfTest, AFrozenBackboneOfRandomWeightsReadsNoPretraining) {
  EXPECT_EQ(Shapes({kPixelProbe, kVitOverlay}), Shapes({kPixelProbe}));
}

TEST(ShapesOfTest, OwnPretrainingIsReadWhereTheBackboneRuns) {
  EXPECT_THAT(Shapes({kPixelProbe, kVitOverlay, kOwnPretraining}),
              ElementsAre("pretrain", "data", "features < data ~own",
                          "train < data features",
                          "predict < data features train", "score < predict"));
}

TEST(ShapesOfTest, AnotherExperimentsPretrainingIsReadByItsName) {
  EXPECT_THAT(
      Shapes({kPixelProbe, kVitOverlay,
              "features { vit { weights { pretrained { experiment: 'other' } "
              "} } }"}),
      ElementsAre("data", "features < data ~other", "train < data features",
                  "predict < data features train", "score < predict"));
}

TEST(ShapesOfTest, AFineTunedBackboneRunsInTrainAndPredict) {
  EXPECT_THAT(Shapes({kPixelProbe, kVitOverlay, kOwnPretraining,
                      "train { fine_tune { backbone_learning_rate: 1e-6 } }"}),
              ElementsAre("pretrain", "data", "train < data ~own",
                          "predict < data train ~own", "score < predict"));
}

TEST(ShapesOfTest, VariedImagesHaveNoFixedFeatures) {
  EXPECT_THAT(Shapes({kPixelProbe, "train { augmentation { pipeline {} } }"}),
              ElementsAre("data", "train < data", "predict < data train",
                          "score < predict"));
}

TEST(ShapesOfTest, PatchTokensAreNotKept) {
  const std::vector<std::string> whole = {
      "data", "train < data", "predict < data train", "score < predict"};
  EXPECT_EQ(Shapes({kPixelProbe, kVitOverlay,
                    "features { vit { patches { layer_from_end: 1 } } } "
                    "train { segmentation_head { epochs: 1 } }"}),
            whole);
  EXPECT_EQ(Shapes({kPixelProbe, kVitOverlay,
                    "features { vit { patches { layer_from_end: 2 } } } "
                    "train { report_decoder { seed: 1 } }"}),
            whole);
  // Each of the two alone decides.
  EXPECT_EQ(Shapes({kPixelProbe, kVitOverlay,
                    "features { vit { patches { layer_from_end: 1 } } }"}),
            whole);
  EXPECT_EQ(Shapes({kPixelProbe, "train { segmentation_head { epochs: 1 } }"}),
            whole);
  EXPECT_EQ(Shapes({kPixelProbe, "train { report_decoder { seed: 1 } }"}),
            whole);
}

TEST(ShapesOfTest, PretrainingAloneIsOneStage) {
  EXPECT_THAT(Shapes({PretrainingText()}), ElementsAre("pretrain"));
}

TEST(ShapesOfTest, PretrainingMayStartFromAnother) {
  EXPECT_THAT(Shapes({PretrainingText(),
                      "pretrain { initial_weights { pretrained { experiment: "
                      "'first' } } }"}),
              ElementsAre("pretrain < ~first"));
}

TEST(ShapesOfTest, NothingDeclaredIsNothingToDo) {
  EXPECT_THAT(Shapes({}), ElementsAre());
}

TEST(StageSpecTest, EachStageHasItsOwnFields) {
  const spec::ExperimentSpec all =
      Layered({kPixelProbe, kVitOverlay, kOwnPretraining});
  using enum StageKind;
  EXPECT_THAT(FieldsOf(all, kPretrain), ElementsAre("backbone", "pretrain"));
  EXPECT_THAT(FieldsOf(all, kData), ElementsAre("data"));
  EXPECT_THAT(FieldsOf(all, kFeatures), ElementsAre("features", "backbone"));
  EXPECT_THAT(FieldsOf(all, kTrain), ElementsAre("train"));
  EXPECT_THAT(FieldsOf(all, kPredict), ElementsAre("predict"));
  EXPECT_THAT(FieldsOf(all, kScore), ElementsAre("score"));
}

TEST(StageSpecTest, FieldsAreTheExperimentsOwn) {
  const spec::ExperimentSpec all =
      Layered({kPixelProbe, kVitOverlay, kOwnPretraining});
  EXPECT_EQ(ToTextproto(StageSpec(all, StageKind::kTrain).train()),
            ToTextproto(all.train()));
  EXPECT_EQ(ToTextproto(StageSpec(all, StageKind::kPretrain).backbone()),
            ToTextproto(all.backbone()));
}

TEST(StageSpecTest, PixelsDeclareNoBackbone) {
  EXPECT_THAT(FieldsOf(Layered({kPixelProbe}), StageKind::kFeatures),
              ElementsAre("features"));
}

TEST(StageSpecTest, WithoutAFeaturesStageTrainDeclaresTheBackbone) {
  const spec::ExperimentSpec tuned =
      Layered({kPixelProbe, kVitOverlay,
               "train { fine_tune { backbone_learning_rate: 1e-6 } }"});
  EXPECT_THAT(FieldsOf(tuned, StageKind::kTrain),
              ElementsAre("features", "train", "backbone"));
  EXPECT_THAT(FieldsOf(tuned, StageKind::kPredict), ElementsAre("predict"));
  const spec::ExperimentSpec varied =
      Layered({kPixelProbe, "train { augmentation { pipeline {} } }"});
  EXPECT_THAT(FieldsOf(varied, StageKind::kTrain),
              ElementsAre("features", "train"));
}

TEST(StageKindOfTest, EveryNameLeadsBackToItsKind) {
  for (const StageKind kind : AllStageKinds()) {
    EXPECT_EQ(StageKindOf(StageName(kind)), kind);
  }
  EXPECT_EQ(StageKindOf("files"), std::nullopt);
  EXPECT_EQ(StageKindOf(""), std::nullopt);
}

}  // namespace
}  // namespace cxr
