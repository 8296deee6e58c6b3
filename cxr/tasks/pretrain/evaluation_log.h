// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_PRETRAIN_EVALUATION_LOG_H_
#define CXR_TASKS_PRETRAIN_EVALUATION_LOG_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "c10/core/Device.h"
#include "cxr/spec/pretrain.pb.h"
#include "cxr/tasks/pretrain/teacher_probe.h"

namespace cxr {

// When the teacher is looked at, before the first step, every
// evaluation_interval_steps and after the last one; and the table of its scores
// then (ToCsvLine, teacher_probe.h), only a heading if the probe has no class.
class EvaluationLog {
 public:
  EvaluationLog(const spec::PretrainSpec& spec, c10::Device device,
                TeacherProbe probe);

  // Goes on after the lines of `csv`, which is of a checkpoint. DataLoss if it
  // has another heading.
  absl::Status Resume(std::string csv);

  // Whether it is to be looked at after `steps` steps of the schedule.
  bool IsDueAfter(int64_t steps) const;

  // Adds the line of `teacher`, which is on the device and has taken `steps`
  // steps, if there is a class. Errors of TeacherProbe::Evaluate, with the
  // step.
  absl::Status Add(int64_t steps, VitImpl& teacher);

  const std::string& csv() const { return csv_; }

  // What is looked at, and what the last look said.
  std::vector<std::string> Notes() const;

 private:
  int64_t interval_;
  int64_t last_step_;
  c10::Device device_;
  TeacherProbe probe_;
  std::string csv_ = std::string(kTeacherScoresHeading);
  std::optional<TeacherScores> last_;
};

}  // namespace cxr

#endif  // CXR_TASKS_PRETRAIN_EVALUATION_LOG_H_
