// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/decide.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/harness/checkpoints.h"

namespace cxr {
namespace {

// So many digits of a digest tell versions of the code apart.
constexpr size_t kDigestDigits = 8;

class Decider {
 public:
  Decider(const Plan& plan, const DecideOptions& options)
      : plan_(plan), options_(options) {
    for (const StageKind kind : AllStageKinds()) {
      code_[kind] = options.code_digest(kind);
    }
  }

  std::vector<Decision> Decide() {
    for (const PlannedStage& stage : plan_.stages) {
      decisions_.push_back(DecideOne(stage));
    }
    return std::move(decisions_);
  }

 private:
  Decision DecideOne(const PlannedStage& stage) const {
    const absl::string_view name = StageName(stage.kind);
    if (!stage.available.ok()) {
      return {.decision = spec::MISSING,
              .reason = std::string(stage.available.message())};
    }
    if (!options_.store.Has(name, stage.id)) {
      return Anew(stage);
    }
    const std::string other = OtherCode(stage);
    if (options_.strict_code && (!other.empty() || ReadsAnew(stage))) {
      return {.decision = spec::RUN,
              .reason = other.empty() ? "what it reads is made again"
                                      : absl::StrCat("other code: ", other)};
    }
    return {.decision = spec::REUSE, .reason = "in the store", .drift = other};
  }

  // Of a stage without a record.
  Decision Anew(const PlannedStage& stage) const {
    const absl::StatusOr<Checkpoint> checkpoint =
        PeekCheckpoint(options_.store, StageName(stage.kind), stage.id);
    if (checkpoint.ok()) {
      return {.decision = spec::RESUME,
              .reason = absl::StrFormat("has a checkpoint at %.0f %%",
                                        100 * checkpoint->manifest.progress())};
    }
    return {
        .decision = spec::RUN,
        .reason = absl::StrCat(NewestOf(plan_, stage, options_.index) != nullptr
                                   ? "changed since its last record"
                                   : "not in the store",
                               LastFailure(stage))};
  }

  // Why its last attempt failed, if it did.
  std::string LastFailure(const PlannedStage& stage) const {
    const std::string name(StageName(stage.kind));
    const std::vector<int> attempts = options_.store.Attempts(name, stage.id);
    if (attempts.empty()) {
      return "";
    }
    const auto failure = options_.store.FailureOf(
        {.stage = name, .id = stage.id, .token = attempts.back()});
    return failure.ok()
               ? absl::StrCat("; its last attempt failed: ", failure->message())
               : "";
  }

  // "1a2b3c4d, now 5e6f7a8b" if the record of the stage was made by other code,
  // as far as the index knows; who is strict asks the record itself.
  std::string OtherCode(const PlannedStage& stage) const {
    const absl::string_view name = StageName(stage.kind);
    const IndexEntry* entry = options_.index.Find(name, stage.id);
    std::string then(entry == nullptr ? "" : entry->code_digest);
    if (options_.strict_code) {
      const absl::StatusOr<spec::RunRecord> record =
          options_.store.Find(name, stage.id);
      then = record.ok() ? record->provenance().code_digest() : then;
    }
    const std::string& now = code_.at(stage.kind);
    if (then == now || now.empty() || (then.empty() && !options_.strict_code)) {
      return "";
    }
    return absl::StrCat(then.substr(0, kDigestDigits), ", now ",
                        now.substr(0, kDigestDigits));
  }

  bool ReadsAnew(const PlannedStage& stage) const {
    for (const auto& [kind, place] : stage.reads) {
      if (decisions_[static_cast<size_t>(place)].decision != spec::REUSE) {
        return true;
      }
    }
    return false;
  }

  const Plan& plan_;
  const DecideOptions& options_;
  std::map<StageKind, std::string> code_;
  std::vector<Decision> decisions_;
};

}  // namespace

bool IsExecuted(spec::StageDecision decision) {
  return decision == spec::RUN || decision == spec::RESUME;
}

const IndexEntry* NewestOf(const Plan& plan, const PlannedStage& stage,
                           const StoreIndex& index) {
  for (const int place : stage.experiments) {
    const ResolvedExperiment& experiment =
        plan.experiments[static_cast<size_t>(place)];
    const IndexEntry* entry =
        index.Newest(StageName(stage.kind), experiment.name, experiment.rung,
                     experiment.protocol);
    if (entry != nullptr) {
      return entry;
    }
  }
  return nullptr;
}

std::vector<Decision> Decide(const Plan& plan, const DecideOptions& options) {
  return Decider(plan, options).Decide();
}

}  // namespace cxr
