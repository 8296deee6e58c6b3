// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/cost/image_passes.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

constexpr char kRsna[] = "data { source: RSNA views: [PA, AP] } ";
constexpr double kRsnaTraining = 26684;

spec::ExperimentSpec Experiment(absl::string_view data,
                                absl::string_view train) {
  return ParseSpec<spec::ExperimentSpec>(
      absl::StrCat(data, "train { ", train, " }"));
}

TEST(ImagePassesTest, HeldOutPatientsArePartOfTheTrainingList) {
  const ImagePasses epoch =
      EpochImages(Experiment(kRsna,
                             "official { held_out_patients { fraction: 0.25 } "
                             "training_sample { fraction: 0.5 } }"));
  EXPECT_DOUBLE_EQ(epoch.training, kRsnaTraining * 0.5 * 0.75);
  EXPECT_DOUBLE_EQ(epoch.validation, kRsnaTraining * 0.5 * 0.25);
}

TEST(ImagePassesTest, OfficialValidationIsTheSourcesList) {
  const ImagePasses epoch =
      EpochImages(Experiment("data { source: CHEXPERT views: [PA, AP] } ",
                             "official { official_validation {} "
                             "training_sample { fraction: 0.5 } }"));
  EXPECT_EQ(epoch.training, 191010 * 0.5);
  EXPECT_EQ(epoch.validation, 202);
}

TEST(ImagePassesTest, AsReleasedTheTrainingImagesValidate) {
  const ImagePasses epoch = EpochImages(
      Experiment(kRsna, "official { training_images_as_released {} }"));
  EXPECT_EQ(epoch.validation, kRsnaTraining);
}

TEST(ImagePassesTest, EveryFoldIsLeftOutOnce) {
  const ImagePasses all = TrainImages(
      Experiment("data { source: NIH64 } ",
                 "patient_folds {} last_epoch {} linear_probe { epochs: 3 }"));
  EXPECT_EQ(all.training, 3 * 4 * 1000);
  EXPECT_EQ(all.validation, 0);
}

TEST(ImagePassesTest, ValidationImagesAreReadToChooseAnEpoch) {
  const char split[] =
      "linear_probe { epochs: 7 } "
      "official { held_out_patients { fraction: 0.5 } } ";
  EXPECT_EQ(TrainImages(Experiment(kRsna, absl::StrCat(split, "last_epoch {}")))
                .validation,
            0);
  EXPECT_EQ(TrainImages(Experiment(kRsna, absl::StrCat(split, "best_epoch {}")))
                .validation,
            7 * kRsnaTraining / 2);
}

TEST(ImagePassesTest, ASweepHasItsOwnSteps) {
  // DINOv2's: 10 epochs of 1250 batches of 128 images.
  const ImagePasses all =
      TrainImages(Experiment(kRsna,
                             "official { held_out_patients { fraction: 0.5 } } "
                             "last_epoch {} probe_sweep { epochs: 10 "
                             "steps_per_epoch: 1250 batch_images: 128 }"));
  EXPECT_EQ(all.training, 1600000);
  EXPECT_EQ(all.validation, kRsnaTraining / 2);
}

TEST(ImagePassesTest, SegmentationLearnsFromSoManyAtMost) {
  const auto training = [](int most) {
    return TrainImages(
               Experiment(kRsna, absl::StrCat("official {} segmentation_head { "
                                              "epochs: 2 max_training_images: ",
                                              most, " }")))
        .training;
  };
  EXPECT_EQ(training(2000), 2 * 2000);
  EXPECT_EQ(training(0), 2 * kRsnaTraining);
  EXPECT_EQ(training(1000000), 2 * kRsnaTraining);
}

TEST(ImagePassesTest, StagesOfADecoderFollowEachOther) {
  const ImagePasses all = TrainImages(Experiment(
      kRsna,
      "official {} report_decoder { stages { epochs: 1 } stages { epochs: 3 } "
      "}"));
  EXPECT_EQ(all.training, 4 * kRsnaTraining);
}

}  // namespace
}  // namespace cxr
