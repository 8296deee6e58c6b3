// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_JOURNAL_H_
#define CXR_HARNESS_JOURNAL_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/harness/store.h"
#include "cxr/spec/journal.pb.h"
#include "cxr/spec/plan.pb.h"

// What runs are there and what happened in each, kept in the store:
//
//   STORE/runs/N/plan.textproto   the frozen plan
//   STORE/runs/N/journal          one event a line
//
// Runs are counted from 1 by the order in which they were made, whatever the
// clock says. A journal whose last line was cut off is read up to there.

namespace cxr {

class Journal {
 public:
  // Begins a run.
  static absl::StatusOr<Journal> Create(const Store& store,
                                        const spec::PlanRecord& plan);

  // Takes up a run whose driver is gone.
  static Journal Reopen(const Store& store, int number);

  // Adds an event of now.
  absl::Status Add(spec::RunEvent event) const;

  int number() const { return number_; }

 private:
  Journal(std::string folder, int number)
      : folder_(std::move(folder)), number_(number) {}

  std::string folder_;
  int number_;
};

// Numbers of the runs of a store, ascending.
std::vector<int> RunNumbers(const Store& store);

// What is known of a run.
struct RunHistory {
  int number = 0;
  spec::PlanRecord plan = {};
  std::vector<spec::RunEvent> events = {};
};

// NotFound, with the numbers there are, if there is no such run.
absl::StatusOr<RunHistory> ReadRun(const Store& store, int number);

// The state of a run after its last event, asking whether its driver lives.
spec::RunState StateOf(const RunHistory& run);

// The newest run of the same plan by the same command that ended before it was
// finished and that nobody drives.
std::optional<int> FindUnfinished(const Store& store,
                                  const spec::PlanRecord& plan);

}  // namespace cxr

#endif  // CXR_HARNESS_JOURNAL_H_
