// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_STAGE_STATES_H_
#define CXR_HARNESS_STAGE_STATES_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "cxr/harness/driver_options.h"
#include "cxr/harness/plan.h"
#include "cxr/harness/store.h"
#include "cxr/spec/journal.pb.h"
#include "cxr/spec/run_record.pb.h"

namespace cxr {

// What a driver knows of the stages of its plan. It decides what may start; it
// starts nothing.
class StageStates {
 public:
  // Both must outlive it.
  StageStates(const Plan& plan, const DriverOptions& options);

  // Looks for the record of every stage. The error of a store that cannot be
  // read.
  absl::Status LookUpAll();

  // Takes earlier records as equal, if the options say so.
  absl::Status AcceptAll();

  // Stages that are to be executed.
  int ToDo() const;

  // The first stage, in the plan's order, whose inputs are all there.
  std::optional<int> NextReady(absl::Duration now) const;

  // Whether a stage waits, runs or is somebody else's.
  bool AnyOpen() const;

  std::vector<int> AllRunning() const { return AllIn(State::kRunning); }
  std::vector<int> AllElsewhere() const { return AllIn(State::kElsewhere); }

  // What happened to a stage.
  void Started(int place);
  void Elsewhere(int place) { Set(place, State::kElsewhere); }
  void PutBack(int place);
  // Another process turned out to have it: that was no try.
  void NotTried(int place) { --At(place).tries; }
  void TakeOver(int place, const spec::LeaseRecord& gone);
  // Reads its record.
  absl::Status Finished(int place);
  void Failed(int place, const absl::Status& status);
  // False if it was tried often enough; it has failed then.
  bool Interrupted(int place, const absl::Status& status, absl::Duration now);
  // An artifact of its input is damaged: both are made again, the input only if
  // nobody has done so meanwhile. False if it was made again often enough.
  bool InputDamaged(int place, StageKind input);

  // Whether `record` is the one that the stage waits for, and not that which is
  // to be replaced.
  bool IsAwaited(int place, const spec::RunRecord& record) const {
    return record.attempt() != At(place).replaces;
  }

  // Whether the lease is the one that it is about to take over.
  bool IsTakenOver(int place, const spec::LeaseRecord& lease) const;

  // What its process needs.
  Store::AcquireOptions AcquireOptionsOf(int place) const;
  std::map<StageKind, const spec::RunRecord*> InputsOf(int place) const;
  std::vector<spec::IdentityPart> IdentityOf(int place) const;
  spec::Provenance ProvenanceOf(int place) const;
  int ProcessesOf(int place) const;

  // "train classify_rsna_s"; empty for no stage.
  std::string Label(std::optional<int> place) const;
  void SetProgress(int place, double part) { At(place).part = part; }
  std::optional<int> FirstRunning() const;
  double PartOfFirst() const;
  // Of all that is to be executed, weighed by what it costs.
  double PartOfAll() const;

  DriverResult Collect() const;

 private:
  enum class State {
    kDone,
    kWaiting,
    kRunning,
    kElsewhere,
    kFailed,
    kCannotRun
  };

  struct Item {
    State state = State::kCannotRun;
    std::optional<spec::RunRecord> record = {};
    absl::Status failure = absl::OkStatus();
    bool was_there = false;  // Its record was not made by this driver.
    int replaces = 0;
    int tries = 0;
    // Attempts of the records that its process was given.
    std::map<StageKind, int> read_attempts = {};
    absl::Duration not_before = {};
    std::optional<spec::LeaseRecord> gone = {};
    double part = 0;
    double weight = 1;
  };

  Item& At(int place) { return items_[static_cast<size_t>(place)]; }
  const Item& At(int place) const { return items_[static_cast<size_t>(place)]; }
  void Set(int place, State state);
  std::vector<int> AllIn(State state) const;
  absl::Status LookUp(int place);
  absl::Status Accept(int place);
  bool ReadsAnew(int place) const;
  // Fails what reads a failed stage.
  void PassOn();

  const Plan& plan_;
  const DriverOptions& options_;
  std::vector<Item> items_;
  std::set<int> waiting_;  // Those in State::kWaiting.
  int run_ = 0;
  int accepted_ = 0;
};

// What a plan's stages give, each found by `find`: nothing if it was not run.
DriverResult CollectResult(
    const Plan& plan,
    absl::FunctionRef<absl::StatusOr<std::optional<spec::RunRecord>>(int)>
        find);

}  // namespace cxr

#endif  // CXR_HARNESS_STAGE_STATES_H_
