// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/driver.h"

#include <csignal>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/exit_code.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/device_lock.h"
#include "cxr/harness/job_report.h"
#include "cxr/harness/local_executor.h"
#include "cxr/harness/process_name.h"
#include "cxr/harness/signals.h"
#include "cxr/harness/stage_states.h"
#include "cxr/harness/store_index.h"
#include "cxr/harness/text_format.h"
#include "cxr/harness/worker.h"

namespace cxr {
namespace {

// How often it looks at what no signal tells: other drivers' stages, devices,
// how far its own are.
constexpr absl::Duration kPoll = absl::Milliseconds(200);

class Driver {
 public:
  Driver(const Plan& plan, const DriverOptions& options)
      : plan_(plan),
        options_(options),
        states_(plan, options),
        watch_(options.lease_patience) {}

  absl::StatusOr<DriverResult> Run() {
    const absl::Cleanup wipe = [this] { options_.progress.End(); };
    CXR_RETURN_IF_ERROR(Note(spec::DRIVER_STARTED, std::nullopt, ""));
    // Looked up first, so that progress counts only what there is to do.
    broken_ = states_.LookUpAll();
    broken_.Update(broken_.ok() ? states_.AcceptAll() : broken_);
    options_.progress.Start(states_.ToDo());
    HeldSignals signals;
    while (broken_.ok() && !(stopping_ && executor_.running() == 0)) {
      StartReady();
      if (executor_.running() == 0 && !states_.AnyOpen()) {
        break;
      }
      if (signals.Wait(kPoll) == HeldSignals::Event::kStop) {
        Stop();
      }
      for (const JobEnd& end : executor_.Reap()) {
        broken_.Update(Finish(end));
      }
      broken_.Update(LookElsewhere());
      ShowProgress();
      if (stopping_ && SteadyNow() >= kill_at_) {
        executor_.SignalAll(SIGKILL);
      }
    }
    return Conclude();
  }

 private:
  absl::StatusOr<DriverResult> Conclude() {
    if (!broken_.ok()) {
      // The disk may be full: then the state is told by the driver's absence.
      Note(spec::RUN_BROKEN, std::nullopt, std::string(broken_.message()))
          .IgnoreError();
      return broken_;
    }
    CXR_RETURN_IF_ERROR(Note(stopping_ ? spec::RUN_STOPPED : spec::RUN_FINISHED,
                             std::nullopt, ""));
    DriverResult result = states_.Collect();
    result.stopped = stopping_;
    // A lost line costs an answer of `why`, no result.
    NoteUses(result).IgnoreError();
    return result;
  }

  // Tells the index which records stand for experiments other than the one that
  // a stage ran for, so that a later change of any of them is seen.
  absl::Status NoteUses(const DriverResult& result) const {
    CXR_ASSIGN_OR_RETURN(const StoreIndex index,
                         StoreIndex::Read(options_.store.path()));
    std::string lines;
    for (const auto& [name, records] : result.records) {
      for (spec::RunRecord record : records) {
        spec::Provenance& provenance = *record.mutable_provenance();
        const IndexEntry* newest = index.Newest(
            record.stage(), name, provenance.rung(), provenance.protocol());
        if (newest == nullptr || newest->id != record.id()) {
          provenance.set_experiment(name);
          provenance.clear_wall_seconds();  // It was not measured twice.
          absl::StrAppend(&lines, IndexLine(record));
        }
      }
    }
    return AppendToIndex(options_.store.path(), lines);
  }

  absl::Status Note(spec::RunEventKind kind, std::optional<int> stage,
                    absl::string_view message) {
    spec::RunEvent event;
    event.set_kind(kind);
    if (stage.has_value()) {
      event.set_stage(*stage);
    }
    if (kind == spec::DRIVER_STARTED) {
      *event.mutable_process() = ThisProcess();
    }
    if (!message.empty()) {
      event.set_message(Printable(message));
    }
    return options_.journal.Add(std::move(event));
  }

  // Starts what can start, in the order of the plan.
  void StartReady() {
    while (!stopping_ && executor_.running() < options_.max_parallel) {
      const std::optional<int> next = states_.NextReady(SteadyNow());
      if (!next.has_value() || !StartOne(*next)) {
        return;
      }
    }
  }

  // False if nothing can be started now.
  bool StartOne(int place) {
    if (SomebodyWorksOn(place)) {
      return true;
    }
    std::vector<DeviceLock> devices;
    if (!options_.devices.empty()) {
      absl::StatusOr<std::optional<std::vector<DeviceLock>>> taken =
          TryTakeDevices(options_.devices, states_.ProcessesOf(place),
                         options_.device_folder);
      broken_.Update(taken.status());
      if (!taken.ok() || !taken->has_value()) {
        SayWaiting(states_.ProcessesOf(place));
        return false;
      }
      devices = **std::move(taken);
    }
    const auto name_of = [](std::string* text, const DeviceLock& device) {
      text->append(device.name);
    };
    const std::string names = absl::StrJoin(devices, ",", name_of);
    const absl::Status started = executor_.Start(
        place, [&](int fd) { return Work(place, names, fd); }, devices);
    states_.Started(place);
    if (!started.ok()) {
      broken_.Update(Retry(place, started));
      return false;
    }
    broken_.Update(Note(spec::STAGE_STARTED, place, ""));
    options_.progress.Begin(states_.Label(place));
    return true;
  }

  void SayWaiting(int count) {
    if (!said_waiting_) {
      options_.progress.Say(
          absl::StrCat("waiting for ", count == 1 ? "a device" : "devices",
                       ": other processes hold ", count == 1 ? "" : "some of ",
                       absl::StrJoin(options_.devices, ", ")));
      said_waiting_ = true;
    }
  }

  // Whether another process has the stage; it is waited for then.
  bool SomebodyWorksOn(int place) {
    const PlannedStage& stage = plan_.At(place);
    const absl::StatusOr<spec::LeaseRecord> lease =
        options_.store.FindLease(StageName(stage.kind), stage.id);
    if (!lease.ok() || states_.IsTakenOver(place, *lease) ||
        LifeOf(lease->owner()) == Life::kDead) {
      return false;
    }
    SetElsewhere(place, ToString(lease->owner()));
    return true;
  }

  void SetElsewhere(int place, absl::string_view who) {
    states_.Elsewhere(place);
    options_.progress.Say(absl::StrCat(states_.Label(place), ": waiting for ",
                                       who, ", which works on it"));
    broken_.Update(Note(spec::STAGE_ELSEWHERE, place, who));
  }

  // In the process of the stage.
  int Work(int place, const std::string& devices, int fd) {
    PrepareWorkerSignals();
    if (!devices.empty() && options_.provenance.device() != "cpu") {
      setenv("CUDA_VISIBLE_DEVICES", devices.c_str(), /*overwrite=*/1);
    }
    const WorkerEnd end = RunWorker({.store = options_.store,
                                     .plan = plan_,
                                     .stage = place,
                                     .acquire = states_.AcquireOptionsOf(place),
                                     .inputs = states_.InputsOf(place),
                                     .identity = states_.IdentityOf(place),
                                     .provenance = states_.ProvenanceOf(place),
                                     .run = options_.run,
                                     .processes = states_.ProcessesOf(place),
                                     .launched = options_.launched,
                                     .strict_code = options_.strict_code});
    return TellDriver(end, fd);
  }

  absl::Status Finish(const JobEnd& end) {
    const absl::Status status = ToStatus(end);
    const int place = end.job;
    if (end.exit_code == kTakenExit && end.signal == 0) {
      states_.NotTried(place);
      SetElsewhere(place, "another process");
      return absl::OkStatus();
    }
    if (status.ok()) {
      CXR_RETURN_IF_ERROR(states_.Finished(place));
      CountDone();
      return Note(spec::STAGE_DONE, place, "");
    }
    if (end.exit_code == static_cast<int>(ExitCode::kStore)) {
      return status;
    }
    if (stopping_) {
      states_.PutBack(place);
      return absl::OkStatus();
    }
    const std::optional<StageKind> damaged = DamagedInputOf(end);
    if (damaged.has_value() && states_.InputDamaged(place, *damaged)) {
      options_.progress.Say(absl::StrCat("made again, because it is damaged: ",
                                         status.message()));
      return Note(spec::STAGE_RETRIED, place, status.message());
    }
    return ExitCodeOf(status) == ExitCode::kRetryable ? Retry(place, status)
                                                      : Fail(place, status);
  }

  // Tries it again, if that was not done often enough.
  absl::Status Retry(int place, const absl::Status& status) {
    if (!states_.Interrupted(place, status, SteadyNow())) {
      return Fail(place, status);
    }
    options_.progress.Say(absl::StrCat(states_.Label(place),
                                       ": tried again: ", status.message()));
    return Note(spec::STAGE_RETRIED, place, status.message());
  }

  absl::Status Fail(int place, const absl::Status& status) {
    states_.Failed(place, status);
    CountDone();
    return Note(spec::STAGE_FAILED, place, status.message());
  }

  void CountDone() { options_.progress.Finished(++done_); }

  // At the stages that other processes had when it last looked.
  absl::Status LookElsewhere() {
    const absl::Duration now = SteadyNow();
    if (now - looked_ < kPoll) {
      return absl::OkStatus();
    }
    looked_ = now;
    for (const int place : states_.AllElsewhere()) {
      const PlannedStage& stage = plan_.At(place);
      const absl::string_view name = StageName(stage.kind);
      const absl::StatusOr<spec::RunRecord> record =
          options_.store.Find(name, stage.id);
      if (record.ok() && states_.IsAwaited(place, *record)) {
        CXR_RETURN_IF_ERROR(states_.Finished(place));
        CountDone();
        CXR_RETURN_IF_ERROR(Note(spec::STAGE_DONE, place, ""));
        continue;
      }
      const absl::StatusOr<spec::LeaseRecord> lease =
          options_.store.FindLease(name, stage.id);
      if (!lease.ok()) {
        states_.PutBack(place);
      } else if (watch_.IsGone(stage.id, *lease, now)) {
        states_.TakeOver(place, *lease);
      }
    }
    return absl::OkStatus();
  }

  void ShowProgress() {
    for (const int place : states_.AllRunning()) {
      const PlannedStage& stage = plan_.At(place);
      const absl::StatusOr<spec::LeaseRecord> lease =
          options_.store.FindLease(StageName(stage.kind), stage.id);
      if (lease.ok()) {
        states_.SetProgress(place, lease->progress());
      }
    }
    options_.progress.Show(states_.Label(states_.FirstRunning()),
                           states_.PartOfFirst(), states_.PartOfAll());
  }

  void Stop() {
    if (stopping_) {
      executor_.SignalAll(SIGKILL);
      return;
    }
    stopping_ = true;
    kill_at_ = SteadyNow() + options_.stop_patience;
    if (executor_.running() > 0) {
      options_.progress.Say(
          "stopping; once more ends what is still running at once");
    }
    executor_.SignalAll(SIGTERM);
  }

  const Plan& plan_;
  const DriverOptions& options_;
  StageStates states_;
  LocalExecutor executor_;
  LeaseWatch watch_;
  absl::Duration looked_ = absl::ZeroDuration();
  absl::Duration kill_at_ = absl::InfiniteDuration();
  absl::Status broken_;
  bool stopping_ = false;
  bool said_waiting_ = false;
  int done_ = 0;
};

}  // namespace

absl::StatusOr<DriverResult> RunPlan(const Plan& plan,
                                     const DriverOptions& options) {
  return Driver(plan, options).Run();
}

DriverResult CollectRecords(const Plan& plan, const Store& store) {
  return CollectResult(
      plan, [&](int place) -> absl::StatusOr<std::optional<spec::RunRecord>> {
        absl::StatusOr<spec::RunRecord> record =
            store.Find(StageName(plan.At(place).kind), plan.At(place).id);
        if (absl::IsNotFound(record.status())) {
          return std::optional<spec::RunRecord>();
        }
        return record;
      });
}

}  // namespace cxr
