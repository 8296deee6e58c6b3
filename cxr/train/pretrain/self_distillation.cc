// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/pretrain/self_distillation.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "ATen/ops/arange.h"
#include "ATen/ops/cat.h"
#include "ATen/ops/full.h"
#include "ATen/ops/matmul.h"
#include "ATen/ops/softmax.h"
#include "ATen/ops/tensor.h"
#include "ATen/ops/xlogy.h"
#include "ATen/ops/zeros.h"
#include "c10/core/GradMode.h"
#include "cxr/base/torch_autocast.h"
#include "cxr/model/distillation/koleo.h"
#include "cxr/model/distillation/prototype_loss.h"

namespace cxr {
namespace {

// Class tokens whose entropies are looked at, if the first group has so many:
// enough for a mean, and a small part of the work.
constexpr int64_t kEntropyRows = 32;

// Rows of class tokens and the teacher's rows they are held against; weights
// are all the same.
PrototypeMatches ClassMatches(const PretrainBatch& batch, bool local,
                              double weight, const at::Tensor& center) {
  const int64_t group = batch.group_images;
  const int64_t crops = local ? batch.local_count : 2;
  std::vector<int64_t> targets;
  for (int64_t q = 0; q < batch.images / group; ++q) {
    const int64_t first = 2 * q * group;
    for (int64_t crop = 0; crop < crops; ++crop) {
      for (int64_t i = 0; i < group; ++i) {
        if (local) {
          targets.push_back(first + i);
          targets.push_back(first + group + i);
        } else {  // The other crop of the same image.
          targets.push_back(first + (1 - crop) * group + i);
        }
      }
    }
  }
  const int64_t rows = crops * batch.images;
  return {.target_rows = at::tensor(targets).view({rows, -1}),
          .weights = at::full({rows}, weight, center.options())};
}

// `center` moved by what the teacher says of `features`.
void MoveCenter(const at::Tensor& features, const at::Tensor& prototypes,
                const std::vector<int64_t>& groups, double momentum,
                const SumOverProcesses& sum, at::Tensor& center) {
  if (!sum) {
    if (features.size(0) == 0) return;
    center.lerp_(MeanLogits(features, prototypes, groups).to(center),
                 1 - momentum);
    return;
  }
  int64_t count = features.size(0);
  if (!groups.empty()) {
    count = 0;
    for (size_t i = 1; i < groups.size(); ++i) {
      if (groups[i] > groups[i - 1]) ++count;
    }
  }
  at::Tensor total = at::zeros({center.size(0) + 1}, center.options());
  if (count > 0) {
    total.narrow(0, 0, center.size(0))
        .copy_(MeanLogits(features, prototypes, groups))
        .mul_(static_cast<double>(count));
    total[center.size(0)] = static_cast<double>(count);
  }
  sum(total);
  // Without a row anywhere the centre stays: 0 / 0 moves it by nothing.
  const at::Tensor all = total[center.size(0)];
  const at::Tensor mean = total.narrow(0, 0, center.size(0)) / all.clamp_min(1);
  center.lerp_(mean, (all > 0).to(center) * (1 - momentum));
}

bool IsReduced(at::ScalarType type) {
  return type == at::kBFloat16 || type == at::kHalf;
}

// Rows for the heads' prototypes: class tokens of the global crops, then of the
// local ones, and masked patches; all of unit length.
struct HeadInputs {
  at::Tensor classes;  // (2B + V B, D), or (2B, D) of a teacher
  at::Tensor patches;  // (M, D)
  at::Tensor tokens;   // (2B, C): class tokens before the head
};

HeadInputs Embed(DistillationNetworkImpl& network, const PretrainBatch& batch,
                 bool is_student, at::ScalarType type) {
  std::optional<Autocast> autocast;
  if (IsReduced(type) && batch.global_crops.scalar_type() != type) {
    autocast.emplace(batch.global_crops.device().type(), type);
  }
  std::vector<CropBatch> crops = {
      {.images = batch.global_crops,
       .masks = is_student ? batch.masks : at::Tensor()}};
  if (is_student && batch.local_count > 0) {
    crops.push_back({.images = batch.local_crops, .masks = {}});
  }
  const std::vector<VitFeatures> features = network.backbone->ForwardCrops(
      crops, is_student ? batch.drops : std::vector<BlockDrops>());
  std::vector<at::Tensor> tokens;
  for (const VitFeatures& each : features) tokens.push_back(each.cls);
  const at::Tensor masked =
      features[0].patches.flatten(0, 1).index_select(0, batch.masked_patches);
  return {.classes = network.dino_head->Bottleneck(at::cat(tokens)),
          .patches = network.ibot_head->Bottleneck(masked),
          .tokens = features[0].cls};
}

// Products with prototypes are of this type; sums are not.
at::Tensor Typed(const at::Tensor& tensor, at::ScalarType type) {
  return IsReduced(type) ? tensor.to(type) : tensor;
}

struct TeacherUse {
  double temperature;
  const SelfDistillationOptions& options;
  const SumOverProcesses& sum;
};

// The teacher's answers to `features`, and `center` moved by them.
TeacherTargets Answer(const at::Tensor& features, ProjectionHeadImpl& head,
                      const std::vector<int64_t>& groups, const TeacherUse& use,
                      at::Tensor& center) {
  const SelfDistillationOptions& options = use.options;
  TeacherTargets targets = {
      .features = Typed(features, options.compute_type),
      .prototypes = Typed(head.Prototypes(), options.compute_type),
      .center = {},
      .temperature = use.temperature};
  if (options.centering == Centering::kSinkhornKnopp) {
    targets.center = SinkhornCenter(
        targets.features, targets.prototypes, use.temperature,
        options.sinkhorn_iterations, options.chunk_rows, use.sum);
    return targets;
  }
  targets.center = center.clone();
  MoveCenter(targets.features, targets.prototypes, groups,
             options.center_momentum, use.sum, center);
  return targets;
}

struct TeacherAnswers {
  TeacherTargets dino;
  TeacherTargets ibot;
};

TeacherAnswers AskTeacher(DistillationNetworkImpl& teacher,
                          const PretrainBatch& batch, const TeacherUse& use,
                          DistillationCenters& centers) {
  const c10::NoGradGuard no_grad;
  const HeadInputs inputs =
      Embed(teacher, batch, /*is_student=*/false, use.options.compute_type);
  const std::vector<int64_t> groups =
      use.options.mean_of_groups ? batch.group_starts : std::vector<int64_t>();
  return {
      .dino = Answer(inputs.classes, *teacher.dino_head, {}, use, centers.dino),
      .ibot = Answer(inputs.patches, *teacher.ibot_head, groups, use,
                     centers.ibot)};
}

// Of rows of probabilities (n, K), in nats.
at::Tensor MeanEntropy(const at::Tensor& rows) {
  return at::xlogy(rows, rows).sum(-1).mean().neg();
}

void AddEntropies(const PretrainBatch& batch,
                  const at::Tensor& student_features,
                  const at::Tensor& student_prototypes,
                  const TeacherTargets& targets, double student_temperature,
                  DistillationLosses& losses) {
  const c10::NoGradGuard no_grad;
  if (batch.first_group != 0) {
    losses.teacher_entropy = at::zeros({}, targets.center.options());
    losses.student_entropy = losses.teacher_entropy;
    losses.teacher_information = losses.teacher_entropy;
    return;
  }
  const int64_t rows = std::min(kEntropyRows, 2 * batch.group_images);
  const at::Tensor answers = targets.Rows(0, rows);
  losses.teacher_entropy = MeanEntropy(answers);
  losses.teacher_information =
      MeanEntropy(answers.mean(0, /*keepdim=*/true)) - losses.teacher_entropy;
  const at::Tensor logits =
      at::matmul(student_features.detach().narrow(0, 0, rows),
                 student_prototypes.detach().t())
          .to(answers.scalar_type())
          .div_(student_temperature);
  losses.student_entropy = MeanEntropy(at::softmax(logits, -1));
}

}  // namespace

DistillationLosses ComputeLosses(
    DistillationNetworkImpl& student, DistillationNetworkImpl& teacher,
    const PretrainBatch& batch, double teacher_temperature,
    const SelfDistillationOptions& options, DistillationCenters& centers,
    const SumOverProcesses& sum, const at::Tensor& gradient_scale) {
  const TeacherUse use = {
      .temperature = teacher_temperature, .options = options, .sum = sum};
  const TeacherAnswers answers = AskTeacher(teacher, batch, use, centers);
  const HeadInputs inputs =
      Embed(student, batch, /*is_student=*/true, options.compute_type);
  const at::Tensor classes = Typed(inputs.classes, options.compute_type);
  const at::Tensor prototypes =
      Typed(student.dino_head->Prototypes(), options.compute_type);
  const bool is_shared = student.ibot_head.get() == student.dino_head.get();

  const PrototypeLossOptions loss_options = {
      .student_temperature = options.student_temperature,
      .chunk_rows = options.chunk_rows,
      .gradient_scale = gradient_scale};
  const auto images = static_cast<double>(options.global_images);
  // Every pair of a student's crop and a teacher's counts the same.
  const double pair = options.dino_weight /
                      (static_cast<double>(2 + 2 * batch.local_count) * images);
  const int64_t globals = 2 * batch.images;
  DistillationLosses losses;
  losses.dino_global = PrototypeLoss(
      classes.narrow(0, 0, globals), prototypes, answers.dino,
      ClassMatches(batch, /*local=*/false, pair, answers.dino.center),
      loss_options);
  losses.dino_local =
      batch.local_count == 0
          ? at::zeros({}, answers.dino.center.options())
          : PrototypeLoss(
                classes.slice(0, globals), prototypes, answers.dino,
                ClassMatches(batch, /*local=*/true, pair, answers.dino.center),
                loss_options);
  losses.ibot = PrototypeLoss(
      Typed(inputs.patches, options.compute_type),
      is_shared ? prototypes
                : Typed(student.ibot_head->Prototypes(), options.compute_type),
      answers.ibot,
      {.target_rows = at::arange(inputs.patches.size(0)).unsqueeze(1),
       .weights = batch.mask_weights * (options.ibot_weight / (2 * images))},
      loss_options);
  // Of either crop the mean over the groups of all processes.
  losses.koleo =
      KoleoLoss(inputs.tokens, batch.group_images, options.koleo_epsilon) *
      (2 * options.koleo_weight * static_cast<double>(batch.images) / images);
  losses.total =
      losses.dino_local + losses.dino_global + losses.ibot + losses.koleo;
  AddEntropies(batch, classes, prototypes, answers.dino,
               options.student_temperature, losses);
  return losses;
}

}  // namespace cxr
