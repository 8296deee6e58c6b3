// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/probe_rounds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cxr/base/testing.h"
#include "cxr/score/predictions.h"
#include "cxr/tasks/classify/epoch_log.h"
#include "cxr/tasks/classify/testing.h"

namespace cxr {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// Heads on views of real images, through the whole train stage.
class ProbeRoundsTest : public ::testing::Test {
 protected:
  StageOutput Trained() const {
    absl::StatusOr<StageOutput> output = sample_.Train();
    EXPECT_OK(output);
    return output.ok() ? *std::move(output) : StageOutput();
  }

  static std::string Bytes(const StageOutput& output) {
    return ArtifactOf(output, "head_0.npy") + ArtifactOf(output, "epochs.csv");
  }

  SampleClassification sample_;
};

TEST_F(ProbeRoundsTest, ThreadsChangeNoByte) {
  sample_.options.threads = 1;
  const StageOutput one = Trained();
  sample_.options.threads = 3;
  EXPECT_EQ(Bytes(Trained()), Bytes(one));
  EXPECT_THAT(one.notes, Contains(HasSubstr("of 2 by LOWEST_LOSS")));
  EXPECT_THAT(one.notes, Contains(HasSubstr("random weights (seed 5")));
}

TEST_F(ProbeRoundsTest, GoesOnFromAnyCheckpointAsIfItHadNeverStopped) {
  sample_.stage.spec.mutable_train()->mutable_linear_probe()->set_epochs(3);
  std::vector<FakeStage::Saved> saved;
  sample_.stage.saved = &saved;
  const StageOutput whole = Trained();
  ASSERT_THAT(saved, SizeIs(2));  // none after the last epoch
  EXPECT_DOUBLE_EQ(saved[0].first, 1.0 / 3);
  const std::vector<FakeStage::Saved> kept = saved;
  for (const FakeStage::Saved& checkpoint : kept) {
    sample_.stage.checkpoint_progress = checkpoint.first;
    sample_.stage.checkpoint = checkpoint.second;
    EXPECT_EQ(Bytes(Trained()), Bytes(whole)) << checkpoint.first;
  }
}

TEST_F(ProbeRoundsTest, TheHeadPredictsTheTestImages) {
  const StageOutput output = Trained();
  sample_.stage.inputs[{StageKind::kTrain, "head_0.npy"}] =
      ArtifactOf(output, "head_0.npy");
  ASSERT_OK_AND_ASSIGN(const StageOutput predicted, sample_.Predict());
  ASSERT_OK_AND_ASSIGN(
      const Predictions predictions,
      PredictionsFromCsv(ArtifactOf(predicted, "predictions.csv"), "p"));
  EXPECT_EQ(predictions.ids.size(), sample_.images.rounds[0].test.size());
  sample_.options.threads = 1;
  ASSERT_OK_AND_ASSIGN(const StageOutput again, sample_.Predict());
  EXPECT_EQ(ArtifactOf(again, "predictions.csv"),
            ArtifactOf(predicted, "predictions.csv"));
}

// The released code's condition is inverted: no gradient reaches the backbone.
TEST_F(ProbeRoundsTest, ABlockedFineTuningIsAProbe) {
  const StageOutput probe = Trained();
  spec::FineTuneSpec& fine_tune =
      *sample_.stage.spec.mutable_train()->mutable_fine_tune();
  fine_tune.set_backbone_learning_rate(1e-2);
  fine_tune.set_backbone_gradient(spec::BLOCKED_AS_RELEASED);
  EXPECT_EQ(Bytes(Trained()), Bytes(probe));
}

TEST_F(ProbeRoundsTest, ASweepKeepsTheBestOfItsMembers) {
  spec::TrainSpec& train = *sample_.stage.spec.mutable_train();
  spec::ProbeSweepSpec& sweep = *train.mutable_probe_sweep();
  for (const double rate : {1e-5, 1e-2}) sweep.add_learning_rates(rate);
  for (const int layers : {1, 2}) sweep.add_last_layers(layers);
  sweep.set_beta1(0.9);
  sweep.set_beta2(0.999);
  sweep.set_epsilon(1e-8);
  sweep.set_epochs(2);
  sweep.set_steps_per_epoch(3);
  sweep.set_batch_images(8);
  const StageOutput output = Trained();
  ASSERT_OK_AND_ASSIGN(
      const std::vector<EpochLine> log,
      EpochLinesFromCsv(ArtifactOf(output, "epochs.csv"), "epochs.csv"));
  EXPECT_THAT(log, SizeIs(2 * 4));
  EXPECT_THAT(output.notes, Contains(HasSubstr("learning rate ")));
  EXPECT_EQ(Bytes(Trained()), Bytes(output));
}

}  // namespace
}  // namespace cxr
