// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/spec/merge.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

constexpr absl::string_view kSmall = R"pb(
  backbone {
    layout: DINOV2
    width: 16
    depth: 2
    heads: 2
    mlp_ratio: 2
    patch_size_pixels: 14
    position_grid: 4
    registers: 1
    position_interpolation: OFFSET_AS_RELEASED
  }
  pretrain {
    data {
      source: NIH64
      part: ALL_PARTS
      views: [ PA, AP ]
      max_patients: 20
    }
    equalization: OPENCV_HISTOGRAM
    normalization: IMAGENET
    crops {
      global_size_pixels: 56
      local_size_pixels: 28
      local_count: 2
      first_global {
        crop { scale_min: 0.32 scale_max: 1 ratio_min: 0.75 ratio_max: 1.33 }
        steps { horizontal_flip { probability: 0.5 } }
        blur_probability: BLUR_NOMINAL
        affine_translation: UNIFORM_TRANSLATION
      }
      second_global {
        crop { scale_min: 0.32 scale_max: 1 ratio_min: 0.75 ratio_max: 1.33 }
        steps { horizontal_flip { probability: 0.5 } }
        blur_probability: BLUR_NOMINAL
        affine_translation: UNIFORM_TRANSLATION
      }
      local {
        crop { scale_min: 0.05 scale_max: 0.32 ratio_min: 0.75 ratio_max: 1.33 }
        steps { horizontal_flip { probability: 0.5 } }
        blur_probability: BLUR_NOMINAL
        affine_translation: UNIFORM_TRANSLATION
      }
    }
    masking {
      masked_crops_fraction: 0.5
      ratio_min: 0.1
      ratio_max: 0.5
      limit: PRECEDENCE_AS_RELEASED
      min_block_patches: 4
      min_aspect: 0.3
      tries: 10
    }
    heads {
      dino { layers: 2 hidden_width: 16 bottleneck_width: 8 prototypes: 24 }
      separate { layers: 2 hidden_width: 16 bottleneck_width: 8 prototypes: 20 }
    }
    ema_centering { momentum: 0.9 patch_mean: MEAN_OF_GROUPS_AS_RELEASED }
    temperatures {
      student: 0.1
      teacher_start: 0.04
      teacher_end: 0.07
      teacher_warmup_epochs: 1
    }
    losses { dino: 1 ibot: 1 koleo: 0.1 koleo_epsilon: 1e-8 }
    batch {
      global_images: 8
      group_images: 4
      accumulated_batches: 1
      accumulation: LOSS_DIVIDED
    }
    optimizer {
      learning_rate: 1e-3
      weight_decay: 0.01
      beta1: 0.9
      beta2: 0.999
      epsilon: 1e-8
      max_gradient_norm: 3
    }
    schedule {
      epochs: 2
      steps_per_epoch: 3
      stop_after_steps: 0
      warmup_epochs: 1
      min_learning_rate: 1e-6
      learning_rate_scaling: NO_LEARNING_RATE_SCALING_AS_RELEASED
      weight_decay_end: 0.01
      momentum_start: 0.9
      momentum_end: 0.9
      freeze_prototypes_epochs: 0
      layer_decay: 1
      patch_embed_multiplier: 0.2
    }
    drop_path: 0
    initial_weights {
      random { seed: 3 layer_scale_init: 1 linear_std: 0.2 position_std: 0.5 }
    }
    heads_seed: 4
    data_seed: 5
    precision: FLOAT32_TRAINING
    resume { schedules: SCHEDULES_CONTINUE sampler: SAMPLER_CONTINUES }
    watch {
      evaluation_interval_steps: 3
      nearest_neighbors: 0
      checkpoint_interval_steps: 2
      checkpoints_kept: 2
    }
  }
)pb";

}  // namespace

spec::ExperimentSpec SmallPretraining(absl::string_view change) {
  spec::ExperimentSpec spec;
  EXPECT_THAT(ParseTextproto(kSmall, spec).issues, ::testing::IsEmpty());
  spec::ExperimentSpec over;
  EXPECT_THAT(ParseTextproto(change, over).issues, ::testing::IsEmpty())
      << change;
  MergeOver(over, spec);
  return spec;
}

absl::StatusOr<std::unique_ptr<Dataset>> OpenSample(
    const spec::DataSpec& data) {
  return MakeDataset(data, {.samples = TestData("cxr/data/samples")});
}

}  // namespace cxr
