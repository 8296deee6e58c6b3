// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/cost/pretrain_cost.h"

#include <cmath>

#include "cxr/cost/vit_cost.h"

namespace cxr {
namespace {

constexpr int kGlobalCrops = 2;
constexpr int kBytesOfFloat = 4;

const spec::ProjectionHeadSpec& PatchHead(
    const spec::ProjectionHeadsSpec& heads) {
  return heads.has_separate() ? heads.separate() : heads.dino();
}

// Products of one token in the layers up to the bottleneck, which are also
// their weights.
double PerceptronWeights(double width, const spec::ProjectionHeadSpec& head) {
  const double hidden = head.hidden_width();
  const double bottleneck = head.bottleneck_width();
  if (head.layers() <= 1) {
    return width * bottleneck;
  }
  return width * hidden + (head.layers() - 2) * hidden * hidden +
         hidden * bottleneck;
}

double PrototypeWeights(const spec::ProjectionHeadSpec& head) {
  return double{1} * head.bottleneck_width() * head.prototypes();
}

void AddHead(double width, const spec::ProjectionHeadSpec& head, double tokens,
             Ledger& ledger) {
  ledger.Add(kForward, kHead, tokens * PerceptronWeights(width, head));
  ledger.Add(kForward, kPrototypes, tokens * PrototypeWeights(head));
}

// A network on the two global crops and `local_crops` local ones.
Ledger NetworkForward(const spec::VitSpec& backbone,
                      const spec::PretrainSpec& pretrain, int local_crops) {
  const spec::CropsSpec& crops = pretrain.crops();
  const int registers = backbone.registers();
  Ledger ledger;
  ledger.Append(VitForward(backbone, crops.global_size_pixels(), registers),
                kGlobalCrops);
  ledger.Append(VitForward(backbone, crops.local_size_pixels(), registers),
                local_crops);
  AddHead(backbone.width(), pretrain.heads().dino(), kGlobalCrops + local_crops,
          ledger);
  AddHead(backbone.width(), PatchHead(pretrain.heads()),
          MaskedPatches(backbone, pretrain), ledger);
  return ledger;
}

// Of the backbone and its heads.
double NetworkParameters(const spec::VitSpec& backbone,
                         const spec::PretrainSpec& pretrain) {
  const spec::ProjectionHeadsSpec& heads = pretrain.heads();
  double sum = VitParameters(backbone);
  sum += ProjectionHeadParameters(backbone.width(), heads.dino());
  if (heads.has_separate()) {
    sum += ProjectionHeadParameters(backbone.width(), heads.separate());
  }
  return sum;
}

}  // namespace

double MaskedPatches(const spec::VitSpec& backbone,
                     const spec::PretrainSpec& pretrain) {
  const spec::MaskingSpec& masking = pretrain.masking();
  const double group = pretrain.batch().group_images();
  const double patches =
      PatchesOf(backbone, pretrain.crops().global_size_pixels());
  const double masked_crops =
      std::floor(kGlobalCrops * group * masking.masked_crops_fraction());
  const double range = masking.ratio_max() - masking.ratio_min();
  double sum = 0;
  for (double crop = 0; crop < masked_crops; ++crop) {
    const double ratio =
        masking.ratio_min() + (crop + 0.5) * range / masked_crops;
    sum += std::floor(patches * ratio);
  }
  return masked_crops > 0 ? sum / group : 0;
}

Ledger PretrainImage(const spec::VitSpec& backbone,
                     const spec::PretrainSpec& pretrain) {
  const Ledger student = Renamed(
      NetworkForward(backbone, pretrain, pretrain.crops().local_count()),
      kStudentForward);
  Ledger image = student;
  image.Append(Backward(student, kStudentBackward));
  image.Append(Renamed(NetworkForward(backbone, pretrain, /*local_crops=*/0),
                       kTeacherForward));
  return image;
}

int64_t PretrainSteps(const spec::PretrainScheduleSpec& schedule) {
  if (schedule.stop_after_steps() > 0) {
    return schedule.stop_after_steps();
  }
  return int64_t{schedule.epochs()} * schedule.steps_per_epoch();
}

int64_t PretrainImages(const spec::PretrainSpec& pretrain) {
  const double steps = PretrainSteps(pretrain.schedule());
  return WholeNumber(steps * pretrain.batch().global_images() *
                     pretrain.batch().accumulated_batches());
}

int64_t ProjectionHeadParameters(int width,
                                 const spec::ProjectionHeadSpec& head) {
  const double biases = double{1} * (head.layers() - 1) * head.hidden_width() +
                        head.bottleneck_width();
  const double prototype_lengths = head.prototypes();
  return WholeNumber(PerceptronWeights(width, head) + biases +
                     PrototypeWeights(head) + prototype_lengths);
}

int64_t TeacherBytes(const spec::VitSpec& backbone,
                     const spec::PretrainSpec& pretrain) {
  return WholeNumber(kBytesOfFloat * NetworkParameters(backbone, pretrain));
}

int64_t CheckpointBytes(const spec::VitSpec& backbone,
                        const spec::PretrainSpec& pretrain) {
  constexpr int kCopies = 4;  // Student, teacher and two moments.
  return WholeNumber(kCopies * kBytesOfFloat *
                     NetworkParameters(backbone, pretrain));
}

}  // namespace cxr
