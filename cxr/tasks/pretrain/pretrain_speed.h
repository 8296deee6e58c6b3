// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_PRETRAIN_PRETRAIN_SPEED_H_
#define CXR_TASKS_PRETRAIN_PRETRAIN_SPEED_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "cxr/spec/experiment.pb.h"

namespace cxr {

// How fast the steps of a pretraining are, and what they make of images and of
// the operations that the model needs (cxr/cost), a line a step:
//
//   step,seconds,images_per_second,waiting_fraction,teraflops_per_second,
//   model_flops_utilization
//
// The last is over what a device sustains, empty if nobody states that.
class PretrainSpeed {
 public:
  // The clock starts at `now`. `device_flops_per_second` is the deployment's
  // stated throughput.
  PretrainSpeed(const spec::ExperimentSpec& experiment, int64_t steps,
                std::optional<double> device_flops_per_second, absl::Time now);

  // A step has ended. Waiting is counted from the run's start.
  void Add(int64_t step, double waiting_seconds, absl::Time now);

  // What is done beside the steps is not their time.
  void LeaveOut(absl::Duration duration);

  const std::string& csv() const { return csv_; }

  // The means in words; of several processes with the part of the time that
  // this one waited for sums over them, if that is known.
  std::string Note(int processes, std::optional<double> summing_seconds) const;

 private:
  const double images_;
  const double step_flops_;
  const std::optional<double> device_flops_per_second_;
  absl::Time begin_;
  absl::Time last_;
  double waiting_ = 0;
  int steps_ = 0;
  std::string csv_;
};

}  // namespace cxr

#endif  // CXR_TASKS_PRETRAIN_PRETRAIN_SPEED_H_
