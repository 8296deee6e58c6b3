// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/rng.h"
#include "cxr/base/testing.h"
#include "cxr/data/index/index_csv.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/tasks/classify/predict_stage.h"
#include "cxr/tasks/classify/train_stage.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

constexpr absl::string_view kToySpec = R"pb(
  data { source: NIH64 }
  features { pixels {} }
  train {
    targets: [ "Nodule", "Mass" ]
    label_policy: COMPLETE_LABELS
    patient_folds {}
    augmentation { none {} }
    last_epoch {}
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

constexpr absl::string_view kSampleSpec = R"pb(
  backbone {
    layout: DINOV2
    width: 16
    depth: 2
    heads: 2
    mlp_ratio: 2
    patch_size_pixels: 14
    position_grid: 2
    registers: 1
    position_interpolation: ANTIALIASED
  }
  data {
    source: NIH64
    views: [ PA, AP ]
    max_patients: 14
  }
  features {
    preprocess {
      equalization: OPENCV_HISTOGRAM
      input_size_pixels: 28
      resampling: PILLOW_BICUBIC
      normalization: IMAGENET
    }
    vit {
      weights {
        random { seed: 5 layer_scale_init: 1 linear_std: 0.25 position_std: 1 }
      }
      registers: KEPT
      pooled { last_layers: 2 token: CLASS_TOKEN norm: FINAL_NORM }
    }
  }
  train {
    targets: "Sex M"
    label_policy: COMPLETE_LABELS
    official { official_validation {} }
    augmentation {
      pipeline {
        crop { scale_min: 0.5 scale_max: 1 ratio_min: 0.75 ratio_max: 1.3 }
        steps { horizontal_flip { probability: 0.5 } }
      }
    }
    best_epoch { metric: LOWEST_LOSS }
    linear_probe {
      optimizer {
        learning_rate: 0.01
        weight_decay: 0
        beta1: 0.9
        beta2: 0.999
        epsilon: 1e-8
        max_gradient_norm: 1
      }
      epochs: 2
      batch_images: 16
      weight_init_std: 0.01
      scaling: NO_SCALING
      seed: 3
    }
  }
)pb";

constexpr int kValidationFold = 2;
constexpr int kTestFold = 3;

Part PartOf(const Example& example) {
  switch (example.fold) {
    case kValidationFold:
      return Part::kValidation;
    case kTestFold:
      return Part::kTest;
    default:
      return Part::kTraining;
  }
}

}  // namespace

ToyClassification::ToyClassification() {
  EXPECT_THAT(ParseTextproto(kToySpec, stage.spec).issues, testing::IsEmpty());
  index.index.source = "nih64";
  index.index.label_names = {"Mass", "Edema", "Nodule"};
  features = {.rows = kToyImages, .columns = kToyFeatures};
  const CounterRng rng(11, "toy");
  for (int i = 0; i < kToyImages; ++i) {
    const int patient = i / 2;
    index.rows.push_back(i);
    index.index.examples.push_back({.id = absl::StrCat(i, ".png"),
                                    .patient_id = absl::StrCat("p", patient),
                                    .part = patient >= 10  ? Part::kTest
                                            : patient >= 7 ? Part::kValidation
                                                           : Part::kTraining,
                                    .fold = patient % kToyFolds});
    for (int k = 0; k < kToyFeatures; ++k) {
      features.values.push_back(
          k == kToyConstantFeature
              ? 2.5f
              : static_cast<float>(5 - 8 * k +
                                   2 * rng.Normal(i * kToyFeatures + k)));
    }
    const float* row = &features.values[i * kToyFeatures];
    index.index.labels.insert(
        index.index.labels.end(),
        {row[0] > 5 ? 1.0f : 0.0f, 0.0f, row[1] < -3 ? 1.0f : 0.0f});
  }
  GiveInputs();
}

void ToyClassification::UseLists() {
  stage.spec.mutable_train()->mutable_official()->mutable_official_validation();
}

void ToyClassification::GiveInputs() {
  stage.inputs[{StageKind::kData, "index.csv"}] = ToCsv(index);
  stage.inputs[{StageKind::kFeatures, "features.npy"}] = ToNpy(features);
}

absl::StatusOr<LabelledImages> ToyClassification::Labelled() const {
  absl::StatusOr<LabelledImages> images = absl::UnknownError("not read");
  const absl::StatusOr<StageOutput> output =
      stage.Run(StageKind::kTrain, [&](const StageRequest& request) {
        images = ReadLabelledImages(request);
        return StageOutput();
      });
  EXPECT_OK(output);
  return images;
}

absl::StatusOr<StageOutput> ToyClassification::Train(int threads) const {
  return stage.Run(StageKind::kTrain, [&](const StageRequest& request) {
    return RunTrainStage(request, {.threads = threads});
  });
}

absl::StatusOr<StageOutput> ToyClassification::Predict(int threads) const {
  return stage.Run(StageKind::kPredict, [&](const StageRequest& request) {
    return RunPredictStage(request, {.threads = threads});
  });
}

StageOutput ToyClassification::TrainAndHandOn() {
  const absl::StatusOr<StageOutput> output = Train();
  EXPECT_OK(output);
  if (!output.ok()) return {};
  for (const ArtifactBytes& file : output->artifacts) {
    stage.inputs[{StageKind::kTrain, file.name}] = file.bytes;
  }
  return *output;
}

std::string ArtifactOf(const StageOutput& output, absl::string_view name) {
  for (const ArtifactBytes& file : output.artifacts) {
    if (file.name == name) return file.bytes;
  }
  ADD_FAILURE() << "no " << name;
  return "";
}

SampleClassification::SampleClassification()
    : options{.roots = {.samples = TestData("cxr/data/samples")},
              .threads = 2,
              .feature_batch_images = 7} {
  EXPECT_THAT(ParseTextproto(kSampleSpec, stage.spec).issues,
              testing::IsEmpty());
  absl::StatusOr<std::unique_ptr<Dataset>> made =
      MakeDataset(stage.spec.data(), options.roots);
  EXPECT_OK(made);
  dataset = *std::move(made);
  absl::StatusOr<SelectedIndex> selected =
      Select(dataset->index(), stage.spec.data());
  EXPECT_OK(selected);
  for (Example& example : selected->index.examples) {
    example.part = PartOf(example);
  }
  stage.inputs[{StageKind::kData, "index.csv"}] = ToCsv(*selected);
  EXPECT_OK(stage.Run(
      StageKind::kTrain,
      [&](const StageRequest& request) -> absl::StatusOr<StageOutput> {
        absl::StatusOr<LabelledImages> read = ReadLabelledImages(request);
        EXPECT_OK(read);
        images = *std::move(read);
        return StageOutput();
      }));
}

absl::StatusOr<StageOutput> SampleClassification::Train() const {
  return stage.Run(StageKind::kTrain, [&](const StageRequest& request) {
    return RunTrainStage(request, options);
  });
}

absl::StatusOr<StageOutput> SampleClassification::Predict() const {
  return stage.Run(StageKind::kPredict, [&](const StageRequest& request) {
    return RunPredictStage(request, options);
  });
}

}  // namespace cxr
