// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/probe_group.h"

#include <cmath>
#include <numbers>

#include "ATen/ops/zeros.h"
#include "c10/util/Exception.h"

namespace cxr {
namespace {

// What a learning rate is multiplied by at `step`.
double RateFactor(const ProbeGroupOptions& options, int64_t step) {
  if (options.schedule == RateSchedule::kConstant) return 1;
  return (1 + std::cos(std::numbers::pi * static_cast<double>(step) /
                       static_cast<double>(options.steps))) /
         2;
}

}  // namespace

ProbeGroup::ProbeGroup(int64_t features, int64_t labels,
                       const ProbeGroupOptions& options)
    : features_(features), options_(options) {
  TORCH_CHECK(!options.members.empty(), "probes: there is none to train");
  TORCH_CHECK(options.schedule == RateSchedule::kConstant || options.steps > 0,
              "probes: a cosine over ", options.steps, " steps");
  for (const ProbeMember& member : options.members) {
    TORCH_CHECK(member.first_column >= 0 && member.first_column < features,
                "probes: first column ", member.first_column, " of ", features);
    LinearProbeOptions probe = options.probe;
    probe.learning_rate = member.learning_rate;
    trainers_.emplace_back(
        InitLinearProbe(features - member.first_column, labels, probe), probe);
  }
}

std::vector<double> ProbeGroup::Step(const at::Tensor& features,
                                     const at::Tensor& labels) {
  TORCH_CHECK(features.dim() == 2 && features.size(1) == features_,
              "probes: expected ", features_, " features, got ",
              features.sizes());
  const double factor = RateFactor(options_, steps_done_);
  std::vector<double> losses;
  for (size_t i = 0; i < trainers_.size(); ++i) {
    const ProbeMember& member = options_.members[i];
    trainers_[i].set_learning_rate(member.learning_rate * factor);
    losses.push_back(
        trainers_[i].Step(features.slice(1, member.first_column), labels));
  }
  ++steps_done_;
  return losses;
}

LinearProbe ProbeGroup::Probe(int64_t i) const {
  const auto member = static_cast<size_t>(i);
  const LinearProbe& probe = trainers_[member].probe();
  LinearProbe whole = {.weight = at::zeros({probe.weight.size(0), features_}),
                       .bias = probe.bias.clone()};
  whole.weight.slice(1, options_.members[member].first_column)
      .copy_(probe.weight);
  return whole;
}

std::vector<at::Tensor> ProbeGroup::State() const {
  std::vector<at::Tensor> state;
  for (const LinearProbeTrainer& trainer : trainers_) {
    const std::vector<at::Tensor> more = trainer.State();
    state.insert(state.end(), more.begin(), more.end());
  }
  return state;
}

}  // namespace cxr
