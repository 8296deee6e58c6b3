// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/pretrain_options.h"

#include <algorithm>
#include <cmath>

#include "cxr/base/check.h"
#include "cxr/data/load/normalization.h"
#include "cxr/tasks/common/vit_options.h"

namespace cxr {
namespace {

// Batches of DINOv2's square root rule (dinov2/utils/config.py).
constexpr double kReferenceImages = 1024;

// Logits of a chunk of rows, in numbers: 256 MB of float32.
constexpr int64_t kChunkLogits = int64_t{1} << 26;

ProjectionHeadOptions HeadOf(const spec::ProjectionHeadSpec& head,
                             int64_t input_width) {
  return {.input_width = input_width,
          .layers = head.layers(),
          .hidden_width = head.hidden_width(),
          .bottleneck_width = head.bottleneck_width(),
          .prototypes = head.prototypes()};
}

DistillationNetworkOptions NetworkOf(const spec::ExperimentSpec& experiment) {
  const spec::VitSpec& backbone = experiment.backbone();
  const spec::ProjectionHeadsSpec& heads = experiment.pretrain().heads();
  DistillationNetworkOptions options = {
      .backbone = VitOptionsOf(backbone),
      .dino_head = HeadOf(heads.dino(), backbone.width())};
  if (heads.has_separate()) {
    options.ibot_head = HeadOf(heads.separate(), backbone.width());
  }
  return options;
}

at::ScalarType ComputeType(spec::TrainingPrecision precision) {
  switch (precision) {
    case spec::FLOAT32_TRAINING:
      return at::kFloat;
    case spec::BFLOAT16_TRAINING:
      return at::kBFloat16;
    case spec::FLOAT16_TRAINING:
    case spec::FLOAT16_AS_RELEASED:
      return at::kHalf;
    default:
      CXR_CHECK(false) << "unresolved spec: precision " << precision;
      return at::kFloat;
  }
}

SelfDistillationOptions LossesOf(const spec::PretrainSpec& pretrain) {
  const spec::LossesSpec& losses = pretrain.losses();
  const int64_t most_prototypes =
      std::max<int64_t>(pretrain.heads().dino().prototypes(),
                        pretrain.heads().separate().prototypes());
  SelfDistillationOptions options = {
      .dino_weight = losses.dino(),
      .ibot_weight = losses.ibot(),
      .koleo_weight = losses.koleo(),
      .koleo_epsilon = losses.koleo_epsilon(),
      .student_temperature = pretrain.temperatures().student(),
      .chunk_rows = std::max<int64_t>(1, kChunkLogits / most_prototypes),
      .global_images = pretrain.batch().global_images(),
      .compute_type = ComputeType(pretrain.precision())};
  if (pretrain.has_sinkhorn_knopp()) {
    options.centering = Centering::kSinkhornKnopp;
    options.sinkhorn_iterations = pretrain.sinkhorn_knopp().iterations();
  } else {
    options.center_momentum = pretrain.ema_centering().momentum();
    options.mean_of_groups = pretrain.ema_centering().patch_mean() ==
                             spec::MEAN_OF_GROUPS_AS_RELEASED;
  }
  return options;
}

double LearningRateFactor(const spec::PretrainSpec& pretrain) {
  return pretrain.schedule().learning_rate_scaling() == spec::SQRT_RULE
             ? std::sqrt(pretrain.batch().global_images() / kReferenceImages)
             : 1;
}

PretrainScheduleOptions ScheduleOf(const spec::PretrainSpec& pretrain) {
  const spec::PretrainScheduleSpec& schedule = pretrain.schedule();
  const spec::TemperaturesSpec& temperatures = pretrain.temperatures();
  const double accumulation = pretrain.batch().accumulation() ==
                                      spec::LEARNING_RATE_MULTIPLIED_AS_RELEASED
                                  ? pretrain.batch().accumulated_batches()
                                  : 1;
  return {.steps_per_epoch = schedule.steps_per_epoch(),
          .epochs = schedule.epochs(),
          .warmup_epochs = schedule.warmup_epochs(),
          .learning_rate = pretrain.optimizer().learning_rate() *
                           LearningRateFactor(pretrain) * accumulation,
          .min_learning_rate = schedule.min_learning_rate() * accumulation,
          .weight_decay = pretrain.optimizer().weight_decay(),
          .weight_decay_end = schedule.weight_decay_end(),
          .momentum_start = schedule.momentum_start(),
          .momentum_end = schedule.momentum_end(),
          .teacher_temperature_start = temperatures.teacher_start(),
          .teacher_temperature_end = temperatures.teacher_end(),
          .teacher_warmup_epochs = temperatures.teacher_warmup_epochs(),
          .freeze_prototypes_epochs = schedule.freeze_prototypes_epochs()};
}

}  // namespace

PretrainerOptions PretrainerOptionsOf(const spec::ExperimentSpec& experiment,
                                      c10::Device device) {
  const spec::PretrainSpec& pretrain = experiment.pretrain();
  PretrainerOptions options = {
      .network = NetworkOf(experiment),
      .losses = LossesOf(pretrain),
      .rules = {.depth = experiment.backbone().depth(),
                .layer_decay = pretrain.schedule().layer_decay(),
                .patch_embed_multiplier =
                    pretrain.schedule().patch_embed_multiplier()},
      .schedule = ScheduleOf(pretrain),
      .optimizer = {.beta1 = pretrain.optimizer().beta1(),
                    .beta2 = pretrain.optimizer().beta2(),
                    .epsilon = pretrain.optimizer().epsilon()},
      .max_gradient_norm = pretrain.optimizer().max_gradient_norm(),
      .divide_loss = pretrain.batch().accumulation() == spec::LOSS_DIVIDED,
      .half_networks = pretrain.precision() == spec::FLOAT16_AS_RELEASED,
      .device = device};
  if (options.losses.compute_type == at::kHalf) options.loss_scale.emplace();
  return options;
}

DropPathOptions DropPathOptionsOf(const spec::ExperimentSpec& experiment) {
  const spec::PretrainSpec& pretrain = experiment.pretrain();
  return {.drop = pretrain.drop_path(),
          .depth = experiment.backbone().depth(),
          .group_images = pretrain.batch().group_images(),
          .local_count = pretrain.crops().local_count(),
          .seed = pretrain.data_seed()};
}

BatchFormat BatchFormatOf(const spec::PretrainSpec& pretrain,
                          c10::Device device) {
  const ChannelStatistics channels = StatisticsOf(pretrain.normalization());
  return {.group_images = pretrain.batch().group_images(),
          .local_count = pretrain.crops().local_count(),
          .mean = channels.mean,
          .std = channels.std,
          .type = pretrain.precision() == spec::FLOAT16_AS_RELEASED
                      ? at::kHalf
                      : at::kFloat,
          .device = device};
}

BlockMaskOptions MaskOptionsOf(const spec::PretrainSpec& pretrain,
                               int patch_size_pixels) {
  const spec::MaskingSpec& masking = pretrain.masking();
  const int size = pretrain.crops().global_size_pixels();
  const int grid = size / patch_size_pixels;
  // 0.5 * size // patch * size // patch, from left to right.
  const double as_released =
      std::floor(std::floor(masking.ratio_max() * size / patch_size_pixels) *
                 size / patch_size_pixels);
  return {.grid = grid,
          .masked_crops_fraction = masking.masked_crops_fraction(),
          .ratio_min = masking.ratio_min(),
          .ratio_max = masking.ratio_max(),
          .limit_patches =
              static_cast<int>(masking.limit() == spec::PRECEDENCE_AS_RELEASED
                                   ? as_released
                                   : masking.ratio_max() * grid * grid),
          .min_block_patches = masking.min_block_patches(),
          .min_aspect = masking.min_aspect(),
          .tries = masking.tries()};
}

int64_t StepsOf(const spec::PretrainScheduleSpec& schedule) {
  const int64_t all = int64_t{schedule.epochs()} * schedule.steps_per_epoch();
  return schedule.stop_after_steps() == 0
             ? all
             : std::min<int64_t>(all, schedule.stop_after_steps());
}

}  // namespace cxr
