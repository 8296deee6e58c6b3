// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/cost/image_passes.h"

#include <algorithm>

#include "cxr/cost/source_size.h"

namespace cxr {
namespace {

ImagePasses OfficialImages(const spec::ExperimentSpec& experiment) {
  const spec::OfficialSplitSpec& split = experiment.train().official();
  const SourceSize size = SizeOf(experiment.data());
  double training = size.training_images;
  if (split.has_declared_test()) {
    training *= 1 - split.declared_test().fraction();
  }
  if (split.has_training_sample()) {
    training *= split.training_sample().fraction();
  }
  if (split.has_held_out_patients()) {
    const double held_out = split.held_out_patients().fraction();
    return {.training = training * (1 - held_out),
            .validation = training * held_out};
  }
  const bool same = split.has_training_images_as_released();
  return {.training = training,
          .validation = same ? training : size.validation_images};
}

// A stage of a report decoder after the other.
double Epochs(const spec::ReportDecoderSpec& decoder) {
  double sum = 0;
  for (const spec::DecoderStageSpec& stage : decoder.stages()) {
    sum += stage.epochs();
  }
  return sum;
}

double Epochs(const spec::TrainSpec& train) {
  switch (train.method_case()) {
    case spec::TrainSpec::kLinearProbe:
      return train.linear_probe().epochs();
    case spec::TrainSpec::kProbeSweep:
      return train.probe_sweep().epochs();
    case spec::TrainSpec::kSegmentationHead:
      return train.segmentation_head().epochs();
    case spec::TrainSpec::kReportDecoder:
      return Epochs(train.report_decoder());
    case spec::TrainSpec::METHOD_NOT_SET:
      break;
  }
  return 0;
}

}  // namespace

ImagePasses EpochImages(const spec::ExperimentSpec& experiment) {
  const spec::TrainSpec& train = experiment.train();
  if (train.has_patient_folds()) {
    const double images = SizeOf(experiment.data()).images;
    return {.training = images * (kFolds - 1)};
  }
  ImagePasses epoch = OfficialImages(experiment);
  const int most = train.segmentation_head().max_training_images();
  if (most > 0) {
    epoch.training = std::min<double>(epoch.training, most);
  }
  return epoch;
}

ImagePasses TrainImages(const spec::ExperimentSpec& experiment) {
  const spec::TrainSpec& train = experiment.train();
  const ImagePasses epoch = EpochImages(experiment);
  const double epochs = Epochs(train);
  ImagePasses all = {.training = epochs * epoch.training};
  if (train.has_best_epoch()) {
    all.validation = epochs * epoch.validation;
  }
  if (train.has_probe_sweep()) {
    const spec::ProbeSweepSpec& sweep = train.probe_sweep();
    all.training = epochs * sweep.steps_per_epoch() * sweep.batch_images();
    all.validation = std::max(all.validation, epoch.validation);
  }
  return all;
}

}  // namespace cxr
