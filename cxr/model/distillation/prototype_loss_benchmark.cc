// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include "ATen/ops/arange.h"
#include "ATen/ops/full.h"
#include "ATen/ops/linear.h"
#include "ATen/ops/log_softmax.h"
#include "ATen/ops/softmax.h"
#include "ATen/ops/zeros.h"
#include "c10/core/GradMode.h"
#include "cxr/model/distillation/memory_testing.h"
#include "cxr/model/distillation/prototype_loss.h"
#include "cxr/model/testing.h"

namespace cxr {
namespace {

// iBOT's loss forwards and backwards, as the smaller released heads make it.
struct Case {
  explicit Case(int64_t rows, int64_t prototypes_count)
      : features(Formula("student", rows).requires_grad_()),
        prototypes(Formula("prototypes", prototypes_count).requires_grad_()),
        teacher{.features = Formula("teacher", rows),
                .prototypes = Formula("teacher_prototypes", prototypes_count),
                .center = at::zeros({prototypes_count}),
                .temperature = 0.06},
        matches{at::arange(rows, at::kLong).unsqueeze(1),
                at::full({rows}, 1.0 / static_cast<double>(rows))} {}

  static at::Tensor Formula(const char* name, int64_t rows) {
    constexpr int64_t kWidth = 256;
    at::Tensor values = at::zeros({rows, kWidth});
    FillByFormula(values, name, 0.1, 0);
    return values;
  }

  at::Tensor features;
  at::Tensor prototypes;
  TeacherTargets teacher;
  PrototypeMatches matches;
};

// As one would write it: every matrix (n, K) is kept for the backward pass.
at::Tensor EagerLoss(const Case& problem) {
  at::Tensor answers;
  {
    const c10::NoGradGuard no_grad;
    answers = at::softmax(
        at::linear(problem.teacher.features, problem.teacher.prototypes)
            .sub(problem.teacher.center)
            .div(problem.teacher.temperature),
        -1);
  }
  const at::Tensor logs = at::log_softmax(
      at::linear(problem.features, problem.prototypes).div(0.1), -1);
  return answers.mul(logs).sum(-1).mul(problem.matches.weights).sum().neg();
}

template <typename Loss>
void Measure(benchmark::State& state, const Case& problem, const Loss& loss) {
  const auto step = [&] {
    problem.features.mutable_grad() = at::Tensor();
    problem.prototypes.mutable_grad() = at::Tensor();
    loss().backward();
  };
  state.counters["peak_MiB"] = static_cast<double>(PeakBytes(step) >> 20);
  for (auto _ : state) step();
}

void BM_PrototypeLoss(benchmark::State& state) {
  const Case problem(state.range(0), state.range(1));
  Measure(state, problem, [&] {
    return PrototypeLoss(problem.features, problem.prototypes, problem.teacher,
                         problem.matches, {.chunk_rows = state.range(2)});
  });
}

void BM_EagerLoss(benchmark::State& state) {
  const Case problem(state.range(0), state.range(1));
  Measure(state, problem, [&] { return EagerLoss(problem); });
}

// Rows, prototypes and, of ours, rows of a chunk.
BENCHMARK(BM_PrototypeLoss)
    ->Args({512, 16384, 512})
    ->Args({512, 16384, 128})
    ->Args({512, 16384, 64})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(BM_EagerLoss)->Args({512, 16384})->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cxr
