// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/cost/stage_cost.h"

#include <algorithm>
#include <cmath>

#include "cxr/cost/decoder_cost.h"
#include "cxr/cost/head_cost.h"
#include "cxr/cost/image_passes.h"
#include "cxr/cost/ledger.h"
#include "cxr/cost/pretrain_cost.h"
#include "cxr/cost/source_size.h"
#include "cxr/cost/vit_cost.h"
#include "cxr/spec/fixed_features.h"

namespace cxr {
namespace {

constexpr int kBytesOfFloat = 4;

// Sizes of what is written, from the formats: a line of the index; id and
// patient of a prediction, then label and logit of a target; a word piece; a
// record of scores.
constexpr int kIndexLineBytes = 100;
constexpr int kPredictionBytes = 60;
constexpr int kTargetBytes = 16;
constexpr int kWordPieceBytes = 5;
constexpr int kRecordBytes = 4096;
constexpr int kMaskBitsOfPixel = 2;

constexpr char kModelInFiles[] =
    "the projector and the language model, whose sizes are in its files";

bool BackboneLearns(const spec::TrainSpec& train) {
  return train.has_fine_tune() &&
         train.fine_tune().backbone_gradient() == spec::TRAINED;
}

// Of one image of the input size; nothing for pixels.
Ledger BackboneForward(const spec::ExperimentSpec& experiment) {
  const spec::FeaturesSpec& features = experiment.features();
  if (!features.has_vit()) {
    return {};
  }
  const spec::VitSpec& backbone = experiment.backbone();
  const bool dropped = features.vit().registers() == spec::DROPPED_AS_RELEASED;
  return VitForward(backbone, features.preprocess().input_size_pixels(),
                    dropped ? 0 : backbone.registers());
}

double BackboneTrainingFlops(const spec::ExperimentSpec& experiment) {
  Ledger training = BackboneForward(experiment);
  if (BackboneLearns(experiment.train())) {
    training.Append(Backward(training, kBackward));
  }
  return training.Flops();
}

ImageTokens ImageTokensOf(const spec::ExperimentSpec& experiment) {
  const spec::VitSpec& backbone = experiment.backbone();
  return {.tokens = PatchesOf(
              backbone, experiment.features().preprocess().input_size_pixels()),
          .width = backbone.width()};
}

double DecoderTrainingFlops(const spec::ExperimentSpec& experiment) {
  const spec::ReportDecoderSpec& decoder = experiment.train().report_decoder();
  const double images = EpochImages(experiment).training;
  double flops = 0;
  for (const spec::DecoderStageSpec& stage : decoder.stages()) {
    const Ledger image =
        DecoderTraining(decoder, stage, ImageTokensOf(experiment));
    flops += images * stage.epochs() * image.Flops();
  }
  return flops;
}

double HeadFlops(const spec::ExperimentSpec& experiment,
                 const ImagePasses& passes) {
  if (experiment.train().has_report_decoder()) {
    const Ledger reading = DecoderForward(experiment.train().report_decoder(),
                                          ImageTokensOf(experiment));
    return DecoderTrainingFlops(experiment) +
           passes.validation * reading.Flops();
  }
  return 2 * TrainedHeadForward(experiment) *
         (3 * passes.training + passes.validation);
}

double TrainedParameters(const spec::ExperimentSpec& experiment) {
  const spec::TrainSpec& train = experiment.train();
  double parameters = KeptHeadParameters(experiment);
  if (train.has_report_decoder()) {
    parameters =
        DecoderParameters(train.report_decoder(), ImageTokensOf(experiment));
  }
  if (BackboneLearns(train)) {
    parameters += VitParameters(experiment.backbone());
  }
  return train.has_patient_folds() ? kFolds * parameters : parameters;
}

std::string NotCounted(const spec::TrainSpec& train) {
  if (train.report_decoder().has_files()) {
    return kModelInFiles;
  }
  for (const spec::DecoderStageSpec& stage : train.report_decoder().stages()) {
    if (stage.has_low_rank()) {
      return "the low-rank matrices";
    }
  }
  return "";
}

double PredictionFlops(const spec::ExperimentSpec& experiment) {
  const spec::TrainSpec& train = experiment.train();
  const double backbone =
      HasFixedFeatures(experiment) ? 0 : BackboneForward(experiment).Flops();
  if (train.has_report_decoder()) {
    return backbone + DecoderGeneration(train.report_decoder(),
                                        experiment.predict().decoding(),
                                        ImageTokensOf(experiment))
                          .Flops();
  }
  return backbone + 2 * KeptHeadForward(experiment);
}

double PredictionBytes(const spec::ExperimentSpec& experiment) {
  const spec::TrainSpec& train = experiment.train();
  if (train.has_segmentation_head()) {
    const double side = experiment.features().preprocess().input_size_pixels();
    return side * side * kMaskBitsOfPixel / 8;
  }
  if (train.has_report_decoder()) {
    return kPredictionBytes +
           double{kWordPieceBytes} *
               experiment.predict().decoding().max_new_tokens();
  }
  return kPredictionBytes + double{kTargetBytes} * train.targets_size();
}

// Ends of intervals up to the last step, which is always one.
double Intervals(const spec::PretrainSpec& pretrain, int steps_between) {
  const double steps = PretrainSteps(pretrain.schedule());
  return steps_between > 0 ? std::ceil(steps / steps_between) : 1;
}

double PretrainBytes(const spec::VitSpec& backbone,
                     const spec::PretrainSpec& pretrain) {
  const spec::PretrainWatchSpec& watch = pretrain.watch();
  const double looks = Intervals(pretrain, watch.evaluation_interval_steps());
  const double kept =
      std::min<double>(watch.checkpoints_kept(),
                       Intervals(pretrain, watch.checkpoint_interval_steps()));
  return looks * TeacherBytes(backbone, pretrain) +
         kept * CheckpointBytes(backbone, pretrain);
}

}  // namespace

CostEstimate PretrainCost(const spec::ExperimentSpec& experiment) {
  if (!experiment.has_pretrain()) {
    return {};
  }
  const spec::PretrainSpec& pretrain = experiment.pretrain();
  const spec::VitSpec& backbone = experiment.backbone();
  const bool classifies = pretrain.watch().nearest_neighbors() > 0;
  CostEstimate cost;
  cost.images = PretrainImages(pretrain);
  cost.flops = PretrainImage(backbone, pretrain).Flops() * cost.images;
  cost.disk_bytes = WholeNumber(PretrainBytes(backbone, pretrain));
  cost.not_counted =
      classifies ? "the looks of the nearest-neighbour classifier" : "";
  return cost;
}

CostEstimate DataCost(const spec::ExperimentSpec& experiment) {
  const int64_t images = SizeOf(experiment.data()).images;
  return {.disk_bytes = kIndexLineBytes * images};
}

CostEstimate FeaturesCost(const spec::ExperimentSpec& experiment) {
  if (!experiment.has_features() || !HasFixedFeatures(experiment)) {
    return {};
  }
  const int64_t images = SizeOf(experiment.data()).images;
  return {.flops = images * BackboneForward(experiment).Flops(),
          .images = images,
          .disk_bytes = images * KeptFeatures(experiment) * kBytesOfFloat};
}

CostEstimate TrainCost(const spec::ExperimentSpec& experiment) {
  if (!experiment.has_train()) {
    return {};
  }
  const ImagePasses passes = TrainImages(experiment);
  CostEstimate cost = {
      .flops = HeadFlops(experiment, passes),
      .disk_bytes = WholeNumber(kBytesOfFloat * TrainedParameters(experiment)),
      .not_counted = NotCounted(experiment.train())};
  if (!HasFixedFeatures(experiment)) {
    cost.images = WholeNumber(std::round(passes.training + passes.validation));
    cost.flops += passes.training * BackboneTrainingFlops(experiment) +
                  passes.validation * BackboneForward(experiment).Flops();
  }
  return cost;
}

int64_t TestImages(const spec::ExperimentSpec& experiment,
                   const SourceSize& size) {
  if (experiment.predict().subset() == spec::OUT_OF_FOLD) {
    return size.images;
  }
  const spec::OfficialSplitSpec& split = experiment.train().official();
  return split.has_declared_test()
             ? WholeNumber(split.declared_test().fraction() *
                           static_cast<double>(size.training_images))
             : size.test_images;
}

CostEstimate PredictCost(const spec::ExperimentSpec& experiment) {
  if (!experiment.has_predict()) {
    return {};
  }
  const SourceSize size = SizeOf(experiment.data());
  const int64_t images = TestImages(experiment, size);
  const bool in_files = experiment.train().report_decoder().has_files();
  return {.flops = images * PredictionFlops(experiment),
          .images = HasFixedFeatures(experiment) ? 0 : images,
          .disk_bytes = WholeNumber(images * PredictionBytes(experiment)),
          .not_counted = in_files ? kModelInFiles : ""};
}

CostEstimate ScoreCost(const spec::ExperimentSpec& experiment) {
  return {.disk_bytes = experiment.has_score() ? kRecordBytes : 0};
}

}  // namespace cxr
