// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_PRETRAIN_PRETRAIN_LOG_H_
#define CXR_TASKS_PRETRAIN_PRETRAIN_LOG_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/train/pretrain/pretrainer.h"

namespace cxr {

// The table that a pretraining writes, a line a step:
//
//   step,total,dino_local,dino_global,ibot,koleo,teacher_entropy,
//   student_entropy,teacher_information,learning_rate,weight_decay,momentum,
//   teacher_temperature[,loss_scale,skipped],norm_backbone,norm_dino_head
//   [,norm_ibot_head]
//
// Steps are all that were taken: where curves began again (ResumeSpec), the
// rates show it.
class PretrainLog {
 public:
  void Add(const StepReport& report);

  // As CSV. Numbers are written so that they are read back the same.
  const std::string& csv() const { return csv_; }

  int64_t steps() const { return steps_; }

  // How many steps a scaled loss has left out, in words; none if it is not
  // scaled.
  std::vector<std::string> Notes() const;

  // Goes on with the lines of `csv` that are of steps before `step`. DataLoss
  // unless they are all of them.
  static absl::StatusOr<PretrainLog> Resume(absl::string_view csv,
                                            int64_t step);

 private:
  std::string csv_;
  int64_t steps_ = 0;
};

// OutOfRange, with the step and what it is, if a loss or a norm is not finite.
// A step that a scaled loss has left out may have a norm that is not, unless
// the scale has sunk below kSmallestLossScale.
inline constexpr double kSmallestLossScale = 1.0 / 1024;
absl::Status CheckFinite(const StepReport& report);

// Tells a collapse: every image gets the same answer, for so long that it is
// none of the fluctuations of a start.
class CollapseWatch {
 public:
  // OutOfRange with the step if the teacher's answers have told less than
  // kLeastInformation of their images for kPatience steps.
  absl::Status Add(const StepReport& report);

  // One that has seen the steps of `csv`, of a PretrainLog. DataLoss if that is
  // none.
  static absl::StatusOr<CollapseWatch> Resume(absl::string_view csv);

  static constexpr double kLeastInformation = 1e-6;  // nats
  static constexpr int kPatience = 500;

 private:
  int bad_steps_ = 0;
};

// What the steps of a pretraining leave behind.
class PretrainJournal {
 public:
  // Goes on after `step` steps, whose log is `csv`. DataLoss if it is not.
  absl::Status Resume(absl::string_view csv, int64_t step);

  // Adds the next step, by whatever number: the curves' may have been set back.
  // OutOfRange if the run has diverged, which is not logged, or collapsed.
  absl::Status Add(StepReport report);

  const PretrainLog& log() const { return log_; }
  const StepReport& last() const { return last_; }

 private:
  PretrainLog log_;
  CollapseWatch collapse_;
  StepReport last_;
};

}  // namespace cxr

#endif  // CXR_TASKS_PRETRAIN_PRETRAIN_LOG_H_
