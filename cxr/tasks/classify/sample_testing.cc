// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/sample_testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "cxr/base/testing.h"
#include "cxr/data/index/index_csv.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/tasks/classify/predict_stage.h"
#include "cxr/tasks/classify/train_stage.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

constexpr absl::string_view kSpec = R"pb(
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

SampleClassification::SampleClassification()
    : options{.roots = {.samples = TestData("cxr/data/samples")},
              .threads = 2,
              .feature_batch_images = 7} {
  EXPECT_THAT(ParseTextproto(kSpec, stage.spec).issues, testing::IsEmpty());
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
