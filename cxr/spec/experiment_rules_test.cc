// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/experiment_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/testing.h"
#include "cxr/spec/validate.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Laid over kPixelProbe and kVitOverlay.
constexpr char kSegmentation[] = R"(
  data { source: CHEXMASK masks { minimum_rca: 0 } }
  features { vit { patches { layer_from_end: 1 } } }
  train {
    official { official_validation {} }
    best_epoch { metric: BEST_MEAN_DICE }
    segmentation_head {
      optimizer {
        learning_rate: 1e-3 weight_decay: 0 beta1: 0.9 beta2: 0.999
        epsilon: 1e-8 max_gradient_norm: 0
      }
      epochs: 1 batch_images: 8 max_training_images: 0
      cross_entropy_weight: 1 dice_weight: 1 dice_smooth: 1
      dice_classes: WITHOUT_BACKGROUND seed: 1
    }
  }
  predict { subset: TEST }
  score {
    segmentation {
      aggregation: MEAN_OF_IMAGES lungs: MERGED_SIDES frame: ORIGINAL_IMAGE
    }
  })";

constexpr char kReports[] = R"(
  data { source: IU_XRAY }
  features { vit { patches { layer_from_end: 2 } } }
  train {
    official { official_validation {} }
    report_decoder {
      small { width: 64 depth: 2 heads: 2 vocabulary_tokens: 100 }
      projector { layers: 2 hidden_width: 64 }
      section: FINDINGS
      prompt: "p"
      max_text_tokens: 60
      stages {
        all {}
        optimizer {
          learning_rate: 1e-3 weight_decay: 0 beta1: 0.9 beta2: 0.999
          epsilon: 1e-8 max_gradient_norm: 0
        }
        warmup_fraction: 0 epochs: 1 batch_images: 8
      }
      seed: 1
    }
  }
  predict { subset: TEST decoding { max_new_tokens: 60 beams: 1 } }
  score { reports { profile: CXFORMER_GUESS } })";

// The change is laid over these.
enum class Base { kPixels, kVit, kOwn, kPretraining, kSegmentation, kReports };

spec::ExperimentSpec Experiment(Base base, absl::string_view change = "") {
  spec::ExperimentSpec experiment;
  switch (base) {
    case Base::kPixels:
      return Layered({kPixelProbe, change});
    case Base::kVit:
      return Layered({kPixelProbe, kVitOverlay, change});
    case Base::kOwn:
      return Layered({kPixelProbe, kVitOverlay, kOwnPretraining, change});
    case Base::kPretraining:
      return Layered({PretrainingText(), change});
    case Base::kSegmentation:
    case Base::kReports:
      break;
  }
  const bool masks = base == Base::kSegmentation;
  experiment = Layered({kPixelProbe, kVitOverlay});
  experiment.mutable_train()->clear_targets();
  experiment.mutable_train()->clear_label_policy();
  return Layered(
      {ToTextproto(experiment), masks ? kSegmentation : kReports, change});
}

std::vector<std::string> Problems(Base base, absl::string_view change) {
  return TextsOf(CheckExperiment(Experiment(base, change)));
}

std::vector<std::string> StageProblems(const spec::ExperimentSpec& experiment) {
  return TextsOf(CheckStages(experiment));
}

TEST(ExperimentRulesTest, RightExperimentsHaveNoProblems) {
  for (const Base base :
       {Base::kPixels, Base::kVit, Base::kOwn, Base::kPretraining,
        Base::kSegmentation, Base::kReports}) {
    const spec::ExperimentSpec experiment = Experiment(base);
    EXPECT_THAT(TextsOf(CheckComplete(experiment)), IsEmpty());
    EXPECT_THAT(StageProblems(experiment), IsEmpty());
    EXPECT_THAT(TextsOf(CheckExperiment(experiment)), IsEmpty());
  }
}

TEST(ExperimentRulesTest, SomethingIsDeclared) {
  EXPECT_THAT(
      StageProblems(spec::ExperimentSpec()),
      ElementsAre(": nothing is declared, expected pretrain, or the stages "
                  "data, features, train, predict and score"));
}

TEST(ExperimentRulesTest, AnAdaptationHasAllItsStages) {
  constexpr char kNeeds[] =
      ": is not set; an experiment with one of data, features, train, predict "
      "and score needs all of them";
  for (const char* stage : {"data", "features", "train", "predict", "score"}) {
    spec::ExperimentSpec experiment = Experiment(Base::kPixels);
    experiment.GetReflection()->ClearField(
        &experiment, experiment.GetDescriptor()->FindFieldByName(stage));
    EXPECT_THAT(StageProblems(experiment),
                ElementsAre(absl::StrCat(stage, kNeeds)));
  }
}

TEST(ExperimentRulesTest, ABackboneIsThereForWhoUsesIt) {
  spec::ExperimentSpec vit = Experiment(Base::kVit);
  vit.clear_backbone();
  EXPECT_THAT(StageProblems(vit),
              ElementsAre("backbone: is not set; features.vit needs one, e.g. "
                          "include: \"vit_s14\""));
  spec::ExperimentSpec pretraining = Experiment(Base::kPretraining);
  pretraining.clear_backbone();
  EXPECT_THAT(StageProblems(pretraining),
              ElementsAre("backbone: is not set; pretrain needs one, e.g. "
                          "include: \"vit_s14\""));
  EXPECT_THAT(StageProblems(Experiment(Base::kPixels, "backbone {}")),
              ElementsAre("backbone: is set, but neither pretrain nor "
                          "features.vit uses it"));
}

TEST(ExperimentRulesTest, HeadsDivideTheWidth) {
  EXPECT_THAT(Problems(Base::kVit, "backbone { heads: 4 }"), IsEmpty());
  EXPECT_THAT(Problems(Base::kVit, "backbone { heads: 5 }"),
              ElementsAre("backbone.heads: found 5, expected a divisor of the "
                          "width 96"));
}

TEST(ExperimentRulesTest, OnlyDinov2HasRegisters) {
  EXPECT_THAT(Problems(Base::kVit, "backbone { layout: TIMM registers: 0 }"),
              IsEmpty());
  EXPECT_THAT(Problems(Base::kVit, "backbone { layout: TIMM }"),
              ElementsAre("backbone.registers: found 4, expected 0: only the "
                          "layout DINOV2 has registers"));
}

TEST(ExperimentRulesTest, PixelsAloneAreNotNormalized) {
  constexpr char kField[] = "features.preprocess.normalization: ";
  EXPECT_THAT(Problems(Base::kPixels,
                       "features { preprocess { normalization: IMAGENET } }"),
              ElementsAre(absl::StrCat(kField,
                                       "expected NO_NORMALIZATION, because "
                                       "features.pixels are in [0, 1]")));
  EXPECT_THAT(
      Problems(Base::kVit,
               "features { preprocess { normalization: NO_NORMALIZATION } }"),
      ElementsAre(absl::StrCat(kField,
                               "found NO_NORMALIZATION, which only "
                               "features.pixels takes")));
}

TEST(ExperimentRulesTest, InputsAreWholePatches) {
  EXPECT_THAT(
      Problems(Base::kVit, "features { preprocess { input_size_pixels: 70 } }"),
      IsEmpty());
  EXPECT_THAT(
      Problems(Base::kVit, "features { preprocess { input_size_pixels: 64 } }"),
      ElementsAre("features.preprocess.input_size_pixels: found 64, expected a "
                  "multiple of the patch 14"));
}

TEST(ExperimentRulesTest, TheMeanOfNoPatchIsRefused) {
  constexpr char kToken[] =
      "features {"
      "  preprocess { input_size_pixels: 14 }"
      "  vit { pooled { token: TOP_LEFT_PATCH_AS_RELEASED } } }";
  EXPECT_THAT(
      Problems(Base::kVit, "features { preprocess { input_size_pixels: 14 } }"),
      IsEmpty());
  EXPECT_THAT(Problems(Base::kVit, kToken),
              ElementsAre("features.preprocess.input_size_pixels: found 14, "
                          "expected two patches or more for the token "
                          "TOP_LEFT_PATCH_AS_RELEASED"));
}

TEST(ExperimentRulesTest, WhoPretrainsUsesTheResult) {
  EXPECT_THAT(Problems(Base::kOwn,
                       "features { vit { weights { pretrained {"
                       " experiment: 'x' } } } }"),
              ElementsAre("features.vit.weights: expected own_pretraining, "
                          "because this experiment pretrains"));
  EXPECT_THAT(
      Problems(Base::kVit,
               "features { vit { weights { own_pretraining {} } }"
               " }"),
      ElementsAre("features.vit.weights: found own_pretraining, but this "
                  "experiment has no pretrain"));
}

TEST(ExperimentRulesTest, LayersAreInTheBackbone) {
  EXPECT_THAT(
      Problems(Base::kVit, "features { vit { pooled { last_layers: 5 } } }"),
      ElementsAre("features.vit.pooled.last_layers: found 5, expected at most "
                  "the depth 4"));
  EXPECT_THAT(Problems(Base::kReports,
                       "features { vit { patches { layer_from_end: 4 } } }"),
              IsEmpty());
  EXPECT_THAT(Problems(Base::kReports,
                       "features { vit { patches { layer_from_end: 5 } } }"),
              ElementsAre("features.vit.patches.layer_from_end: found 5, "
                          "expected at most the depth 4"));
}

TEST(ExperimentRulesTest, RegistersThatAreNotThereAreKept) {
  EXPECT_THAT(Problems(Base::kVit, "backbone { registers: 0 }"), IsEmpty());
  EXPECT_THAT(
      Problems(Base::kVit,
               "backbone { registers: 0 }"
               "features { vit { registers: DROPPED_AS_RELEASED } "
               "}"),
      ElementsAre("features.vit.registers: found DROPPED_AS_RELEASED, expected "
                  "KEPT: this backbone has no registers"));
}

TEST(ExperimentRulesTest, PretrainingIsJudgedToo) {
  EXPECT_THAT(Problems(Base::kOwn, "pretrain { batch { group_images: 3 } }"),
              ElementsAre("pretrain.batch.group_images: found 3, expected a "
                          "divisor of global_images, 8"));
}

TEST(ExperimentRulesTest, DataAreJudgedToo) {
  EXPECT_THAT(Problems(Base::kPixels, "data { masks { minimum_rca: 0 } }"),
              ElementsAre("data.masks: is set, but only CHEXMASK has it"));
}

TEST(ExperimentRulesTest, ClassificationHasTargetsAndTheirLabels) {
  spec::ExperimentSpec experiment = Experiment(Base::kPixels);
  experiment.mutable_train()->clear_targets();
  experiment.mutable_train()->clear_label_policy();
  EXPECT_THAT(
      TextsOf(CheckExperiment(experiment)),
      ElementsAre("train.targets: is empty, expected the names of label "
                  "columns",
                  "train.label_policy: is not set; nothing that matters has a "
                  "default"));
  EXPECT_THAT(Problems(Base::kSegmentation, "train { targets: 'x' }"),
              ElementsAre("train.targets: is set, but only classification has "
                          "targets"));
  EXPECT_THAT(Problems(Base::kReports, "train { label_policy: U_ONES }"),
              ElementsAre("train.label_policy: is set, but only classification "
                          "reads labels"));
}

TEST(ExperimentRulesTest, SeveralReadersAreVindrs) {
  EXPECT_THAT(Problems(Base::kPixels,
                       "data { source: VINDR }"
                       "train { label_policy: MAJORITY }"),
              IsEmpty());
  for (const char* policy : {"MAJORITY", "AT_LEAST_ONE"}) {
    EXPECT_THAT(
        Problems(Base::kPixels,
                 absl::StrCat("train { label_policy: ", policy, " }")),
        ElementsAre(absl::StrCat("train.label_policy: found ", policy,
                                 ", expected it with VINDR only, whose images "
                                 "several people read")));
  }
}

TEST(ExperimentRulesTest, TargetsAreNamesAndStandOnce) {
  EXPECT_THAT(Problems(Base::kPixels, "train { targets: ['a', 'A'] }"),
              IsEmpty());
  EXPECT_THAT(
      Problems(Base::kPixels, "train { targets: ['a', '', 'macro', 'a'] }"),
      ElementsAre("train.targets[1]: found '', expected a label's name",
                  "train.targets[2]: found 'macro', expected a label's name",
                  "train.targets[3]: 'a' stands there twice"));
}

TEST(ExperimentRulesTest, FoldsAreTestedOutOfFold) {
  EXPECT_THAT(Problems(Base::kPixels, "predict { subset: TEST }"),
              ElementsAre("predict.subset: expected OUT_OF_FOLD, because "
                          "train.patient_folds tests every image out of "
                          "fold"));
  EXPECT_THAT(
      Problems(Base::kPixels, "train { official { official_validation {} } }"),
      ElementsAre("predict.subset: expected TEST, because train.official has "
                  "no folds"));
}

TEST(ExperimentRulesTest, TheBestEpochNeedsValidationImages) {
  constexpr char kBest[] = "train { best_epoch { metric: BEST_MACRO_AUROC } }";
  EXPECT_THAT(Problems(Base::kPixels, kBest),
              ElementsAre("train.best_epoch: needs validation images, and "
                          "train.patient_folds has none; expected "
                          "last_epoch {}"));
  EXPECT_THAT(Problems(Base::kPixels,
                       "train { best_epoch { metric: BEST_MACRO_AUROC }"
                       "  official { training_images_as_released {} } }"
                       "predict { subset: TEST }"),
              IsEmpty());
  EXPECT_THAT(Problems(Base::kVit, "train { probe_sweep {} }"),
              ElementsAre("train.probe_sweep: needs validation images, and "
                          "train.patient_folds has none"));
  EXPECT_THAT(Problems(Base::kVit,
                       "train { probe_sweep {}"
                       "  official { training_images_as_released {} } }"
                       "predict { subset: TEST }"),
              ElementsAre("train.last_epoch: expected best_epoch, by which "
                          "train.probe_sweep chooses among its probes"));
}

TEST(ExperimentRulesTest, ASampleOfTheTrainingListIsAPart) {
  const auto problems = [](absl::string_view fraction) {
    return Problems(Base::kPixels,
                    absl::StrCat("train { official { official_validation {}"
                                 "  training_sample { seed: 0 fraction: ",
                                 fraction, " } } } predict { subset: TEST }"));
  };
  EXPECT_THAT(problems("0.1"), IsEmpty());
  EXPECT_THAT(problems("1"),
              ElementsAre("train.official.training_sample.fraction: found 1, "
                          "which is no sample; leave it out"));
}

TEST(ExperimentRulesTest, ChangesOfTrainingImagesAreJudged) {
  EXPECT_THAT(Problems(Base::kVit,
                       "train { augmentation { pipeline { crop {"
                       " scale_min: 1 scale_max: 0.5 ratio_min: 1"
                       " ratio_max: 1 } } } }"),
              ElementsAre("train.augmentation.pipeline.crop.scale_min: found "
                          "1, expected at most scale_max, 0.5"));
}

TEST(ExperimentRulesTest, ASegmentationHeadLearnsSomething) {
  EXPECT_THAT(Problems(Base::kSegmentation,
                       "train { segmentation_head { dice_weight: 0 } }"),
              IsEmpty());
  EXPECT_THAT(Problems(Base::kSegmentation,
                       "train { segmentation_head {"
                       " cross_entropy_weight: 0 dice_weight: 0 } }"),
              ElementsAre("train.segmentation_head: cross_entropy_weight and "
                          "dice_weight are both 0, expected a weight above "
                          "0"));
}

TEST(ExperimentRulesTest, AMethodReadsItsKindOfFeatures) {
  EXPECT_THAT(Problems(Base::kVit,
                       "features { vit { patches {"
                       " layer_from_end: 1 } } }"),
              ElementsAre("features.vit.patches: expected pooled, which "
                          "classification learns from"));
  EXPECT_THAT(
      Problems(Base::kSegmentation,
               "features { vit { pooled { last_layers: 1 token: CLASS_TOKEN"
               " norm: FINAL_NORM } } }"),
      ElementsAre("features: expected vit.patches, which "
                  "train.segmentation_head learns from"));
}

TEST(ExperimentRulesTest, AMethodIsSelectedByWhatItHas) {
  EXPECT_THAT(
      Problems(Base::kReports, "train { best_epoch { metric: LOWEST_LOSS } }"),
      IsEmpty());
  EXPECT_THAT(
      Problems(Base::kReports,
               "train { best_epoch { metric: BEST_MEAN_DICE } }"),
      ElementsAre("train.best_epoch.metric: found BEST_MEAN_DICE, which "
                  "train.report_decoder does not have"));
  for (const char* metric : {"BEST_MACRO_AUROC", "BEST_MACRO_AUPRC"}) {
    EXPECT_THAT(
        Problems(Base::kSegmentation,
                 absl::StrCat("train { best_epoch { metric: ", metric, " } }")),
        ElementsAre(absl::StrCat("train.best_epoch.metric: found ", metric,
                                 ", which train.segmentation_head does not "
                                 "have")));
  }
}

TEST(ExperimentRulesTest, AMethodIsScoredByItsTask) {
  EXPECT_THAT(
      Problems(Base::kPixels, "score { reports { profile: LLAVA_RAD } }"),
      ElementsAre("score.task: expected that of train.linear_probe"));
  EXPECT_THAT(Problems(Base::kReports,
                       "score { segmentation { lungs: MERGED_SIDES"
                       " aggregation: MEAN_OF_IMAGES"
                       " frame: ORIGINAL_IMAGE } }"),
              ElementsAre("score.task: expected that of train.report_decoder"));
}

TEST(ExperimentRulesTest, ReportsAloneAreDecoded) {
  spec::ExperimentSpec experiment = Experiment(Base::kReports);
  experiment.mutable_predict()->clear_decoding();
  EXPECT_THAT(TextsOf(CheckExperiment(experiment)),
              ElementsAre("predict.decoding: is not set; report generation "
                          "needs it"));
  EXPECT_THAT(Problems(Base::kPixels,
                       "predict { decoding { beams: 1"
                       " max_new_tokens: 1 } }"),
              ElementsAre("predict.decoding: is set, but no report is "
                          "generated"));
}

TEST(ExperimentRulesTest, ClassificationIsWhatRanksImages) {
  const auto classifies = [](absl::string_view text) {
    return IsClassification(ParseSpec<spec::TrainSpec>(text));
  };
  EXPECT_TRUE(classifies("linear_probe {}"));
  EXPECT_TRUE(classifies("probe_sweep {}"));
  EXPECT_FALSE(classifies("segmentation_head {}"));
  EXPECT_FALSE(classifies("report_decoder {}"));
  EXPECT_FALSE(classifies(""));
}

}  // namespace
}  // namespace cxr
