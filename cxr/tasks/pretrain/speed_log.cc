// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/speed_log.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "cxr/cost/stage_cost.h"

namespace cxr {

SpeedLog::SpeedLog(const spec::ExperimentSpec& experiment, int64_t steps)
    : images_(
          static_cast<double>(experiment.pretrain().batch().global_images()) *
          experiment.pretrain().batch().accumulated_batches()),
      step_flops_(PretrainCost(experiment).flops / static_cast<double>(steps)) {
}

void SpeedLog::Add(int64_t step, double waiting_seconds) {
  const absl::Time now = absl::Now();
  const double seconds =
      std::max(1e-9, absl::ToDoubleSeconds(now - std::exchange(last_, now)));
  const double waited =
      waiting_seconds - std::exchange(waiting_, waiting_seconds);
  absl::StrAppendFormat(&csv_, "%d,%.6f,%.3f,%.4f,%.5g\n", step, seconds,
                        images_ / seconds, waited / seconds,
                        step_flops_ / seconds * 1e-12);
  ++steps_;
}

void SpeedLog::LeaveOut(absl::Duration duration) {
  begin_ += duration;
  last_ += duration;
}

std::string SpeedLog::Note(int processes, double summing_seconds) const {
  const double seconds = std::max(1e-9, absl::ToDoubleSeconds(last_ - begin_));
  const auto steps = static_cast<double>(steps_);
  std::string note = absl::StrFormat(
      "%.3g images a second, %.0f %% of the time waiting for images, %.3g "
      "TFLOP/s",
      images_ * steps / seconds, 100 * waiting_ / seconds,
      step_flops_ * steps / seconds * 1e-12);
  if (processes > 1) {
    absl::StrAppendFormat(&note, ", %.0f %% in sums over %d processes",
                          100 * summing_seconds / seconds, processes);
  }
  return note;
}

}  // namespace cxr
