// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/pretrain_speed.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "cxr/cost/stage_cost.h"

namespace cxr {
namespace {

// No clock is so fine that a step takes no time.
constexpr double kShortest = 1e-9;

}  // namespace

PretrainSpeed::PretrainSpeed(const spec::ExperimentSpec& experiment,
                             int64_t steps,
                             std::optional<double> device_flops_per_second,
                             absl::Time now)
    : images_(
          static_cast<double>(experiment.pretrain().batch().global_images()) *
          experiment.pretrain().batch().accumulated_batches()),
      step_flops_(PretrainCost(experiment).flops / static_cast<double>(steps)),
      device_flops_per_second_(device_flops_per_second),
      begin_(now),
      last_(now),
      csv_(
          "step,seconds,images_per_second,waiting_fraction,"
          "teraflops_per_second,model_flops_utilization\n") {}

void PretrainSpeed::Add(int64_t step, double waiting_seconds, absl::Time now) {
  const double seconds = std::max(
      kShortest, absl::ToDoubleSeconds(now - std::exchange(last_, now)));
  const double waited =
      waiting_seconds - std::exchange(waiting_, waiting_seconds);
  const double flops_per_second = step_flops_ / seconds;
  absl::StrAppendFormat(&csv_, "%d,%.6f,%.3f,%.4f,%.5g,", step, seconds,
                        images_ / seconds, waited / seconds,
                        flops_per_second * 1e-12);
  if (device_flops_per_second_.has_value()) {
    absl::StrAppendFormat(&csv_, "%.4f",
                          flops_per_second / *device_flops_per_second_);
  }
  csv_ += '\n';
  ++steps_;
}

void PretrainSpeed::LeaveOut(absl::Duration duration) {
  begin_ += duration;
  last_ += duration;
}

std::string PretrainSpeed::Note(int processes,
                                std::optional<double> summing_seconds) const {
  const double seconds =
      std::max(kShortest, absl::ToDoubleSeconds(last_ - begin_));
  const double flops_per_second = step_flops_ * steps_ / seconds;
  std::string note = absl::StrFormat(
      "%.3g images a second, %.0f %% of the time waiting for images, %.3g "
      "TFLOP/s",
      images_ * steps_ / seconds, 100 * waiting_ / seconds,
      flops_per_second * 1e-12);
  if (device_flops_per_second_.has_value()) {
    absl::StrAppendFormat(&note, ", %.0f %% of what the device is said to do",
                          100 * flops_per_second / *device_flops_per_second_);
  }
  if (processes > 1 && summing_seconds.has_value()) {
    absl::StrAppendFormat(&note, ", %.0f %% waiting for sums over %d processes",
                          100 * *summing_seconds / seconds, processes);
  } else if (processes > 1) {
    absl::StrAppendFormat(&note, ", %d processes", processes);
  }
  return note;
}

}  // namespace cxr
