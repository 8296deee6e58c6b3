// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/pretrain_schedule.h"

#include <cmath>
#include <numbers>

#include "cxr/base/check.h"

namespace cxr {
namespace {

// A straight line from `start` to `base` in `warmup_steps`, both included, then
// half a cosine to `end`, which is reached at `steps`.
struct Curve {
  double start = 0;
  double base = 0;
  double end = 0;
  int64_t warmup_steps = 0;
  int64_t steps = 0;

  double At(int64_t step) const {
    if (step >= steps) return end;
    if (step < warmup_steps) {
      if (warmup_steps == 1) return start;
      return start + (base - start) * static_cast<double>(step) /
                         static_cast<double>(warmup_steps - 1);
    }
    const double done = static_cast<double>(step - warmup_steps) /
                        static_cast<double>(steps - warmup_steps);
    return end + 0.5 * (base - end) * (1 + std::cos(std::numbers::pi * done));
  }
};

int64_t Steps(const PretrainScheduleOptions& options, double epochs) {
  return static_cast<int64_t>(epochs *
                              static_cast<double>(options.steps_per_epoch));
}

Curve CosineOf(const PretrainScheduleOptions& options, double base,
               double end) {
  return {.base = base,
          .end = end,
          .steps = options.epochs * options.steps_per_epoch};
}

// A warm-up that outlasts the run is cut off with it.
Curve LearningRate(const PretrainScheduleOptions& options) {
  Curve curve =
      CosineOf(options, options.learning_rate, options.min_learning_rate);
  curve.warmup_steps = Steps(options, options.warmup_epochs);
  return curve;
}

// The warm-up is the whole curve.
Curve TeacherTemperature(const PretrainScheduleOptions& options) {
  const int64_t steps = Steps(options, options.teacher_warmup_epochs);
  return {.start = options.teacher_temperature_start,
          .base = options.teacher_temperature_end,
          .end = options.teacher_temperature_end,
          .warmup_steps = steps,
          .steps = steps};
}

}  // namespace

PretrainRates RatesAt(const PretrainScheduleOptions& options, int64_t step) {
  CXR_CHECK(options.steps_per_epoch >= 1 && options.epochs >= 1 && step >= 0)
      << "step " << step << " of " << options.epochs << " epochs of "
      << options.steps_per_epoch << " steps";
  const double learning_rate = LearningRate(options).At(step);
  const bool frozen = step < Steps(options, options.freeze_prototypes_epochs);
  return {.learning_rate = learning_rate,
          .prototype_learning_rate = frozen ? 0 : learning_rate,
          .weight_decay =
              CosineOf(options, options.weight_decay, options.weight_decay_end)
                  .At(step),
          .momentum =
              CosineOf(options, options.momentum_start, options.momentum_end)
                  .At(step),
          .teacher_temperature = TeacherTemperature(options).At(step)};
}

}  // namespace cxr
