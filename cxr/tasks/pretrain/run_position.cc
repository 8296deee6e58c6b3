// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/run_position.h"

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/with_commas.h"

namespace cxr {
namespace {

using Words = std::map<std::string, std::string>;

constexpr char kSteps[] = "steps";
constexpr char kScheduleStep[] = "schedule_step";
constexpr char kDataStep[] = "data_step";
constexpr char kResumedAfter[] = "resumed_after";

absl::StatusOr<int64_t> CountOf(absl::string_view name,
                                absl::string_view text) {
  int64_t count = 0;
  if (absl::SimpleAtoi(text, &count) && count >= 0) return count;
  return absl::DataLossError(absl::StrCat("checkpoint: ", name, ": found \"",
                                          text, "\", expected a count"));
}

absl::StatusOr<std::string> WordOf(const Words& words, const char* name) {
  const auto found = words.find(name);
  if (found != words.end()) return found->second;
  return absl::DataLossError(
      absl::StrCat("checkpoint: it does not say of which step: no ", name));
}

absl::StatusOr<int64_t> CountIn(const Words& words, const char* name) {
  CXR_ASSIGN_OR_RETURN(const std::string word, WordOf(words, name));
  return CountOf(name, word);
}

}  // namespace

RunPosition AfterStep(RunPosition position) {
  ++position.steps;
  ++position.schedule_step;
  ++position.data_step;
  return position;
}

RunPosition Resumed(RunPosition position, const spec::ResumeSpec& resume) {
  position.resumed_after.push_back(position.steps);
  if (resume.schedules() == spec::SCHEDULES_RESTART_AS_RELEASED) {
    position.schedule_step = 0;
  }
  if (resume.sampler() == spec::SAMPLER_REPLAYS_AS_RELEASED) {
    position.data_step = 0;
  }
  return position;
}

Words ToWords(const RunPosition& position) {
  return {{kSteps, absl::StrCat(position.steps)},
          {kScheduleStep, absl::StrCat(position.schedule_step)},
          {kDataStep, absl::StrCat(position.data_step)},
          {kResumedAfter, absl::StrJoin(position.resumed_after, " ")}};
}

absl::StatusOr<RunPosition> ToPosition(const Words& words) {
  RunPosition position;
  CXR_ASSIGN_OR_RETURN(position.steps, CountIn(words, kSteps));
  CXR_ASSIGN_OR_RETURN(position.schedule_step, CountIn(words, kScheduleStep));
  CXR_ASSIGN_OR_RETURN(position.data_step, CountIn(words, kDataStep));
  CXR_ASSIGN_OR_RETURN(const std::string stops, WordOf(words, kResumedAfter));
  for (const absl::string_view stop :
       absl::StrSplit(stops, ' ', absl::SkipEmpty())) {
    CXR_ASSIGN_OR_RETURN(const int64_t step, CountOf(kResumedAfter, stop));
    position.resumed_after.push_back(step);
  }
  return position;
}

std::string DescribeStops(const RunPosition& position) {
  const size_t count = position.resumed_after.size();
  if (count == 0) return "";
  const auto format = [](std::string* out, int64_t step) {
    absl::StrAppend(out, WithCommas(step));
  };
  return absl::StrCat("resumed ", count, count == 1 ? " time" : " times",
                      ", after ", count == 1 ? "step " : "steps ",
                      absl::StrJoin(position.resumed_after, " and ", format));
}

}  // namespace cxr
