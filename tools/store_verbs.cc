// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/store_verbs.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <string>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/gc.h"
#include "cxr/harness/journal.h"
#include "cxr/harness/run_status.h"
#include "cxr/harness/store.h"
#include "cxr/harness/text_format.h"
#include "tools/command_line.h"
#include "tools/message_output.h"
#include "tools/places.h"

namespace cxr {
namespace {

constexpr absl::Duration kRefresh = absl::Seconds(1);
// So many of the newest runs are listed.
constexpr size_t kRunsShown = 20;

absl::StatusOr<Store> StoreToRead() {
  CXR_ASSIGN_OR_RETURN(const std::string path, StorePath());
  return Store::OpenToRead(path);
}

// The number on the command line, else that of the newest run.
absl::StatusOr<int> RunNumber(const Store& store,
                              const std::vector<std::string>& words) {
  int number = 0;
  if (words.size() > 1 ||
      (words.size() == 1 && !absl::SimpleAtoi(words[0], &number))) {
    return absl::InvalidArgumentError(absl::StrCat(
        "found '", words.back(), "', expected the number of a run"));
  }
  if (words.size() == 1) {
    return number;
  }
  const std::vector<int> runs = RunNumbers(store);
  return runs.empty() ? absl::StatusOr<int>(absl::NotFoundError(
                            absl::StrCat(store.path(), ": no run yet")))
                      : runs.back();
}

absl::StatusOr<spec::RunStatus> StatusOfRun(const Store& store, int number) {
  CXR_ASSIGN_OR_RETURN(const RunHistory run, ReadRun(store, number));
  return StatusOf(run, store);
}

std::string TextOf(const spec::RunStatus& run) {
  return ToText(run, absl::Now(), absl::LocalTimeZone());
}

absl::Status ListRuns(const Store& store) {
  std::vector<int> numbers = RunNumbers(store);
  std::reverse(numbers.begin(), numbers.end());
  const size_t all = numbers.size();
  numbers.resize(std::min(numbers.size(), kRunsShown));
  std::vector<spec::RunStatus> runs;
  for (const int number : numbers) {
    const absl::StatusOr<spec::RunStatus> run = StatusOfRun(store, number);
    if (run.ok()) {
      runs.push_back(*run);
    }
  }
  if (absl::GetFlag(FLAGS_format) == "json") {
    absl::PrintF("[");
    for (const spec::RunStatus& run : runs) {
      absl::PrintF("%s", run.number() == runs[0].number() ? "" : ",");
      CXR_RETURN_IF_ERROR(Print(run, ""));
    }
    absl::PrintF("]\n");
    return absl::OkStatus();
  }
  absl::PrintF("%s", runs.empty() ? absl::StrCat(store.path(), ": no run yet\n")
                                  : ToText(runs, absl::LocalTimeZone()));
  if (all > numbers.size()) {
    absl::PrintF("... and %d older; each with: cxr status NUMBER\n",
                 all - numbers.size());
  }
  return absl::OkStatus();
}

absl::Status ShowStatus(const std::vector<std::string>& words) {
  CXR_RETURN_IF_ERROR(CheckFormat());
  CXR_ASSIGN_OR_RETURN(const Store store, StoreToRead());
  if (words.empty()) {
    return ListRuns(store);
  }
  CXR_ASSIGN_OR_RETURN(const int number, RunNumber(store, words));
  CXR_ASSIGN_OR_RETURN(const spec::RunStatus run, StatusOfRun(store, number));
  return Print(run, TextOf(run));
}

bool IsOver(const spec::RunStatus& run) {
  return run.state() != spec::RUNNING && run.state() != spec::DRIVER_ELSEWHERE;
}

// As much of each line as a terminal shows in one line, and as many lines as it
// has, so that they can be drawn over.
std::string FittingTerminal(const std::string& text) {
  winsize size = {};
  const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
  const size_t columns = known && size.ws_col > 1 ? size.ws_col - 1u : 79;
  const size_t rows = known && size.ws_row > 1 ? size.ws_row - 1u : 23;
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  lines.resize(std::min(lines.size(), rows));
  for (std::string& line : lines) {
    line = line.substr(0, columns);
  }
  const std::string fitting = absl::StrJoin(lines, "\n");
  return absl::EndsWith(fitting, "\n") ? fitting : fitting + "\n";
}

// On a terminal the text is drawn over itself; elsewhere it is printed when it
// changes.
absl::StatusOr<spec::RunStatus> WatchRun(
    const std::vector<std::string>& words) {
  CXR_ASSIGN_OR_RETURN(const Store store, StoreToRead());
  CXR_ASSIGN_OR_RETURN(const int number, RunNumber(store, words));
  const bool terminal = isatty(STDOUT_FILENO) != 0;
  std::string shown;
  std::ptrdiff_t lines = 0;
  while (true) {
    CXR_ASSIGN_OR_RETURN(const spec::RunStatus run, StatusOfRun(store, number));
    const std::string text =
        terminal ? FittingTerminal(TextOf(run)) : TextOf(run);
    // Elsewhere what changes by the second is no news.
    const std::string news =
        terminal ? text
                 : absl::StrCat(run.done(), " ", run.failed_size(), " ",
                                run.state());
    if (terminal) {
      // Up to the first line of the last text, which is wiped.
      absl::PrintF("%s%s",
                   lines > 0 ? absl::StrFormat("\033[%dA\033[J", lines) : "",
                   text);
      lines = std::count(text.begin(), text.end(), '\n');
    } else if (news != shown) {
      absl::PrintF("%s", text);
    }
    shown = news;
    CXR_RETURN_IF_ERROR(FlushOutput());
    if (IsOver(run)) {
      return run;
    }
    absl::SleepFor(kRefresh);
  }
}

absl::Status CollectGarbage() {
  CXR_ASSIGN_OR_RETURN(const std::string path, StorePath());
  const Store store = Store::OpenToRead(path);
  CXR_ASSIGN_OR_RETURN(const Garbage garbage, FindGarbage(store));
  const bool only_looks = absl::GetFlag(FLAGS_dry_run);
  for (const std::string& folder : garbage.folders) {
    absl::PrintF("%s\n", folder);
  }
  if (!only_looks && Exists(path)) {
    CXR_RETURN_IF_ERROR(DeleteGarbage(store, garbage));
  }
  absl::FPrintF(
      stderr, "cxr: %s of %s %s\n",
      CountText(static_cast<int64_t>(garbage.folders.size()), "attempt"),
      BytesText(garbage.bytes), only_looks ? "would be deleted" : "deleted");
  return absl::OkStatus();
}

}  // namespace

ExitCode StatusVerb(const std::vector<std::string>& words) {
  return CodeOf(ShowStatus(words));
}

ExitCode WatchVerb(const std::vector<std::string>& words) {
  return CodeOf(WatchRun(words).status());
}

ExitCode GcVerb(const std::vector<std::string>& words) {
  if (!words.empty()) {
    return Fail(absl::InvalidArgumentError(
        absl::StrCat("gc takes no words, found '", words[0], "'")));
  }
  return CodeOf(CollectGarbage());
}

}  // namespace cxr
