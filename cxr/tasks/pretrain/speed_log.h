// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_PRETRAIN_SPEED_LOG_H_
#define CXR_TASKS_PRETRAIN_SPEED_LOG_H_

#include <cstdint>
#include <string>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/spec/experiment.pb.h"

namespace cxr {

// Seconds of each step of a pretraining, and what they make of the images and
// the operations of all its processes.
class SpeedLog {
 public:
  // Time counts from now on. `steps`: of the whole run.
  SpeedLog(const spec::ExperimentSpec& experiment, int64_t steps);

  // A step has ended. `waiting_seconds`: for images, since the beginning.
  void Add(int64_t step, double waiting_seconds);

  // What is done beside the steps is not their time.
  void LeaveOut(absl::Duration duration);

  // step, seconds, images_per_second, waiting_fraction, teraflops_per_second.
  const std::string& csv() const { return csv_; }

  // All steps in a sentence. If there are several processes, with the part of
  // the time that this one spent in sums over them.
  std::string Note(int processes, double summing_seconds) const;

 private:
  const double images_;
  const double step_flops_;
  absl::Time begin_ = absl::Now();
  absl::Time last_ = begin_;
  double waiting_ = 0;
  int64_t steps_ = 0;
  std::string csv_ =
      "step,seconds,images_per_second,waiting_fraction,teraflops_per_second\n";
};

}  // namespace cxr

#endif  // CXR_TASKS_PRETRAIN_SPEED_LOG_H_
