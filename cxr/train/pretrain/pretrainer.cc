// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/pretrain/pretrainer.h"

#include "ATen/ops/stack.h"
#include "ATen/ops/zeros.h"
#include "absl/strings/str_cat.h"
#include "c10/core/GradMode.h"
#include "c10/util/Exception.h"

namespace cxr {
namespace {

DistillationNetwork MakeNetwork(const PretrainerOptions& options) {
  DistillationNetwork network(options.network);
  network->to(options.device, options.type);
  return network;
}

at::Tensor Center(const PretrainerOptions& options, int64_t prototypes) {
  return at::zeros({prototypes},
                   at::TensorOptions(options.device).dtype(options.type));
}

// What the report tells of a batch, to be added over processes.
at::Tensor Numbers(const DistillationLosses& losses) {
  return at::stack({losses.dino_local.detach().to(at::kDouble),
                    losses.dino_global.detach().to(at::kDouble),
                    losses.ibot.detach().to(at::kDouble),
                    losses.koleo.detach().to(at::kDouble),
                    losses.teacher_entropy.to(at::kDouble),
                    losses.student_entropy.to(at::kDouble),
                    losses.teacher_information.to(at::kDouble)});
}

}  // namespace

StepReport PendingReport::Read() const {
  const at::Tensor host = numbers_.to(at::kCPU);
  const double* number = host.const_data_ptr<double>();
  StepReport report = {.step = step_, .rates = rates_};
  for (double* value : {&report.dino_local, &report.dino_global, &report.ibot,
                        &report.koleo, &report.teacher_entropy,
                        &report.student_entropy, &report.teacher_information}) {
    *value = *number++;
  }
  report.total =
      report.dino_local + report.dino_global + report.ibot + report.koleo;
  if (has_loss_scale_) {
    report.loss_scale = *number++;
    report.is_skipped = *number++ != 0;
  }
  for (const std::string& unit : units_) {
    report.gradient_norms.emplace_back(unit, *number++);
  }
  return report;
}

Pretrainer::Pretrainer(const PretrainerOptions& options)
    : options_(options),
      student_(MakeNetwork(options)),
      teacher_(MakeNetwork(options)),
      student_store_(TrainedParameters(*student_, options.rules),
                     /*gradients=*/true),
      teacher_store_(TrainedParameters(*teacher_, options.rules),
                     /*gradients=*/false),
      gradient_sums_(TrainedParameters(*student_, options.rules),
                     student_store_),
      optimizer_(student_store_, options.optimizer),
      centers_{.dino = Center(options, options.network.dino_head.prototypes),
               .ibot = Center(options, options.network.ibot_head
                                           .value_or(options.network.dino_head)
                                           .prototypes)} {
  for (at::Tensor& parameter : teacher_->parameters()) {
    parameter.set_requires_grad(false);
  }
  if (options.loss_scale.has_value()) {
    scaler_.emplace(*options.loss_scale, options.device);
  }
  if (!options.half_networks) return;
  half_student_.emplace(options.network, options.rules, options.device,
                        /*gradients=*/true);
  half_teacher_.emplace(options.network, options.rules, options.device,
                        /*gradients=*/false);
}

void Pretrainer::CopyToTeacher() {
  MoveAverage(teacher_store_, student_store_, /*momentum=*/0);
}

at::Tensor Pretrainer::ComputeGradients(absl::Span<const PretrainBatch> batches,
                                        double teacher_temperature,
                                        const ProcessSums& sums) {
  const auto count = static_cast<double>(batches.size());
  const double weight = options_.divide_loss ? 1 / count : 1;
  const bool half = half_student_.has_value();
  student_store_.ZeroGradients();
  if (half) {
    half_student_->CopyFrom(student_store_);
    half_teacher_->CopyFrom(teacher_store_);
  }
  at::Tensor scale;  // of the total before gradients are taken
  if (scaler_.has_value()) scale = scaler_->scale().mul(weight);
  at::Tensor numbers;  // Sums over batches, in the order of the report.
  for (const PretrainBatch& batch : batches) {
    const DistillationLosses losses = ComputeLosses(
        half ? half_student_->network() : *student_,
        half ? half_teacher_->network() : *teacher_, batch, teacher_temperature,
        options_.losses, centers_, sums.sum, scale);
    if (sums.begin && !half && &batch == &batches.back()) {
      gradient_sums_.Begin(sums.begin);
    }
    if (scale.defined()) {
      losses.total.mul(scale).backward();
    } else {
      (weight == 1 ? losses.total : losses.total * weight).backward();
    }
    if (half) half_student_->MoveGradientsTo(student_store_, sums.sum);
    const c10::NoGradGuard no_grad;
    const at::Tensor of_batch = Numbers(losses);
    numbers = numbers.defined() ? numbers.add_(of_batch) : of_batch;
  }
  const c10::NoGradGuard no_grad;
  numbers.div_(count);
  if (!sums.sum) return numbers;
  if (!half) {
    gradient_sums_.Finish();
  } else {
    for (ParameterBlock& block : student_store_.blocks()) {
      if (!IsSummedInHalf(block)) sums.sum(block.gradients);
    }
  }
  sums.sum(numbers);
  return numbers;
}

PendingReport Pretrainer::Step(absl::Span<const PretrainBatch> batches,
                               int64_t step, const ProcessSums& sums) {
  TORCH_CHECK(!batches.empty(), "pretraining step: no batch");
  const PretrainRates rates = RatesAt(options_.schedule, step);
  std::vector<at::Tensor> numbers =
      ComputeGradients(batches, rates.teacher_temperature, sums).unbind();
  const c10::NoGradGuard no_grad;
  PendingReport report;
  at::Tensor found_inf;
  if (scaler_.has_value()) {
    found_inf = scaler_->Unscale(student_store_);
    numbers.push_back(scaler_->scale().to(at::kDouble));
    numbers.push_back(found_inf.to(at::kDouble));
    report.has_loss_scale_ = true;
    scaler_->Update(found_inf);
  }
  const std::vector<UnitNorm> norms =
      ClipGradients(student_store_, options_.max_gradient_norm);
  optimizer_.Step(student_store_,
                  {.learning_rate = rates.learning_rate,
                   .prototype_learning_rate = rates.prototype_learning_rate,
                   .weight_decay = rates.weight_decay},
                  found_inf);
  MoveAverage(teacher_store_, student_store_, rates.momentum);

  report.step_ = step;
  report.rates_ = rates;
  for (const UnitNorm& norm : norms) {
    report.units_.push_back(norm.unit);
    numbers.push_back(norm.norm.to(at::kDouble));
  }
  report.numbers_ = at::stack(numbers);
  return report;
}

std::vector<std::pair<std::string, at::Tensor>> Pretrainer::State() {
  std::vector<std::pair<std::string, at::Tensor>> state = {
      {"center.dino", centers_.dino}, {"center.ibot", centers_.ibot}};
  if (scaler_.has_value()) {
    state.emplace_back("loss_scale", scaler_->scale_state());
    state.emplace_back("good_steps", scaler_->good_steps_state());
  }
  for (size_t i = 0; i < student_store_.blocks().size(); ++i) {
    const AdamW::BlockState& moments = optimizer_.state()[i];
    state.emplace_back(absl::StrCat("student.", i),
                       student_store_.blocks()[i].values);
    state.emplace_back(absl::StrCat("teacher.", i),
                       teacher_store_.blocks()[i].values);
    state.emplace_back(absl::StrCat("first_moments.", i),
                       moments.first_moments);
    state.emplace_back(absl::StrCat("second_moments.", i),
                       moments.second_moments);
    state.emplace_back(absl::StrCat("optimizer_steps.", i), moments.steps);
  }
  return state;
}

}  // namespace cxr
