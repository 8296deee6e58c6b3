// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/evaluation_log.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/status_macros.h"
#include "cxr/tasks/pretrain/pretrain_options.h"

namespace cxr {

EvaluationLog::EvaluationLog(const spec::PretrainSpec& spec, c10::Device device,
                             TeacherProbe probe)
    : interval_(spec.watch().evaluation_interval_steps()),
      last_step_(StepsOf(spec.schedule())),
      device_(device),
      probe_(std::move(probe)) {}

absl::Status EvaluationLog::Resume(std::string csv) {
  if (!absl::StartsWith(csv, kTeacherScoresHeading)) {
    return absl::DataLossError(absl::StrCat(
        "evaluations of the checkpoint: found \"", csv.substr(0, 80),
        "\", expected the heading ", kTeacherScoresHeading));
  }
  csv_ = std::move(csv);
  return absl::OkStatus();
}

bool EvaluationLog::IsDueAfter(int64_t steps) const {
  return steps % interval_ == 0 || steps == last_step_;
}

absl::Status EvaluationLog::Add(int64_t steps, VitImpl& teacher) {
  if (probe_.classes() == 0) return absl::OkStatus();
  const absl::StatusOr<TeacherScores> scores =
      probe_.Evaluate(teacher, device_);
  CXR_RETURN_IF_ERROR(Annotate(scores.status(), absl::StrCat("step ", steps)));
  absl::StrAppend(&csv_, ToCsvLine(steps, *scores));
  last_ = *scores;
  return absl::OkStatus();
}

std::vector<std::string> EvaluationLog::Notes() const {
  std::vector<std::string> notes = probe_.Notes();
  if (!last_.has_value()) return notes;
  std::string text = absl::StrFormat("the last teacher's AUROC: probe %.3f",
                                     last_->probe_auroc);
  if (last_->knn_auroc.has_value()) {
    absl::StrAppendFormat(&text, ", nearest neighbours %.3f",
                          *last_->knn_auroc);
  }
  notes.push_back(std::move(text));
  return notes;
}

}  // namespace cxr
