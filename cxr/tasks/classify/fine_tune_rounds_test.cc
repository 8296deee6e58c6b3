// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/fine_tune_rounds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cxr/base/testing.h"
#include "cxr/tasks/classify/epoch_log.h"
#include "cxr/tasks/classify/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class FineTuneRoundsTest : public ::testing::Test {
 protected:
  FineTuneRoundsTest() {
    spec::FineTuneSpec& fine_tune =
        *sample_.stage.spec.mutable_train()->mutable_fine_tune();
    fine_tune.set_backbone_learning_rate(1e-3);
    fine_tune.set_backbone_gradient(spec::TRAINED);
    sample_.options.threads = 1;
  }

  StageOutput Trained() const {
    absl::StatusOr<StageOutput> output = sample_.Train();
    EXPECT_OK(output);
    return output.ok() ? *std::move(output) : StageOutput();
  }

  static std::string Bytes(const StageOutput& output) {
    return ArtifactOf(output, "head_0.npy") +
           ArtifactOf(output, "backbone_0.safetensors") +
           ArtifactOf(output, "epochs.csv");
  }

  SampleClassification sample_;
};

TEST_F(FineTuneRoundsTest, TheBackboneLearns) {
  sample_.stage.spec.mutable_train()->mutable_linear_probe()->set_epochs(6);
  const StageOutput trained = Trained();
  ASSERT_OK_AND_ASSIGN(
      const std::vector<EpochLine> log,
      EpochLinesFromCsv(ArtifactOf(trained, "epochs.csv"), "epochs.csv"));
  ASSERT_THAT(log, SizeIs(6));
  EXPECT_LT(log[5].training_loss, log[0].training_loss);
  // With another rate another backbone.
  sample_.stage.spec.mutable_train()
      ->mutable_fine_tune()
      ->set_backbone_learning_rate(1e-5);
  EXPECT_NE(ArtifactOf(Trained(), "backbone_0.safetensors"),
            ArtifactOf(trained, "backbone_0.safetensors"));
}

TEST_F(FineTuneRoundsTest, GoesOnFromACheckpointAsIfItHadNeverStopped) {
  sample_.stage.spec.mutable_train()->mutable_linear_probe()->set_epochs(3);
  std::vector<FakeStage::Saved> saved;
  sample_.stage.saved = &saved;
  const StageOutput whole = Trained();
  ASSERT_THAT(saved, SizeIs(2));
  const FakeStage::Saved last = saved.back();
  sample_.stage.checkpoint_progress = last.first;
  sample_.stage.checkpoint = last.second;
  EXPECT_EQ(Bytes(Trained()), Bytes(whole));
}

TEST_F(FineTuneRoundsTest, PredictionsAreThoseOfTheTrainedBackbone) {
  const StageOutput trained = Trained();
  for (const ArtifactBytes& file : trained.artifacts) {
    sample_.stage.inputs[{StageKind::kTrain, file.name}] = file.bytes;
  }
  ASSERT_OK_AND_ASSIGN(const StageOutput fine_tuned, sample_.Predict());
  // The same head on the backbone as it was says something else.
  sample_.stage.spec.mutable_train()
      ->mutable_fine_tune()
      ->set_backbone_gradient(spec::BLOCKED_AS_RELEASED);
  ASSERT_OK_AND_ASSIGN(const StageOutput frozen, sample_.Predict());
  EXPECT_NE(ArtifactOf(fine_tuned, "predictions.csv"),
            ArtifactOf(frozen, "predictions.csv"));
}

TEST_F(FineTuneRoundsTest, ABackboneOfAnotherShapeIsDataLoss) {
  const StageOutput trained = Trained();
  for (const ArtifactBytes& file : trained.artifacts) {
    sample_.stage.inputs[{StageKind::kTrain, file.name}] = file.bytes;
  }
  sample_.stage.spec.mutable_backbone()->set_registers(3);
  EXPECT_THAT(sample_.Predict(),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("backbone_0.safetensors: register_tokens")));
}

}  // namespace
}  // namespace cxr
