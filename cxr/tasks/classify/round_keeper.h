// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_ROUND_KEEPER_H_
#define CXR_TASKS_CLASSIFY_ROUND_KEEPER_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cxr/harness/stage_function.h"
#include "cxr/tasks/classify/epoch_log.h"

namespace cxr {

// What a round gave: its artifacts, its log and what a reader should see.
struct RoundResult {
  std::vector<ArtifactBytes> files = {};
  std::vector<EpochLine> log = {};
  std::string choice = {};  // "epoch 7 of 100 by ..."; empty: nothing to say
  std::vector<std::string> notes = {};
};

// Rounds that take long, one after another, so kept that a stage that was ended
// goes on where it was: whole rounds, and the state of the one under way.
class RoundKeeper {
 public:
  // What request's checkpoint holds; nothing if there is none. DataLoss for one
  // that this class did not write.
  static absl::StatusOr<RoundKeeper> Create(const StageRequest& request,
                                            int64_t rounds);

  const std::vector<RoundResult>& finished() const { return finished_; }

  // The state that the round after those goes on from; empty if it begins.
  const std::string& state() const { return state_; }

  // Keeps `state` of the round under way, of which a `part` from 0 to 1 is
  // done.
  absl::Status Keep(double part, const std::string& state) const;

  void Finish(RoundResult result) {
    finished_.push_back(std::move(result));
    state_.clear();
  }

 private:
  RoundKeeper(const StageRequest& request, int64_t rounds)
      : request_(&request), rounds_(rounds) {}

  const StageRequest* request_;
  int64_t rounds_;
  std::vector<RoundResult> finished_;
  std::string state_;
};

}  // namespace cxr

#endif  // CXR_TASKS_CLASSIFY_ROUND_KEEPER_H_
