// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/predict_stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/npy.h"
#include "cxr/base/testing.h"
#include "cxr/score/predictions.h"
#include "cxr/tasks/classify/testing.h"

namespace cxr {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;
using ::testing::SizeIs;

class PredictStageTest : public ::testing::Test {
 protected:
  Predictions Predicted() const {
    const absl::StatusOr<StageOutput> output = toy_.Predict();
    EXPECT_OK(output);
    if (!output.ok()) return {};
    const absl::StatusOr<Predictions> predictions = PredictionsFromCsv(
        ArtifactOf(*output, "predictions.csv"), "predictions.csv");
    EXPECT_OK(predictions);
    return *predictions;
  }

  FloatMatrix Head(int round) const {
    const std::string file = HeadFile(round);
    const absl::StatusOr<FloatMatrix> head = FloatMatrixFromNpy(
        toy_.stage.inputs.at({StageKind::kTrain, file}), file);
    EXPECT_OK(head);
    return *head;
  }

  int FoldOf(int image) const { return toy_.index.index.examples[image].fold; }

  // Flips the labels of all images of `fold`.
  void FlipLabels(int fold) {
    for (int i = 0; i < kToyImages; ++i) {
      for (int k = 0; FoldOf(i) == fold && k < 3; ++k) {
        float& label = toy_.index.index.labels[i * 3 + k];
        label = 1 - label;
      }
    }
    toy_.GiveInputs();
  }

  ToyClassification toy_;
};

TEST_F(PredictStageTest, LogitsAreThoseOfTheHeadOfTheOwnFold) {
  toy_.TrainAndHandOn();
  const Predictions predictions = Predicted();
  ASSERT_THAT(predictions.logits, SizeIs(kToyImages * 2));
  for (int i = 0; i < kToyImages; ++i) {
    const FloatMatrix head = Head(FoldOf(i));
    const auto at = [&](int row, int column) {
      return head.values[row * head.columns + column];
    };
    for (int target = 0; target < 2; ++target) {
      double logit = at(target, kToyFeatures);
      for (int k = 0; k < kToyFeatures; ++k) {
        const double feature = toy_.features.values[i * kToyFeatures + k];
        logit += (feature - at(2, k)) * at(3, k) * at(target, k);
      }
      EXPECT_NEAR(predictions.logits[i * 2 + target], logit, 1e-4);
    }
  }
}

// Heads written by hand: head f says 100 f + 2 (x0 - 1) for one target and
// -100 f - (x1 - 3) / 2 for the other. All numbers are exact.
TEST_F(PredictStageTest, HeadsAreReadAsTheirFormatSays) {
  for (int fold = 0; fold < kToyFolds; ++fold) {
    const float bias = 100.0f * static_cast<float>(fold);
    toy_.stage.inputs[{StageKind::kTrain, HeadFile(fold)}] =
        ToNpy({.rows = 4, .columns = 6, .values = {2, 0,   0, 0, 0, bias,   //
                                                   0, -1,  0, 0, 0, -bias,  //
                                                   1, 3,   0, 0, 0, 0,      //
                                                   1, 0.5, 1, 1, 1, 0}});
  }
  for (int i = 0; i < kToyImages; ++i) {
    toy_.features.values[i * kToyFeatures] = static_cast<float>(i);
    toy_.features.values[i * kToyFeatures + 1] = static_cast<float>(2 * i + 1);
  }
  toy_.GiveInputs();
  const Predictions predictions = Predicted();
  for (int i = 0; i < kToyImages; ++i) {
    const int bias = 100 * FoldOf(i);
    EXPECT_EQ(predictions.logits[2 * i], bias + 2 * (i - 1));
    EXPECT_EQ(predictions.logits[2 * i + 1], -bias - (i - 1));
  }
}

TEST_F(PredictStageTest, PredictionsCarryTheTruthInTheOrderOfTheTargets) {
  toy_.TrainAndHandOn();
  const Predictions predictions = Predicted();
  const ImageIndex& index = toy_.index.index;
  EXPECT_THAT(predictions.targets, ElementsAre("Nodule", "Mass"));
  ASSERT_THAT(predictions.ids, SizeIs(kToyImages));
  for (int i = 0; i < kToyImages; ++i) {
    EXPECT_EQ(predictions.ids[i], index.examples[i].id);
    EXPECT_EQ(predictions.patients[i], index.examples[i].patient_id);
    EXPECT_EQ(predictions.labels[2 * i], index.Label(i, 2));
    EXPECT_EQ(predictions.labels[2 * i + 1], index.Label(i, 0));
  }
}

TEST_F(PredictStageTest, OfListsTheTestImagesAlone) {
  toy_.UseLists();
  toy_.TrainAndHandOn();
  const Predictions predictions = Predicted();
  ASSERT_THAT(predictions.ids, SizeIs(11));
  EXPECT_EQ(predictions.ids[0], "20.png");
  EXPECT_EQ(predictions.ids[10], "30.png");
}

TEST_F(PredictStageTest, HeadsLearnWhatALineSeparates) {
  toy_.TrainAndHandOn();
  const Predictions predictions = Predicted();
  double score = 0;
  for (size_t k = 0; k < predictions.logits.size(); ++k) {
    score += (predictions.logits[k] > 0) == (predictions.labels[k] == 1);
  }
  // Chance is a half; images near the line may be missed out of fold.
  EXPECT_GT(score / std::ssize(predictions.logits), 0.85);
}

TEST_F(PredictStageTest, NoHeadSeesTheLabelsOfItsFold) {
  toy_.TrainAndHandOn();
  const Predictions old = Predicted();
  FlipLabels(1);
  toy_.TrainAndHandOn();
  const Predictions now = Predicted();
  for (int i = 0; i < kToyImages; ++i) {
    for (int k = 2 * i; k < 2 * i + 2; ++k) {
      EXPECT_EQ(now.logits[k] == old.logits[k], FoldOf(i) == 1) << i;
      EXPECT_EQ(now.labels[k] == old.labels[k], FoldOf(i) != 1) << i;
    }
  }
}

TEST_F(PredictStageTest, ThreadsChangeNoByte) {
  toy_.TrainAndHandOn();
  ASSERT_OK_AND_ASSIGN(const StageOutput one, toy_.Predict(1));
  for (const int threads : {2, 3}) {
    ASSERT_OK_AND_ASSIGN(const StageOutput more, toy_.Predict(threads));
    EXPECT_EQ(more.artifacts[0].bytes, one.artifacts[0].bytes);
  }
}

TEST_F(PredictStageTest, UnusableImagesAreNotPredicted) {
  toy_.TrainAndHandOn();
  for (int k = 0; k < kToyFeatures; ++k) {
    toy_.features.values[7 * kToyFeatures + k] =
        std::numeric_limits<float>::quiet_NaN();
  }
  toy_.GiveInputs();
  const Predictions predictions = Predicted();
  EXPECT_THAT(predictions.ids, SizeIs(kToyImages - 1));
  EXPECT_THAT(predictions.ids, Not(Contains("7.png")));
}

TEST_F(PredictStageTest, LabelsThatAreLeftOutCannotBeScored) {
  toy_.stage.spec.mutable_train()->set_label_policy(spec::U_IGNORE);
  toy_.index.index.labels[4 * 3] = kUncertain;
  toy_.GiveInputs();
  toy_.TrainAndHandOn();
  EXPECT_THAT(toy_.Predict(),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "nih64: test image 4.png has no label Mass"));
}

TEST_F(PredictStageTest, HeadsOfAnotherShapeAreDataLoss) {
  toy_.TrainAndHandOn();
  toy_.stage.inputs[{StageKind::kTrain, "head_1.npy"}] =
      ToNpy({.rows = 4, .columns = 2, .values = std::vector<float>(8)});
  EXPECT_THAT(toy_.Predict(),
              StatusIs(absl::StatusCode::kDataLoss,
                       "head_1.npy: found 4 x 2 numbers, expected 4 x 6"));
}

}  // namespace
}  // namespace cxr
