// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_PRETRAIN_RUN_POSITION_H_
#define CXR_TASKS_PRETRAIN_RUN_POSITION_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/spec/pretrain.pb.h"

namespace cxr {

// Where a pretraining stands. The three counts are equal unless a stop sets one
// back, as the released code does (ResumeSpec).
struct RunPosition {
  int64_t steps = 0;          // of the optimiser, all that were taken
  int64_t schedule_step = 0;  // the next one's, of the curves
  int64_t data_step = 0;      // the next one's, whose images it sees
  // `steps` at each stop that the run went on from.
  std::vector<int64_t> resumed_after = {};

  bool operator==(const RunPosition&) const = default;
};

// After one more step.
RunPosition AfterStep(RunPosition position);

// Where a run that stopped at `position` goes on.
RunPosition Resumed(RunPosition position, const spec::ResumeSpec& resume);

// As words of a checkpoint, and back. DataLoss if one lacks or is no count.
std::map<std::string, std::string> ToWords(const RunPosition& position);
absl::StatusOr<RunPosition> ToPosition(
    const std::map<std::string, std::string>& words);

// "resumed 2 times, after steps 1,200 and 3,000"; empty if never.
std::string DescribeStops(const RunPosition& position);

}  // namespace cxr

#endif  // CXR_TASKS_PRETRAIN_RUN_POSITION_H_
