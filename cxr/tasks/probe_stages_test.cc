// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/probe_stages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/npy.h"
#include "cxr/base/rng.h"
#include "cxr/base/testing.h"
#include "cxr/data/index/index_csv.h"
#include "cxr/score/predictions.h"
#include "cxr/tasks/common/testing.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int kImages = 31;
constexpr int kFolds = 3;
constexpr int kFeatures = 5;
constexpr int kConstantFeature = 4;

// Two of the three labels, not in their order.
constexpr absl::string_view kSpec = R"pb(
  data { source: NIH64 }
  train {
    targets: [ "Nodule", "Mass" ]
    patient_folds {}
    linear_probe {
      optimizer {
        learning_rate: 0.05
        weight_decay: 0
        beta1: 0.9
        beta2: 0.999
        epsilon: 1e-8
        max_gradient_norm: 0
      }
      epochs: 20
      batch_images: 4
      weight_init_std: 0.01
      scaling: STANDARDIZED
      seed: 3
    }
  }
)pb";

class ProbeStagesTest : public ::testing::Test {
 protected:
  // "Mass" is feature 0 > 5, "Nodule" is feature 1 < -3: lines separate them.
  ProbeStagesTest() {
    EXPECT_THAT(ParseTextproto(kSpec, stage_.spec).issues, IsEmpty());
    index_.index.label_names = {"Mass", "Edema", "Nodule"};
    features_ = {.rows = kImages, .columns = kFeatures};
    const CounterRng rng(11, "toy");
    for (int i = 0; i < kImages; ++i) {
      index_.rows.push_back(i);
      index_.index.examples.push_back({.id = absl::StrCat(i, ".png"),
                                       .patient_id = absl::StrCat("p", i / 2),
                                       .fold = i / 2 % kFolds});
      for (int k = 0; k < kFeatures; ++k) {
        features_.values.push_back(
            k == kConstantFeature
                ? 2.5f
                : static_cast<float>(5 - 8 * k +
                                     2 * rng.Normal(i * kFeatures + k)));
      }
      const float* row = &features_.values[i * kFeatures];
      index_.index.labels.insert(
          index_.index.labels.end(),
          {row[0] > 5 ? 1.0f : 0.0f, 0.0f, row[1] < -3 ? 1.0f : 0.0f});
    }
    GiveInputs();
  }

  void GiveInputs() {
    stage_.inputs[{StageKind::kData, "index.csv"}] = ToCsv(index_);
    stage_.inputs[{StageKind::kFeatures, "features.npy"}] = ToNpy(features_);
  }

  absl::StatusOr<StageOutput> Train(int threads = 2) const {
    return stage_.Run(StageKind::kTrain, [&](const StageRequest& request) {
      return RunTrainStage(request, {.threads = threads});
    });
  }

  absl::StatusOr<StageOutput> Predict(int threads = 2) const {
    return stage_.Run(StageKind::kPredict, [&](const StageRequest& request) {
      return RunPredictStage(request, {.threads = threads});
    });
  }

  // Trains and hands the heads on; `heads_` are what they hold.
  void TrainHeads() {
    ASSERT_OK_AND_ASSIGN(const StageOutput output, Train());
    ASSERT_THAT(output.artifacts, SizeIs(kFolds));
    heads_.clear();
    for (int fold = 0; fold < kFolds; ++fold) {
      const ArtifactBytes& file = output.artifacts[fold];
      ASSERT_EQ(file.name, absl::StrCat("head_", fold, ".npy"));
      stage_.inputs[{StageKind::kTrain, file.name}] = file.bytes;
      ASSERT_OK_AND_ASSIGN(FloatMatrix head,
                           FloatMatrixFromNpy(file.bytes, file.name));
      ASSERT_EQ(head.rows, 2 + 2);
      ASSERT_EQ(head.columns, kFeatures + 1);
      heads_.push_back(std::move(head));
    }
  }

  Predictions Predicted() const {
    const absl::StatusOr<StageOutput> output = Predict();
    EXPECT_OK(output);
    EXPECT_THAT(output->artifacts, SizeIs(1));
    EXPECT_EQ(output->artifacts[0].name, "predictions.csv");
    const absl::StatusOr<Predictions> predictions =
        PredictionsFromCsv(output->artifacts[0].bytes, "predictions.csv");
    EXPECT_OK(predictions);
    return *predictions;
  }

  int FoldOf(int image) const { return index_.index.examples[image].fold; }

  // Flips the labels of all images of `fold`.
  void FlipLabels(int fold) {
    for (int i = 0; i < kImages; ++i) {
      for (int k = 0; FoldOf(i) == fold && k < 3; ++k) {
        float& label = index_.index.labels[i * 3 + k];
        label = 1 - label;
      }
    }
    GiveInputs();
  }

  static float At(const FloatMatrix& matrix, int64_t row, int64_t column) {
    return matrix.values[row * matrix.columns + column];
  }

  FakeStage stage_;
  SelectedIndex index_;
  FloatMatrix features_;
  std::vector<FloatMatrix> heads_;
};

TEST_F(ProbeStagesTest, HeadsCarryTheScalingOfTheirTrainingImages) {
  TrainHeads();
  for (int fold = 0; fold < kFolds; ++fold) {
    for (int k = 0; k < kFeatures; ++k) {
      double count = 0;
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < kImages; ++i) {
        if (FoldOf(i) != fold) {
          ++count;
          sum += At(features_, i, k);
          squares += std::pow(At(features_, i, k), 2);
        }
      }
      const double mean = sum / count;
      const double std = std::sqrt(squares / count - mean * mean);
      EXPECT_NEAR(At(heads_[fold], 2, k), mean, 1e-5);
      EXPECT_NEAR(At(heads_[fold], 3, k), k == kConstantFeature ? 0 : 1 / std,
                  1e-5);
    }
    EXPECT_EQ(At(heads_[fold], 2, kFeatures), 0);
    EXPECT_EQ(At(heads_[fold], 3, kFeatures), 0);
  }
}

TEST_F(ProbeStagesTest, WithoutScalingFeaturesStayAsTheyAre) {
  stage_.spec.mutable_train()->mutable_linear_probe()->set_scaling(
      spec::NO_SCALING);
  TrainHeads();
  for (int k = 0; k < kFeatures; ++k) {
    EXPECT_EQ(At(heads_[0], 2, k), 0);
    EXPECT_EQ(At(heads_[0], 3, k), 1);
  }
}

TEST_F(ProbeStagesTest, LogitsAreThoseOfTheHeadOfTheOwnFold) {
  TrainHeads();
  const Predictions predictions = Predicted();
  ASSERT_THAT(predictions.logits, SizeIs(kImages * 2));
  for (int i = 0; i < kImages; ++i) {
    const FloatMatrix& head = heads_[FoldOf(i)];
    for (int target = 0; target < 2; ++target) {
      double logit = At(head, target, kFeatures);
      for (int k = 0; k < kFeatures; ++k) {
        const double scaled =
            (double{At(features_, i, k)} - At(head, 2, k)) * At(head, 3, k);
        logit += scaled * At(head, target, k);
      }
      EXPECT_NEAR(predictions.logits[i * 2 + target], logit, 1e-4);
    }
  }
}

// Heads written by hand: head f says 100 f + 2 (x0 - 1) for one target and
// -100 f - (x1 - 3) / 2 for the other. All numbers are exact.
TEST_F(ProbeStagesTest, HeadsAreReadAsTheirFormatSays) {
  for (int fold = 0; fold < kFolds; ++fold) {
    const float bias = 100.0f * static_cast<float>(fold);
    stage_.inputs[{StageKind::kTrain, absl::StrCat("head_", fold, ".npy")}] =
        ToNpy({.rows = 4, .columns = 6, .values = {2, 0,   0, 0, 0, bias,   //
                                                   0, -1,  0, 0, 0, -bias,  //
                                                   1, 3,   0, 0, 0, 0,      //
                                                   1, 0.5, 1, 1, 1, 0}});
  }
  for (int i = 0; i < kImages; ++i) {
    features_.values[i * kFeatures] = static_cast<float>(i);
    features_.values[i * kFeatures + 1] = static_cast<float>(2 * i + 1);
  }
  GiveInputs();
  const Predictions predictions = Predicted();
  for (int i = 0; i < kImages; ++i) {
    const int bias = 100 * FoldOf(i);
    EXPECT_EQ(predictions.logits[2 * i], bias + 2 * (i - 1));
    EXPECT_EQ(predictions.logits[2 * i + 1], -bias - (i - 1));
  }
}

TEST_F(ProbeStagesTest, PredictionsCarryTheTruthInTheOrderOfTheTargets) {
  TrainHeads();
  const Predictions predictions = Predicted();
  EXPECT_THAT(predictions.targets, ElementsAre("Nodule", "Mass"));
  ASSERT_THAT(predictions.ids, SizeIs(kImages));
  for (int i = 0; i < kImages; ++i) {
    EXPECT_EQ(predictions.ids[i], index_.index.examples[i].id);
    EXPECT_EQ(predictions.patients[i], index_.index.examples[i].patient_id);
    EXPECT_EQ(predictions.labels[2 * i], index_.index.Label(i, 2));
    EXPECT_EQ(predictions.labels[2 * i + 1], index_.index.Label(i, 0));
  }
}

TEST_F(ProbeStagesTest, HeadsLearnWhatALineSeparates) {
  TrainHeads();
  const Predictions predictions = Predicted();
  double score = 0;
  for (size_t k = 0; k < predictions.logits.size(); ++k) {
    score += (predictions.logits[k] > 0) == (predictions.labels[k] == 1);
  }
  // Chance is a half; images near the line may be missed out of fold.
  EXPECT_GT(score / std::ssize(predictions.logits), 0.85);
}

TEST_F(ProbeStagesTest, NoHeadSeesTheLabelsOfItsFold) {
  TrainHeads();
  const std::vector<FloatMatrix> before = heads_;
  const Predictions old = Predicted();
  FlipLabels(1);
  TrainHeads();
  EXPECT_EQ(heads_[1].values, before[1].values);
  EXPECT_NE(heads_[0].values, before[0].values);
  EXPECT_NE(heads_[2].values, before[2].values);
  const Predictions now = Predicted();
  for (int i = 0; i < kImages; ++i) {
    for (int k = 2 * i; k < 2 * i + 2; ++k) {
      EXPECT_EQ(now.logits[k] == old.logits[k], FoldOf(i) == 1) << i;
      EXPECT_EQ(now.labels[k] == old.labels[k], FoldOf(i) != 1) << i;
    }
  }
}

TEST_F(ProbeStagesTest, NoHeadSeesTheImagesOfItsFold) {
  TrainHeads();
  const std::vector<FloatMatrix> before = heads_;
  for (int i = 0; i < kImages; ++i) {
    if (FoldOf(i) == 2) {
      features_.values[i * kFeatures] += 1000;
    }
  }
  GiveInputs();
  TrainHeads();
  EXPECT_EQ(heads_[2].values, before[2].values);
  EXPECT_NE(heads_[0].values, before[0].values);
}

TEST_F(ProbeStagesTest, ThreadsChangeNoByte) {
  TrainHeads();
  ASSERT_OK_AND_ASSIGN(const StageOutput heads, Train(1));
  ASSERT_OK_AND_ASSIGN(const StageOutput predictions, Predict(1));
  for (const int threads : {2, 3}) {
    ASSERT_OK_AND_ASSIGN(const StageOutput more, Train(threads));
    for (int fold = 0; fold < kFolds; ++fold) {
      EXPECT_EQ(more.artifacts[fold].bytes, heads.artifacts[fold].bytes);
    }
    EXPECT_EQ(Predict(threads)->artifacts[0].bytes,
              predictions.artifacts[0].bytes);
  }
}

TEST_F(ProbeStagesTest, NotesTellTheNumberOfFolds) {
  EXPECT_THAT(Train()->notes, ElementsAre("3 patient-disjoint folds"));
}

TEST_F(ProbeStagesTest, UnknownTargetsAreRefusedWithTheNamesThereAre) {
  stage_.spec.mutable_train()->set_targets(0, "Hernia");
  const auto error = StatusIs(absl::StatusCode::kInvalidArgument,
                              AllOf(HasSubstr("NIH64"), HasSubstr("Hernia"),
                                    HasSubstr("Mass, Edema, Nodule")));
  EXPECT_THAT(Train(), error);
  EXPECT_THAT(Predict(), error);
}

TEST_F(ProbeStagesTest, MissingLabelsTrainButCannotBeScored) {
  index_.index.labels[4 * 3] = std::numeric_limits<float>::quiet_NaN();
  GiveInputs();
  TrainHeads();
  for (const FloatMatrix& head : heads_) {
    EXPECT_TRUE(std::isfinite(At(head, 1, 0)));
  }
  EXPECT_THAT(Predict(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                  "NIH64: image 4.png has no label Mass"));
}

TEST_F(ProbeStagesTest, OneFoldIsNotEnough) {
  for (Example& example : index_.index.examples) {
    example.fold = 0;
  }
  GiveInputs();
  EXPECT_THAT(Train(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                HasSubstr("needs two folds or more, found 1")));
}

TEST_F(ProbeStagesTest, EveryFoldNeedsImages) {
  for (Example& example : index_.index.examples) {
    example.fold = example.fold == 1 ? 0 : example.fold;
  }
  GiveInputs();
  EXPECT_THAT(Train(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                "NIH64: fold 1 holds no image"));
}

TEST_F(ProbeStagesTest, OfficialSplitsAreNotThereYet) {
  stage_.spec.mutable_train()->mutable_official();
  EXPECT_THAT(Train(), StatusIs(absl::StatusCode::kUnimplemented,
                                HasSubstr("train.official")));
}

TEST_F(ProbeStagesTest, HeadsOfAnotherShapeAreDataLoss) {
  TrainHeads();
  stage_.inputs[{StageKind::kTrain, "head_1.npy"}] =
      ToNpy({.rows = 4, .columns = 2, .values = std::vector<float>(8)});
  EXPECT_THAT(Predict(),
              StatusIs(absl::StatusCode::kDataLoss,
                       "head_1.npy: found 4 x 2 numbers, expected 4 x 6"));
}

}  // namespace
}  // namespace cxr
