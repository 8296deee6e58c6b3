// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/train_stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/npy.h"
#include "cxr/base/testing.h"
#include "cxr/tasks/classify/epoch_log.h"
#include "cxr/tasks/classify/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class TrainStageTest : public ::testing::Test {
 protected:
  // The heads that a training leaves.
  std::vector<FloatMatrix> Heads(int rounds = kToyFolds) const {
    const absl::StatusOr<StageOutput> output = toy_.Train();
    EXPECT_OK(output);
    std::vector<FloatMatrix> heads;
    for (int round = 0; round < rounds; ++round) {
      const std::string file = HeadFile(round);
      const absl::StatusOr<FloatMatrix> head =
          FloatMatrixFromNpy(ArtifactOf(*output, file), file);
      EXPECT_OK(head);
      EXPECT_EQ(head->rows, 2 + 2);
      EXPECT_EQ(head->columns, kToyFeatures + 1);
      heads.push_back(*head);
    }
    return heads;
  }

  int FoldOf(int image) const { return toy_.index.index.examples[image].fold; }

  float Feature(int image, int k) const {
    return toy_.features.values[image * kToyFeatures + k];
  }

  static float At(const FloatMatrix& matrix, int64_t row, int64_t column) {
    return matrix.values[row * matrix.columns + column];
  }

  ToyClassification toy_;
};

TEST_F(TrainStageTest, HeadsCarryTheScalingOfTheirTrainingImages) {
  const std::vector<FloatMatrix> heads = Heads();
  for (int fold = 0; fold < kToyFolds; ++fold) {
    for (int k = 0; k < kToyFeatures; ++k) {
      double count = 0;
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < kToyImages; ++i) {
        if (FoldOf(i) != fold) {
          ++count;
          sum += Feature(i, k);
          squares += std::pow(Feature(i, k), 2);
        }
      }
      const double mean = sum / count;
      const double std = std::sqrt(squares / count - mean * mean);
      EXPECT_NEAR(At(heads[fold], 2, k), mean, 1e-5);
      EXPECT_NEAR(At(heads[fold], 3, k), k == kToyConstantFeature ? 0 : 1 / std,
                  1e-5);
    }
    EXPECT_EQ(At(heads[fold], 2, kToyFeatures), 0);
    EXPECT_EQ(At(heads[fold], 3, kToyFeatures), 0);
  }
}

TEST_F(TrainStageTest, WithoutScalingFeaturesStayAsTheyAre) {
  toy_.stage.spec.mutable_train()->mutable_linear_probe()->set_scaling(
      spec::NO_SCALING);
  const std::vector<FloatMatrix> heads = Heads();
  for (int k = 0; k < kToyFeatures; ++k) {
    EXPECT_EQ(At(heads[0], 2, k), 0);
    EXPECT_EQ(At(heads[0], 3, k), 1);
  }
}

TEST_F(TrainStageTest, NoHeadSeesTheImagesOfItsFold) {
  const std::vector<FloatMatrix> before = Heads();
  for (int i = 0; i < kToyImages; ++i) {
    if (FoldOf(i) == 2) toy_.features.values[i * kToyFeatures] += 1000;
  }
  toy_.GiveInputs();
  const std::vector<FloatMatrix> after = Heads();
  EXPECT_EQ(after[2].values, before[2].values);
  EXPECT_NE(after[0].values, before[0].values);
}

TEST_F(TrainStageTest, ThreadsChangeNoByte) {
  ASSERT_OK_AND_ASSIGN(const StageOutput one, toy_.Train(1));
  for (const int threads : {2, 3}) {
    ASSERT_OK_AND_ASSIGN(const StageOutput more, toy_.Train(threads));
    ASSERT_EQ(more.artifacts.size(), one.artifacts.size());
    for (size_t i = 0; i < one.artifacts.size(); ++i) {
      EXPECT_EQ(more.artifacts[i].bytes, one.artifacts[i].bytes);
    }
  }
}

TEST_F(TrainStageTest, NotesAndLabelsTellWhoIsTrainedOnWhat) {
  ASSERT_OK_AND_ASSIGN(const StageOutput folds, toy_.Train());
  EXPECT_THAT(folds.notes, ElementsAre("3 patient-disjoint folds"));
  toy_.UseLists();
  ASSERT_OK_AND_ASSIGN(const StageOutput lists, toy_.Train());
  EXPECT_THAT(lists.notes,
              ElementsAre("training 14, validation 6, test 11 images",
                          "validation: all 6 labels of Mass are positive"));
  EXPECT_THAT(ArtifactOf(lists, "labels.csv"),
              AllOf(HasSubstr("part,target,positive,negative,left_out\n"),
                    HasSubstr("\nvalidation,Mass,"), HasSubstr(",0\ntest,")));
}

TEST_F(TrainStageTest, EveryEpochIsLogged) {
  ASSERT_OK_AND_ASSIGN(const StageOutput output, toy_.Train());
  ASSERT_OK_AND_ASSIGN(
      const std::vector<EpochLine> log,
      EpochLinesFromCsv(ArtifactOf(output, "epochs.csv"), "epochs.csv"));
  ASSERT_THAT(log, SizeIs(20 * kToyFolds));
  for (int fold = 0; fold < kToyFolds; ++fold) {
    EXPECT_EQ(log[fold * 20].round, fold);
    EXPECT_LT(log[fold * 20 + 19].training_loss, log[fold * 20].training_loss);
    EXPECT_FALSE(log[fold * 20].validation.has_value());
  }
}

TEST_F(TrainStageTest, TheBestEpochIsThatOfTheLog) {
  toy_.UseLists();
  toy_.stage.spec.mutable_train()->mutable_best_epoch()->set_metric(
      spec::LOWEST_LOSS);
  // So fast that it gets worse at some point.
  toy_.stage.spec.mutable_train()
      ->mutable_linear_probe()
      ->mutable_optimizer()
      ->set_learning_rate(2);
  ASSERT_OK_AND_ASSIGN(const StageOutput output, toy_.Train());
  ASSERT_OK_AND_ASSIGN(
      const std::vector<EpochLine> log,
      EpochLinesFromCsv(ArtifactOf(output, "epochs.csv"), "epochs.csv"));
  size_t best = 0;
  for (size_t i = 1; i < log.size(); ++i) {
    if (*log[i].validation > *log[best].validation) best = i;
  }
  ASSERT_LT(best, 19u);
  EXPECT_THAT(output.notes, Contains(HasSubstr(absl::StrCat(
                                "epoch ", best + 1, " of 20 by LOWEST_LOSS"))));
  // The head is that of a training which ends there.
  toy_.stage.spec.mutable_train()->mutable_linear_probe()->set_epochs(
      static_cast<int>(best) + 1);
  toy_.stage.spec.mutable_train()->mutable_last_epoch();
  ASSERT_OK_AND_ASSIGN(const StageOutput shorter, toy_.Train());
  EXPECT_EQ(ArtifactOf(shorter, HeadFile(0)), ArtifactOf(output, HeadFile(0)));
}

TEST_F(TrainStageTest, UnusableImagesAreLeftOut) {
  for (int k = 0; k < kToyFeatures; ++k) {
    toy_.features.values[k] = std::numeric_limits<float>::quiet_NaN();
  }
  toy_.GiveInputs();
  for (const FloatMatrix& head : Heads()) {
    for (const float value : head.values) EXPECT_TRUE(std::isfinite(value));
  }
}

TEST_F(TrainStageTest, TargetsOfOneClassAreTold) {
  toy_.stage.spec.mutable_train()->set_targets(0, "Edema");
  ASSERT_OK_AND_ASSIGN(const StageOutput output, toy_.Train());
  EXPECT_THAT(output.notes,
              Contains("all: all 31 labels of Edema are negative"));
}

TEST_F(TrainStageTest, ADivergedHeadIsOutOfRange) {
  spec::LinearProbeSpec& probe =
      *toy_.stage.spec.mutable_train()->mutable_linear_probe();
  probe.mutable_optimizer()->set_learning_rate(1e38);
  EXPECT_THAT(toy_.Train(), StatusIs(absl::StatusCode::kOutOfRange,
                                     HasSubstr("not finite in epoch")));
}

TEST_F(TrainStageTest, StopsWhenItIsToldTo) {
  toy_.stage.stop = absl::CancelledError("stopped");
  EXPECT_THAT(toy_.Train(), StatusIs(absl::StatusCode::kCancelled, "stopped"));
}

}  // namespace
}  // namespace cxr
