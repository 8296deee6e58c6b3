// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/stage_states.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/accept.h"
#include "cxr/harness/why.h"

namespace cxr {
namespace {

// Of a stage whose time is not known.
constexpr double kUnknownSeconds = 0.1;
// A stage that is tried again waits so long at most.
constexpr absl::Duration kLongestDelay = absl::Minutes(5);

}  // namespace

StageStates::StageStates(const Plan& plan, const DriverOptions& options)
    : plan_(plan), options_(options), items_(plan.stages.size()) {
  for (int i = 0; i < options.frozen.stages_size(); ++i) {
    const spec::StageCost& cost = options.frozen.stages(i).cost();
    At(i).weight = std::max(kUnknownSeconds, cost.device_seconds_high());
  }
}

absl::Status StageStates::LookUpAll() {
  for (size_t i = 0; i < items_.size(); ++i) {
    CXR_RETURN_IF_ERROR(LookUp(static_cast<int>(i)));
  }
  PassOn();
  return absl::OkStatus();
}

absl::Status StageStates::LookUp(int place) {
  const PlannedStage& stage = plan_.At(place);
  Item& item = At(place);
  if (!stage.available.ok()) {
    return absl::OkStatus();
  }
  Set(place, State::kWaiting);
  absl::StatusOr<spec::RunRecord> record =
      options_.store.Find(StageName(stage.kind), stage.id);
  if (absl::IsNotFound(record.status())) {
    return absl::OkStatus();
  }
  if (absl::IsDataLoss(record.status())) {
    options_.progress.Say(absl::StrCat("made again, because it is damaged: ",
                                       record.status().message()));
    return absl::OkStatus();
  }
  CXR_RETURN_IF_ERROR(record.status());
  const std::string code = options_.code_digest(stage.kind);
  if (options_.strict_code &&
      (record->provenance().code_digest() != code || ReadsAnew(place))) {
    item.replaces = record->attempt();
    return absl::OkStatus();
  }
  item.record = *std::move(record);
  Set(place, State::kDone);
  item.was_there = true;
  return absl::OkStatus();
}

bool StageStates::ReadsAnew(int place) const {
  for (const auto& [kind, read] : plan_.At(place).reads) {
    if (At(read).state != State::kDone) {
      return true;
    }
  }
  return false;
}

absl::Status StageStates::AcceptAll() {
  if (options_.accept_equivalent.empty()) {
    return absl::OkStatus();
  }
  CXR_ASSIGN_OR_RETURN(const StoreIndex index,
                       StoreIndex::Read(options_.store.path()));
  for (size_t i = 0; i < items_.size(); ++i) {
    const int place = static_cast<int>(i);
    // What reads something that is made anew is not equal by anybody's word.
    if (At(place).state != State::kWaiting || ReadsAnew(place)) {
      continue;
    }
    const std::optional<spec::RunRecord> earlier =
        EarlierRecord(plan_, place, options_.store, index);
    if (!earlier.has_value()) {
      continue;
    }
    CXR_ASSIGN_OR_RETURN(At(place).record,
                         AcceptRecord({.store = options_.store,
                                       .plan = plan_,
                                       .stage = place,
                                       .earlier = *earlier,
                                       .identity = IdentityOf(place),
                                       .reason = options_.accept_equivalent}));
    if (!At(place).record.has_value()) {
      continue;  // Another process has it.
    }
    Set(place, State::kDone);
    ++accepted_;
  }
  return absl::OkStatus();
}

int StageStates::ToDo() const { return static_cast<int>(waiting_.size()); }

void StageStates::Set(int place, State state) {
  At(place).state = state;
  if (state == State::kWaiting) {
    waiting_.insert(place);
  } else {
    waiting_.erase(place);
  }
}

std::vector<int> StageStates::AllIn(State state) const {
  std::vector<int> places;
  for (size_t i = 0; i < items_.size(); ++i) {
    if (items_[i].state == state) {
      places.push_back(static_cast<int>(i));
    }
  }
  return places;
}

std::optional<int> StageStates::NextReady(absl::Duration now) const {
  for (const int place : waiting_) {
    if (At(place).not_before <= now && !ReadsAnew(place)) {
      return place;
    }
  }
  return std::nullopt;
}

bool StageStates::AnyOpen() const {
  return !waiting_.empty() ||
         std::any_of(items_.begin(), items_.end(), [](const Item& item) {
           return item.state == State::kRunning ||
                  item.state == State::kElsewhere;
         });
}

void StageStates::Started(int place) {
  Set(place, State::kRunning);
  At(place).part = 0;
  ++At(place).tries;
  for (const auto& [kind, record] : InputsOf(place)) {
    At(place).read_attempts[kind] = record->attempt();
  }
}

void StageStates::PutBack(int place) {
  Set(place, State::kWaiting);
  PassOn();
}

void StageStates::TakeOver(int place, const spec::LeaseRecord& gone) {
  At(place).gone = gone;
  PutBack(place);
}

absl::Status StageStates::Finished(int place) {
  const PlannedStage& stage = plan_.At(place);
  CXR_ASSIGN_OR_RETURN(At(place).record,
                       options_.store.Find(StageName(stage.kind), stage.id));
  run_ += At(place).state == State::kRunning ? 1 : 0;
  At(place).was_there = At(place).state != State::kRunning;
  Set(place, State::kDone);
  return absl::OkStatus();
}

void StageStates::Failed(int place, const absl::Status& status) {
  Set(place, State::kFailed);
  At(place).failure = status;
  PassOn();
}

void StageStates::PassOn() {
  const std::set<int> waiting = waiting_;
  for (const int place : waiting) {
    for (const auto& [kind, read] : plan_.At(place).reads) {
      if (At(read).state == State::kFailed) {
        Set(place, State::kFailed);
        At(place).failure = At(read).failure;
      }
    }
  }
}

bool StageStates::Interrupted(int place, const absl::Status& status,
                              absl::Duration now) {
  Item& item = At(place);
  if (item.tries > options_.retries) {
    return false;
  }
  item.failure = status;
  item.not_before =
      now + std::min(kLongestDelay, options_.retry_delay *
                                        (int64_t{1} << std::min(
                                             std::max(item.tries - 1, 0), 20)));
  PutBack(place);
  return true;
}

bool StageStates::InputDamaged(int place, StageKind input) {
  const int read = plan_.At(place).reads.at(input);
  Item& damaged = At(read);
  const bool is_repaired =
      damaged.state != State::kDone ||
      damaged.record->attempt() != At(place).read_attempts[input];
  if (!is_repaired && damaged.tries > options_.retries) {
    return false;
  }
  if (!is_repaired) {
    damaged.replaces = damaged.record->attempt();
    damaged.record.reset();
    damaged.was_there = false;
    Set(read, State::kWaiting);
  }
  // Each repair allows another try.
  At(place).tries = 0;
  PutBack(place);
  return true;
}

bool StageStates::IsTakenOver(int place, const spec::LeaseRecord& lease) const {
  const Item& item = At(place);
  return item.gone.has_value() && item.gone->token() == lease.token() &&
         item.gone->beat() == lease.beat();
}

Store::AcquireOptions StageStates::AcquireOptionsOf(int place) const {
  const Item& item = At(place);
  return {.replaces = item.replaces,
          .gone = item.gone.has_value() ? &*item.gone : nullptr};
}

std::map<StageKind, const spec::RunRecord*> StageStates::InputsOf(
    int place) const {
  std::map<StageKind, const spec::RunRecord*> inputs;
  for (const auto& [kind, read] : plan_.At(place).reads) {
    inputs[kind] = &*At(read).record;
  }
  return inputs;
}

std::vector<spec::IdentityPart> StageStates::IdentityOf(int place) const {
  const PlannedStage& stage = plan_.At(place);
  return WithOrigins(plan_.PartsOf(stage),
                     options_.origins(plan_.ExperimentOf(stage)));
}

spec::Provenance StageStates::ProvenanceOf(int place) const {
  spec::Provenance provenance = options_.provenance;
  provenance.set_code_digest(options_.code_digest(plan_.At(place).kind));
  if (place < options_.frozen.stages_size()) {
    const spec::StageCost& cost = options_.frozen.stages(place).cost();
    provenance.set_flops(cost.flops());
    provenance.set_images(cost.images());
  }
  if (plan_.At(place).kind == StageKind::kPretrain) {
    provenance.set_processes(ProcessesOf(place));
  }
  return provenance;
}

int StageStates::ProcessesOf(int place) const {
  return plan_.At(place).kind == StageKind::kPretrain
             ? options_.pretrain_processes
             : 1;
}

std::string StageStates::Label(std::optional<int> place) const {
  return place.has_value()
             ? absl::StrCat(StageName(plan_.At(*place).kind), " ",
                            plan_.ExperimentOf(plan_.At(*place)).name)
             : "";
}

std::optional<int> StageStates::FirstRunning() const {
  const std::vector<int> running = AllRunning();
  return running.empty() ? std::nullopt : std::optional<int>(running.front());
}

double StageStates::PartOfFirst() const {
  const std::optional<int> first = FirstRunning();
  return first.has_value() ? At(*first).part : 0;
}

double StageStates::PartOfAll() const {
  double done = 0;
  double all = 0;
  for (const Item& item : items_) {
    if (item.state == State::kCannotRun || item.was_there) {
      continue;
    }
    all += item.weight;
    done += item.state == State::kDone || item.state == State::kFailed
                ? item.weight
                : item.weight * item.part;
  }
  return all > 0 ? done / all : 1;
}

DriverResult StageStates::Collect() const {
  DriverResult result = CollectResult(
      plan_,
      [this](int place) -> absl::StatusOr<std::optional<spec::RunRecord>> {
        const Item& item = At(place);
        if (item.state == State::kFailed) {
          return item.failure;
        }
        return item.record;
      });
  result.run = run_;
  result.accepted = accepted_;
  result.reused = static_cast<int>(
      std::count_if(items_.begin(), items_.end(),
                    [](const Item& item) { return item.was_there; }));
  return result;
}

DriverResult CollectResult(
    const Plan& plan,
    absl::FunctionRef<absl::StatusOr<std::optional<spec::RunRecord>>(int)>
        find) {
  DriverResult result;
  std::set<int> there;
  for (const auto& [name, places] : plan.stages_of) {
    const absl::Status available = AvailabilityOf(plan, name);
    if (absl::IsUnimplemented(available)) {
      result.missing[name] = std::string(available.message());
      continue;
    }
    absl::Status status = available;
    std::vector<spec::RunRecord> own;
    for (size_t i = 0; i < places.size() && status.ok(); ++i) {
      absl::StatusOr<std::optional<spec::RunRecord>> record = find(places[i]);
      status = record.status();
      if (record.ok() && record->has_value()) {
        own.push_back(**std::move(record));
      }
    }
    if (!status.ok()) {
      result.failed[name] = status;
    } else if (own.size() == places.size()) {
      there.insert(places.begin(), places.end());
      result.records[name] = std::move(own);
    } else {
      result.not_run.push_back(name);
    }
  }
  result.reused = static_cast<int>(there.size());
  return result;
}

}  // namespace cxr
