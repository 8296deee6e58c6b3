// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/adamw.h"

#include <map>
#include <optional>
#include <utility>

#include "ATen/ops/_fused_adamw.h"
#include "ATen/ops/zeros.h"
#include "ATen/ops/zeros_like.h"
#include "c10/core/GradMode.h"
#include "c10/util/Exception.h"

namespace cxr {
namespace {

// What one call of the fused kernel works on.
struct Lists {
  std::vector<at::Tensor> values;
  std::vector<at::Tensor> gradients;
  std::vector<at::Tensor> first_moments;
  std::vector<at::Tensor> second_moments;
  std::vector<at::Tensor> steps;
};

void Append(const ParameterBlock& block, const AdamW::BlockState& state,
            Lists* lists) {
  TORCH_CHECK(block.values.sizes() == state.first_moments.sizes() &&
                  block.gradients.defined(),
              "AdamW: a block of ", block.values.sizes(),
              " values, expected one of ", state.first_moments.sizes(),
              " with gradients");
  lists->values.push_back(block.values);
  lists->gradients.push_back(block.gradients);
  lists->first_moments.push_back(state.first_moments);
  lists->second_moments.push_back(state.second_moments);
  lists->steps.push_back(state.steps);
}

}  // namespace

AdamW::AdamW(const ParameterStore& store, const AdamWOptions& options)
    : options_(options) {
  TORCH_CHECK(options.beta1 >= 0 && options.beta1 < 1 && options.beta2 >= 0 &&
                  options.beta2 < 1 && options.epsilon > 0,
              "AdamW: betas ", options.beta1, " and ", options.beta2,
              ", epsilon ", options.epsilon, " are out of range");
  for (const ParameterBlock& block : store.blocks()) {
    state_.push_back(
        {.first_moments = at::zeros_like(block.values),
         .second_moments = at::zeros_like(block.values),
         .steps = at::zeros({}, block.values.options().dtype(at::kFloat))});
  }
}

void AdamW::Step(ParameterStore& store, const Rates& rates,
                 const at::Tensor& found_inf) {
  const c10::NoGradGuard no_grad;
  TORCH_CHECK(store.blocks().size() == state_.size(),
              "AdamW: ", store.blocks().size(), " blocks, expected ",
              state_.size());
  // One call for all blocks of the same learning rate and weight decay.
  std::map<std::pair<double, double>, Lists> calls;
  for (size_t i = 0; i < state_.size(); ++i) {
    const ParameterBlock& block = store.blocks()[i];
    const double rate = block.rule.is_prototype ? rates.prototype_learning_rate
                                                : rates.learning_rate;
    Append(block, state_[i],
           &calls[{rate * block.rule.learning_rate_factor,
                   rates.weight_decay * block.rule.weight_decay_factor}]);
    state_[i].steps.add_(1);
    if (found_inf.defined()) state_[i].steps.sub_(found_inf);
  }
  const std::optional<at::Tensor> skip =
      found_inf.defined() ? std::make_optional(found_inf) : std::nullopt;
  for (const auto& [rate_and_decay, lists] : calls) {
    at::_fused_adamw_(lists.values, lists.gradients, lists.first_moments,
                      lists.second_moments, /*max_exp_avg_sqs=*/{}, lists.steps,
                      rate_and_decay.first, options_.beta1, options_.beta2,
                      rate_and_decay.second, options_.epsilon,
                      /*amsgrad=*/false, /*maximize=*/false,
                      /*grad_scale=*/std::nullopt, skip);
  }
}

}  // namespace cxr
