// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/run_status.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/harness/decide.h"
#include "cxr/harness/process_name.h"
#include "cxr/harness/text_format.h"

namespace cxr {
namespace {

constexpr int kMillisASecond = 1000;
// More running or failed stages fill a screen.
constexpr int kStagesShown = 20;

// The last word on each stage.
std::map<int, const spec::RunEvent*> LastEvents(const RunHistory& run) {
  std::map<int, const spec::RunEvent*> last;
  for (const spec::RunEvent& event : run.events) {
    if (event.has_stage() && event.stage() < run.plan.stages_size() &&
        event.stage() >= 0) {
      last[event.stage()] = &event;
    }
  }
  return last;
}

void AddRunning(const spec::PlannedStageRecord& stage,
                const spec::RunEvent& event, const Store& store,
                spec::RunStatus& status) {
  const absl::StatusOr<spec::LeaseRecord> lease =
      store.FindLease(stage.stage(), stage.id());
  if (!lease.ok() && status.state() == spec::STOPPED) {
    return;  // The driver has ended it.
  }
  spec::RunningStage& running = *status.add_running();
  running.set_stage(stage.stage());
  running.set_experiment(stage.experiments(0));
  running.set_begun_unix_seconds(event.unix_millis() / kMillisASecond);
  running.set_dead(!lease.ok());
  if (lease.ok()) {
    running.set_progress(lease->progress());
    *running.mutable_process() = lease->owner();
    running.set_dead(LifeOf(lease->owner()) == Life::kDead);
  }
}

std::string StateText(spec::RunState state) {
  switch (state) {
    case spec::RUNNING:
      return "running";
    case spec::FINISHED:
      return "finished";
    case spec::STOPPED:
      return "stopped";
    case spec::BROKEN:
      return "broken: its store could not be written";
    case spec::DRIVER_DIED:
      return "its driver died";
    case spec::DRIVER_ELSEWHERE:
      return "driven by another machine";
    default:
      return "not known";
  }
}

std::string TimeText(int64_t unix_seconds, absl::TimeZone zone) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S",
                          absl::FromUnixSeconds(unix_seconds), zone);
}

// Whether a stage is done without a last word in the journal: another process
// made it, or the driver died before it could say so.
bool IsSettled(const spec::PlannedStageRecord& stage, spec::RunEventKind kind,
               const spec::RunStatus& run, const Store& store) {
  // What has not begun may have a record that is to be replaced.
  const bool counts =
      kind != spec::RUN_EVENT_KIND_UNSPECIFIED || run.state() == spec::FINISHED;
  return counts && store.Has(stage.stage(), stage.id()) &&
         !store.FindLease(stage.stage(), stage.id()).ok();
}

// Whether a person may go on with it.
bool CanGoOn(const spec::RunStatus& run) {
  return run.state() == spec::STOPPED || run.state() == spec::BROKEN ||
         run.state() == spec::DRIVER_DIED;
}

}  // namespace

spec::RunStatus StatusOf(const RunHistory& run, const Store& store) {
  spec::RunStatus status;
  status.set_number(run.number);
  status.set_target(run.plan.target());
  status.set_rung(run.plan.rung());
  status.set_protocol(run.plan.protocol());
  status.set_command(run.plan.command());
  status.set_state(StateOf(run));
  if (!run.events.empty()) {
    status.set_begun_unix_seconds(run.events.front().unix_millis() /
                                  kMillisASecond);
    status.set_last_event_unix_seconds(run.events.back().unix_millis() /
                                       kMillisASecond);
  }
  const std::map<int, const spec::RunEvent*> last = LastEvents(run);
  for (int i = 0; i < run.plan.stages_size(); ++i) {
    const spec::PlannedStageRecord& stage = run.plan.stages(i);
    const auto it = last.find(i);
    const spec::RunEventKind kind = it == last.end()
                                        ? spec::RUN_EVENT_KIND_UNSPECIFIED
                                        : it->second->kind();
    if (!IsExecuted(stage.decision()) && it == last.end()) {
      status.set_reused(status.reused() +
                        (stage.decision() == spec::REUSE ? 1 : 0));
      continue;
    }
    status.set_to_run(status.to_run() + 1);
    if (kind == spec::STAGE_DONE ||
        (kind != spec::STAGE_FAILED && IsSettled(stage, kind, status, store))) {
      status.set_done(status.done() + 1);
    } else if (kind == spec::STAGE_STARTED || kind == spec::STAGE_ELSEWHERE) {
      AddRunning(stage, *it->second, store, status);
    } else if (kind == spec::STAGE_FAILED) {
      spec::FailedStage& failed = *status.add_failed();
      failed.set_stage(stage.stage());
      failed.set_experiment(stage.experiments(0));
      failed.set_message(it->second->message());
    }
  }
  return status;
}

std::string ToText(const std::vector<spec::RunStatus>& runs,
                   absl::TimeZone zone) {
  std::string text;
  for (const spec::RunStatus& run : runs) {
    absl::StrAppendFormat(
        &text, "%4d  %s  %s (%s)  %d of %d done%s  %s\n", run.number(),
        TimeText(run.begun_unix_seconds(), zone), run.target(), run.rung(),
        run.done(), run.to_run(),
        run.failed().empty() ? ""
                             : absl::StrCat(", ", run.failed_size(), " failed"),
        StateText(run.state()));
  }
  return text;
}

std::string ToText(const spec::RunStatus& run, absl::Time now,
                   absl::TimeZone zone) {
  std::string text = absl::StrCat(
      "Run ", run.number(), " of ", run.target(), " (rung ", run.rung(),
      ", protocol ", run.protocol(), "): ", StateText(run.state()), "\n",
      run.done(), " of ", CountText(run.to_run(), "stage"), " done, ",
      run.running_size(), " running, ", run.failed_size(), " failed, ",
      run.reused(), " were there; begun ",
      TimeText(run.begun_unix_seconds(), zone), ", last event ",
      TimeText(run.last_event_unix_seconds(), zone), "\n");
  for (int i = 0; i < std::min(run.running_size(), kStagesShown); ++i) {
    const spec::RunningStage& stage = run.running(i);
    const double seconds = absl::ToDoubleSeconds(
        now - absl::FromUnixSeconds(stage.begun_unix_seconds()));
    absl::StrAppendFormat(
        &text, "  %s %s: %s\n", stage.stage(), stage.experiment(),
        stage.dead()
            ? std::string("its process is gone")
            : absl::StrFormat("%.0f %% after %s, %s", 100 * stage.progress(),
                              SecondsText(seconds), ToString(stage.process())));
  }
  for (int i = 0; i < std::min(run.failed_size(), kStagesShown); ++i) {
    absl::StrAppend(&text, "  ", run.failed(i).stage(), " ",
                    run.failed(i).experiment(),
                    " failed: ", run.failed(i).message(), "\n");
  }
  return CanGoOn(run) ? absl::StrCat(text, "Go on with: ", run.command(), "\n")
                      : text;
}

}  // namespace cxr
