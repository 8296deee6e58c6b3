// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/distillation/prototype_loss.h"

#include <algorithm>
#include <utility>

#include "ATen/ops/_log_softmax.h"
#include "ATen/ops/_log_softmax_backward_data.h"
#include "ATen/ops/arange.h"
#include "ATen/ops/bmm.h"
#include "ATen/ops/empty.h"
#include "ATen/ops/equal.h"
#include "ATen/ops/mm.h"
#include "ATen/ops/ones_like.h"
#include "ATen/ops/zeros.h"
#include "c10/core/GradMode.h"
#include "c10/core/impl/LocalDispatchKeySet.h"
#include "c10/util/Exception.h"
#include "cxr/model/distillation/logits.h"
#include "torch/csrc/autograd/custom_function.h"

namespace cxr {
namespace {

// What one loss is made of; nothing flows to its tensors.
struct Problem {
  at::Tensor features;    // (n, D)
  at::Tensor prototypes;  // (K, D), of the type of features
  TeacherTargets targets;
  PrototypeMatches matches;
  PrototypeLossOptions options;
  bool features_want_gradient = false;
  bool prototypes_want_gradient = false;
};

// The loss and the gradients that are wanted, times the gradient scale, in
// SumType.
struct Sums {
  at::Tensor loss;        // ()
  at::Tensor features;    // (n, D)
  at::Tensor prototypes;  // (K, D)
};

// The teacher's answers from row `begin` on.
struct Answers {
  int64_t begin = 0;
  at::Tensor rows;  // (m, K)
};

// First and last row named in `target_rows`, which are on the CPU.
struct RowRange {
  int64_t begin = 0;
  int64_t end = 0;
};
RowRange RangeOf(const at::Tensor& target_rows) {
  if (target_rows.numel() == 0) return {};
  return {.begin = target_rows.min().item<int64_t>(),
          .end = target_rows.max().item<int64_t>() + 1};
}

// What each row of the student is held against, the sum of the answers of its
// `target_rows` (rows, J): (rows, K), a fresh tensor unless `answers` may be
// used up and are in order.
at::Tensor SumsOfAnswers(const Answers& answers, const at::Tensor& target_rows,
                         bool use_up) {
  const at::Tensor places = target_rows.sub(answers.begin);
  const int64_t rows = places.size(0);
  if (use_up && answers.rows.size(0) == rows && places.size(1) == 1 &&
      at::equal(places.flatten(), at::arange(rows, places.options()))) {
    return answers.rows;
  }
  // Of few rows: a product of counts is faster than a gather, and adds up.
  at::Tensor counts = at::zeros({rows, answers.rows.size(0)},
                                answers.rows.options().device(at::kCPU));
  counts.scatter_add_(1, places, at::ones_like(places, counts.options()));
  return at::mm(counts.to(answers.rows.device(), counts.scalar_type(),
                          /*non_blocking=*/true),
                answers.rows);
}

// Adds rows `begin` to `end` of the student, whose summed answers are
// `expected` (end - begin, K), which is used up.
void AddRows(const Problem& problem, int64_t begin, int64_t end,
             at::Tensor expected, Sums* sums) {
  const double temperature = problem.options.student_temperature;
  const at::Tensor features = problem.features.slice(0, begin, end);
  const at::Tensor weights = problem.matches.weights.slice(0, begin, end);
  at::Tensor logs = PrototypeLogits(features, problem.prototypes,
                                    /*center=*/{}, temperature);
  at::_log_softmax_out(logs, logs, -1, /*half_to_float=*/false);
  const at::Tensor agreement =
      at::bmm(expected.unsqueeze(1), logs.unsqueeze(2)).flatten();  // (rows)
  sums->loss.sub_(agreement.dot(weights));
  if (!problem.features_want_gradient && !problem.prototypes_want_gradient) {
    return;
  }
  // expected - J softmax: minus the gradient by logits, weights left out. These
  // and the temperature are put on the narrow side of the products, but in
  // float16 they have to bring the slopes into its range.
  at::_log_softmax_backward_data_out(expected, expected, logs, -1,
                                     expected.scalar_type());
  at::Tensor scales = weights.div(-temperature).unsqueeze(1);  // (rows, 1)
  if (problem.options.gradient_scale.defined()) {
    scales.mul_(problem.options.gradient_scale);
  }
  const bool scales_slopes = features.scalar_type() == at::kHalf;
  if (scales_slopes) expected.mul_(scales);
  const at::Tensor slopes = expected.to(features.scalar_type());
  if (problem.features_want_gradient) {
    at::Tensor out = sums->features.slice(0, begin, end);
    out.copy_(at::mm(slopes, problem.prototypes));
    if (!scales_slopes) out.mul_(scales);
  }
  if (problem.prototypes_want_gradient) {
    const at::Tensor scaled =
        scales_slopes ? features
                      : features.mul(scales).to(features.scalar_type());
    if (scaled.scalar_type() == sums->prototypes.scalar_type()) {
      sums->prototypes.addmm_(slopes.t(), scaled);
    } else {
      sums->prototypes.add_(at::mm(slopes.t(), scaled));
    }
  }
}

Sums ComputeSums(const Problem& problem) {
  const c10::impl::ExcludeDispatchKeyGuard no_autocast(
      c10::autocast_dispatch_keyset);
  const int64_t n = problem.features.size(0);
  const int64_t chunk_rows = problem.options.chunk_rows;
  const at::TensorOptions options =
      problem.features.options().dtype(SumType(problem.features.scalar_type()));
  Sums sums;
  sums.loss = at::zeros({}, options);
  if (problem.features_want_gradient) {
    sums.features = at::empty(problem.features.sizes(), options);
  }
  if (problem.prototypes_want_gradient) {
    sums.prototypes = at::zeros(problem.prototypes.sizes(), options);
  }
  Answers answers;
  const RowRange all = RangeOf(problem.matches.target_rows);
  const bool few = all.end - all.begin <= chunk_rows;
  if (few) answers = {all.begin, problem.targets.Rows(all.begin, all.end)};
  for (int64_t begin = 0; begin < n; begin += chunk_rows) {
    const int64_t end = std::min(begin + chunk_rows, n);
    const at::Tensor target_rows =
        problem.matches.target_rows.slice(0, begin, end);
    if (!few) {
      answers = {};  // before the next are made
      const RowRange range = RangeOf(target_rows);
      answers = {range.begin, problem.targets.Rows(range.begin, range.end)};
    }
    const bool last_use = !few || end == n;
    AddRows(problem, begin, end, SumsOfAnswers(answers, target_rows, last_use),
            &sums);
  }
  return sums;
}

class PrototypeLossFunction
    : public torch::autograd::Function<PrototypeLossFunction> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext* context,
                            const at::Tensor& features,
                            const at::Tensor& prototypes,
                            const Problem& problem) {
    const Sums sums = ComputeSums(problem);
    const auto to_type_of = [](const at::Tensor& gradient,
                               const at::Tensor& input) {
      return gradient.defined() ? gradient.to(input.scalar_type()) : gradient;
    };
    context->save_for_backward({to_type_of(sums.features, features),
                                to_type_of(sums.prototypes, prototypes),
                                problem.options.gradient_scale});
    return sums.loss;
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context,
      const torch::autograd::variable_list& outputs) {
    TORCH_CHECK(!c10::GradMode::is_enabled(),
                "prototype loss: there are no second derivatives");
    torch::autograd::variable_list gradients = context->get_saved_variables();
    // Becomes that of the problem: none.
    const at::Tensor scale = std::exchange(gradients.back(), at::Tensor());
    const at::Tensor factor =
        scale.defined() ? outputs[0].div(scale) : outputs[0];
    for (at::Tensor& gradient : gradients) {
      if (gradient.defined()) {
        gradient = gradient.mul(factor).to(gradient.scalar_type());
      }
    }
    return gradients;
  }
};

void CheckShapes(const at::Tensor& features, const TeacherTargets& targets,
                 const PrototypeMatches& matches,
                 const PrototypeLossOptions& options) {
  TORCH_CHECK(options.chunk_rows >= 1, "prototype loss: chunks of ",
              options.chunk_rows, " rows");
  const at::Tensor& rows = matches.target_rows;
  TORCH_CHECK(features.dim() == 2 && rows.dim() == 2 && rows.size(1) >= 1 &&
                  rows.size(0) == features.size(0) && rows.is_cpu() &&
                  rows.scalar_type() == at::kLong,
              "prototype loss: expected target rows (n, J) int64 on the CPU "
              "for features (n, D) ",
              features.sizes(), ", got ", rows.sizes(), " ", rows.scalar_type(),
              " on ", rows.device());
  const RowRange range = RangeOf(rows);
  TORCH_CHECK(range.begin >= 0 && range.end <= targets.rows(),
              "prototype loss: target rows from ", range.begin, " to ",
              range.end - 1, ", the teacher has ", targets.rows());
  TORCH_CHECK(
      matches.weights.sizes() == rows.sizes().slice(0, 1) &&
          matches.weights.scalar_type() == SumType(features.scalar_type()),
      "prototype loss: expected weights (n) ", SumType(features.scalar_type()),
      ", got ", matches.weights.sizes(), " ", matches.weights.scalar_type());
}

}  // namespace

at::Tensor PrototypeLoss(const at::Tensor& features,
                         const at::Tensor& prototypes,
                         const TeacherTargets& targets,
                         const PrototypeMatches& matches,
                         const PrototypeLossOptions& options) {
  CheckShapes(features, targets, matches, options);
  const bool recording = c10::GradMode::is_enabled();
  Problem problem = {
      .features = features.detach(),
      .prototypes = prototypes.detach().to(features.scalar_type()),
      .targets = targets,
      .matches = matches,
      .options = options,
      .features_want_gradient = recording && features.requires_grad(),
      .prototypes_want_gradient = recording && prototypes.requires_grad()};
  problem.targets.prototypes =
      targets.prototypes.detach().to(targets.features.scalar_type());
  return PrototypeLossFunction::apply(features, prototypes, problem);
}

}  // namespace cxr
