// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/pretrain_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The problems of a right pretraining with `change` laid over it.
std::vector<std::string> Problems(absl::string_view change) {
  const spec::ExperimentSpec experiment = Layered({PretrainingText(), change});
  return TextsOf(
      CheckPretraining(experiment.pretrain(), experiment.backbone()));
}

TEST(PretrainRulesTest, ARightPretrainingHasNoProblems) {
  EXPECT_THAT(Problems(""), IsEmpty());
}

TEST(PretrainRulesTest, CropsAreWholePatches) {
  EXPECT_THAT(Problems("pretrain { crops { global_size_pixels: 126 } }"),
              IsEmpty());
  EXPECT_THAT(Problems("pretrain { crops { global_size_pixels: 120 } }"),
              ElementsAre("pretrain.crops.global_size_pixels: found 120, "
                          "expected a multiple of the patch 14"));
  EXPECT_THAT(Problems("pretrain { crops { local_size_pixels: 57 } }"),
              ElementsAre("pretrain.crops.local_size_pixels: found 57, "
                          "expected a multiple of the patch 14"));
}

TEST(PretrainRulesTest, LocalCropsAreNotLargerThanGlobalOnes) {
  EXPECT_THAT(Problems("pretrain { crops { local_size_pixels: 112 } }"),
              IsEmpty());
  EXPECT_THAT(Problems("pretrain { crops { local_size_pixels: 126 } }"),
              ElementsAre("pretrain.crops.local_size_pixels: found 126, "
                          "expected at most global_size_pixels, 112"));
}

TEST(PretrainRulesTest, ChangesOfEveryCropAreJudged) {
  for (const char* crop : {"first_global", "second_global", "local"}) {
    EXPECT_THAT(
        Problems(absl::StrCat("pretrain { crops { ", crop,
                              " { blur_probability: BLUR_NOMINAL } } }")),
        ElementsAre(absl::StrCat("pretrain.crops.", crop,
                                 ".blur_probability: is set, but no step is "
                                 "gaussian_blur")));
  }
}

TEST(PretrainRulesTest, SomethingIsLearned) {
  EXPECT_THAT(Problems("pretrain { losses { dino: 0 ibot: 0 } }"), IsEmpty());
  EXPECT_THAT(Problems("pretrain { losses { dino: 0 ibot: 0 koleo: 0 } }"),
              ElementsAre("pretrain.losses: dino, ibot and koleo are all 0, "
                          "expected a weight above 0"));
}

TEST(PretrainRulesTest, MaskedPartsBeginBelowTheirEnd) {
  EXPECT_THAT(Problems("pretrain { masking { ratio_min: 0.5 } }"), IsEmpty());
  EXPECT_THAT(Problems("pretrain { masking { ratio_min: 0.6 } }"),
              ElementsAre("pretrain.masking.ratio_min: found 0.6, expected at "
                          "most ratio_max, 0.5"));
}

TEST(PretrainRulesTest, GroupsDivideTheBatch) {
  EXPECT_THAT(Problems("pretrain { batch { group_images: 2 } }"), IsEmpty());
  EXPECT_THAT(Problems("pretrain { batch { group_images: 3 } }"),
              ElementsAre("pretrain.batch.group_images: found 3, expected a "
                          "divisor of global_images, 8"));
}

TEST(PretrainRulesTest, SchedulesEndWithTheRun) {
  EXPECT_THAT(Problems("pretrain { schedule { warmup_epochs: 2"
                       " freeze_prototypes_epochs: 2"
                       " stop_after_steps: 20 } }"),
              IsEmpty());
  EXPECT_THAT(Problems("pretrain { schedule { warmup_epochs: 2.5 } }"),
              ElementsAre("pretrain.schedule.warmup_epochs: found 2.5, "
                          "expected at most the 2 epochs of the run"));
  EXPECT_THAT(
      Problems("pretrain { schedule { freeze_prototypes_epochs: 3 } }"),
      ElementsAre("pretrain.schedule.freeze_prototypes_epochs: found 3, "
                  "expected at most the 2 epochs of the run"));
  EXPECT_THAT(Problems("pretrain { schedule { stop_after_steps: 21 } }"),
              ElementsAre("pretrain.schedule.stop_after_steps: found 21, "
                          "expected at most the 20 steps of the run"));
}

// The released file of two epochs leaves the teacher's warm-up at 30.
TEST(PretrainRulesTest, TheTeachersWarmUpMayOutlastTheRun) {
  EXPECT_THAT(
      Problems("pretrain { temperatures { teacher_warmup_epochs: 30 } }"),
      IsEmpty());
}

TEST(PretrainRulesTest, TheMomentumDoesNotFall) {
  EXPECT_THAT(Problems("pretrain { schedule { momentum_start: 1 } }"),
              IsEmpty());
  EXPECT_THAT(Problems("pretrain { schedule { momentum_end: 0.9 } }"),
              ElementsAre("pretrain.schedule.momentum_start: found 0.994, "
                          "expected at most momentum_end, 0.9"));
}

TEST(PretrainRulesTest, StepsOfLongRunsDoNotOverflow) {
  EXPECT_THAT(Problems("pretrain { schedule { epochs: 1000000"
                       " steps_per_epoch: 10000000"
                       " stop_after_steps: 2000000000 } }"),
              IsEmpty());
}

TEST(PretrainRulesTest, TheLearningRateFalls) {
  EXPECT_THAT(Problems("pretrain { schedule { min_learning_rate: 1e-3 } }"),
              IsEmpty());
  EXPECT_THAT(Problems("pretrain { schedule { min_learning_rate: 0.01 } }"),
              ElementsAre("pretrain.schedule.min_learning_rate: found 0.01, "
                          "expected at most optimizer.learning_rate, 0.001"));
}

TEST(PretrainRulesTest, OnlyTheLayoutOfDinov2IsPretrained) {
  EXPECT_THAT(Problems("backbone { layout: TIMM }"),
              ElementsAre("backbone.layout: found TIMM, expected DINOV2, the "
                          "layout that is pretrained"));
}

TEST(PretrainRulesTest, NothingStartsFromItsOwnResult) {
  EXPECT_THAT(
      Problems("pretrain { initial_weights { pretrained { experiment: 'x' } "
               "} }"),
      IsEmpty());
  EXPECT_THAT(Problems("pretrain { initial_weights { own_pretraining {} } }"),
              ElementsAre("pretrain.initial_weights.own_pretraining: a "
                          "pretraining cannot start from its own result"));
}

TEST(PretrainRulesTest, TestImagesAreNotTrainedOn) {
  EXPECT_THAT(
      Problems("pretrain { data { source: RSNA } data { source: NIH64 } }"),
      ElementsAre("pretrain.data[1].source: found NIH64, whose images are all "
                  "used for testing"));
}

TEST(PretrainRulesTest, NoSourceStandsTwiceInTheMixture) {
  EXPECT_THAT(
      Problems("pretrain { data { source: RSNA } data { source: BRAX }"
               " data { source: RSNA } }"),
      ElementsAre("pretrain.data[2].source: 'RSNA' stands there twice"));
}

TEST(PretrainRulesTest, EverySourceIsJudged) {
  EXPECT_THAT(
      Problems("pretrain { data { source: RSNA } data { source: PADCHEST } }"),
      ElementsAre("pretrain.data[1].sixteen_bit: is not set; PADCHEST needs "
                  "it"));
}

}  // namespace
}  // namespace cxr
