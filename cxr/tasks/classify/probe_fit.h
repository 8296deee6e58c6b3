// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_PROBE_FIT_H_
#define CXR_TASKS_CLASSIFY_PROBE_FIT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ATen/core/Tensor.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/train.pb.h"
#include "cxr/tasks/classify/epoch_log.h"
#include "cxr/tasks/classify/probe_feed.h"
#include "cxr/train/probe_group.h"

// Epochs of heads on a frozen backbone, of which the best is kept.

namespace cxr {

// Images that choose the epoch and the member of a sweep.
struct Validation {
  at::Tensor features;             // (n, F)
  std::vector<float> labels = {};  // (n, L); NaN = left out
  spec::SelectionMetric metric = spec::SELECTION_METRIC_UNSPECIFIED;
};

// The head that is kept.
struct BestProbe {
  LinearProbe probe = {};
  int64_t epoch = -1;  // from 0; -1: none yet
  int64_t member = 0;
  double value = 0;  // of the selection metric; 0 without validation
};

class ProbeFit {
 public:
  // Without `validation` the last epoch is kept.
  ProbeFit(int64_t features, int64_t labels, const ProbeGroupOptions& options,
           std::optional<Validation> validation);

  // One epoch of `steps` batches of `feed`; `may_go_on` is asked before each. A
  // member whose loss is not finite is out of the choice; OutOfRange if none is
  // left. Of equal epochs the first is kept, and so it is where validation
  // images tell none from another (as Hugging Face's trainer does with NaN).
  absl::Status Epoch(ProbeFeed& feed, int64_t steps,
                     absl::FunctionRef<absl::Status(int64_t step)> may_go_on);

  int64_t epochs_done() const { return std::ssize(log_) / group_.size(); }
  const BestProbe& best() const { return best_; }
  const std::vector<EpochLine>& log() const { return log_; }

  // All of it, between two epochs.
  std::string ToCheckpoint() const;
  // DataLoss if it is not of such a fit.
  absl::Status Restore(const std::string& bytes, absl::string_view name);

 private:
  absl::Status Choose(int64_t member, EpochLine* line);

  ProbeGroup group_;
  std::optional<Validation> validation_;
  BestProbe best_;
  std::vector<EpochLine> log_;
};

}  // namespace cxr

#endif  // CXR_TASKS_CLASSIFY_PROBE_FIT_H_
