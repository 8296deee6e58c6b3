// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/journal.h"

#include <google/protobuf/text_format.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/process_name.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

constexpr absl::string_view kPlanFile = "plan.textproto";
constexpr absl::string_view kJournalFile = "journal";
// So many of the newest runs are looked through for one to go on with.
constexpr int kNewestRuns = 20;

std::string RunsFolder(const Store& store) {
  return JoinPath(store.path(), "runs");
}

std::string RunFolder(const Store& store, int number) {
  return absl::StrCat(RunsFolder(store), "/", number);
}

std::string ToLine(const spec::RunEvent& event) {
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  std::string line;
  printer.PrintToString(event, &line);
  // The end of a line first, in case the last one was cut off.
  return absl::StrCat("\n", line, "\n");
}

}  // namespace

absl::StatusOr<Journal> Journal::Create(const Store& store,
                                        const spec::PlanRecord& plan) {
  CXR_RETURN_IF_ERROR(CreateDirectories(RunsFolder(store)));
  const std::vector<int> there = RunNumbers(store);
  int number = there.empty() ? 1 : there.back() + 1;
  absl::Status created = CreateDirectory(RunFolder(store, number));
  while (absl::IsAlreadyExists(created)) {
    created = CreateDirectory(RunFolder(store, ++number));
  }
  CXR_RETURN_IF_ERROR(created);
  const std::string folder = RunFolder(store, number);
  const absl::Status written =
      WriteFileAtomically(JoinPath(folder, kPlanFile), ToTextproto(plan));
  if (!written.ok()) {
    RemoveAll(folder).IgnoreError();  // A run without a plan is none.
    return written;
  }
  return Journal(folder, number);
}

Journal Journal::Reopen(const Store& store, int number) {
  return Journal(RunFolder(store, number), number);
}

absl::Status Journal::Add(spec::RunEvent event) const {
  event.set_unix_millis(absl::ToUnixMillis(absl::Now()));
  return AppendToFile(JoinPath(folder_, kJournalFile), ToLine(event));
}

std::vector<int> RunNumbers(const Store& store) {
  return NumbersIn(RunsFolder(store));
}

absl::StatusOr<RunHistory> ReadRun(const Store& store, int number) {
  RunHistory run{.number = number};
  const absl::StatusOr<std::string> plan =
      ReadFile(JoinPath(RunFolder(store, number), kPlanFile));
  if (absl::IsNotFound(plan.status())) {
    const std::vector<int> there = RunNumbers(store);
    return absl::NotFoundError(
        absl::StrCat(store.path(), ": no run ", number,
                     there.empty() ? ", nor any other"
                                   : absl::StrCat("; there are ", there.front(),
                                                  " to ", there.back())));
  }
  CXR_RETURN_IF_ERROR(plan.status());
  if (!ReadTextproto(*plan, run.plan)) {
    return absl::DataLossError(
        absl::StrCat(RunFolder(store, number), ": has no plan"));
  }
  const absl::StatusOr<std::string> text =
      ReadFile(JoinPath(RunFolder(store, number), kJournalFile));
  if (!text.ok() && !absl::IsNotFound(text.status())) {
    return text.status();
  }
  for (const absl::string_view line :
       absl::StrSplit(text.ok() ? *text : "", '\n', absl::SkipEmpty())) {
    spec::RunEvent event;
    if (ReadTextproto(line, event) && event.has_kind()) {
      run.events.push_back(std::move(event));
    }
  }
  return run;
}

spec::RunState StateOf(const RunHistory& run) {
  spec::ProcessName driver;
  spec::RunState state = spec::DRIVER_DIED;
  for (const spec::RunEvent& event : run.events) {
    switch (event.kind()) {
      case spec::DRIVER_STARTED:
        driver = event.process();
        state = spec::RUNNING;
        break;
      case spec::RUN_FINISHED:
        state = spec::FINISHED;
        break;
      case spec::RUN_STOPPED:
        state = spec::STOPPED;
        break;
      case spec::RUN_BROKEN:
        state = spec::BROKEN;
        break;
      default:
        break;
    }
  }
  if (state != spec::RUNNING) {
    return state;
  }
  switch (LifeOf(driver)) {
    case Life::kAlive:
      return spec::RUNNING;
    case Life::kDead:
      return spec::DRIVER_DIED;
    case Life::kUnknown:
      return spec::DRIVER_ELSEWHERE;
  }
  return spec::DRIVER_ELSEWHERE;
}

std::optional<int> FindUnfinished(const Store& store,
                                  const spec::PlanRecord& plan) {
  const std::vector<int> numbers = RunNumbers(store);
  int looked_at = 0;
  for (auto it = numbers.rbegin();
       it != numbers.rend() && looked_at < kNewestRuns; ++it, ++looked_at) {
    const absl::StatusOr<RunHistory> run = ReadRun(store, *it);
    if (!run.ok() || run->plan.digest() != plan.digest() ||
        run->plan.command() != plan.command()) {
      continue;
    }
    switch (StateOf(*run)) {
      case spec::STOPPED:
      case spec::BROKEN:
      case spec::DRIVER_DIED:
        return *it;
      default:
        return std::nullopt;  // The newest of this plan needs nobody.
    }
  }
  return std::nullopt;
}

}  // namespace cxr
