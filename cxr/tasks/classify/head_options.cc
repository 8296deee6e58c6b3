// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/head_options.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

// Members stand in the order of last_layers, then of learning_rates.
absl::StatusOr<ProbeGroupOptions> SweepOptions(
    const spec::ExperimentSpec& experiment, int64_t features) {
  const spec::ProbeSweepSpec& sweep = experiment.train().probe_sweep();
  const int layers = experiment.features().vit().pooled().last_layers();
  // The tokens of the layers and the mean patch.
  const int64_t width = features / (layers + 1);
  ProbeGroupOptions options = {
      .probe = {.weight_decay = sweep.weight_decay(),
                .beta1 = sweep.beta1(),
                .beta2 = sweep.beta2(),
                .epsilon = sweep.epsilon(),
                .max_gradient_norm = sweep.max_gradient_norm(),
                .seed = sweep.seed()},
      .schedule = RateSchedule::kCosine,
      .steps = int64_t{sweep.epochs()} * sweep.steps_per_epoch()};
  for (const int last : sweep.last_layers()) {
    if (last > layers) {
      return absl::FailedPreconditionError(absl::StrCat(
          "train.probe_sweep.last_layers: found ", last,
          ", expected at most features.vit.pooled.last_layers, ", layers));
    }
    for (const double rate : sweep.learning_rates()) {
      options.members.push_back(
          {.learning_rate = rate, .first_column = (layers - last) * width});
    }
  }
  return options;
}

}  // namespace

LinearProbeOptions ProbeOptionsOf(const spec::LinearProbeSpec& spec) {
  const spec::AdamWSpec& optimizer = spec.optimizer();
  return {.learning_rate = optimizer.learning_rate(),
          .weight_decay = optimizer.weight_decay(),
          .beta1 = optimizer.beta1(),
          .beta2 = optimizer.beta2(),
          .epsilon = optimizer.epsilon(),
          .max_gradient_norm = optimizer.max_gradient_norm(),
          .weight_init_std = spec.weight_init_std(),
          .seed = spec.seed()};
}

absl::StatusOr<ProbeGroupOptions> HeadOptionsOf(
    const spec::ExperimentSpec& experiment, int64_t features) {
  const spec::TrainSpec& train = experiment.train();
  if (train.has_probe_sweep()) return SweepOptions(experiment, features);
  return ProbeGroupOptions{
      .probe = ProbeOptionsOf(train.linear_probe()),
      .members = {
          {.learning_rate = train.linear_probe().optimizer().learning_rate()}}};
}

BatchOrder OrderOf(const spec::TrainSpec& train, int64_t images) {
  return train.has_probe_sweep() ? BatchOrder(train.probe_sweep(), images)
                                 : BatchOrder(train.linear_probe(), images);
}

std::string MemberText(const spec::TrainSpec& train, int64_t i) {
  if (!train.has_probe_sweep()) return "";
  const spec::ProbeSweepSpec& sweep = train.probe_sweep();
  const int rates = sweep.learning_rates_size();
  return absl::StrCat(
      "learning rate ", sweep.learning_rates(static_cast<int>(i % rates)),
      ", class tokens of ", sweep.last_layers(static_cast<int>(i / rates)),
      " layers");
}

}  // namespace cxr
