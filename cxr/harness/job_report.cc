// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/job_report.h"

#include <unistd.h>

#include <csignal>
#include <cstring>
#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/exit_code.h"
#include "cxr/harness/text_format.h"
#include "cxr/spec/journal.pb.h"

namespace cxr {
namespace {

// Less than what a pipe takes at once, so that nobody waits for a reader.
constexpr size_t kLongestReason = 16000;

// Why a signal may have ended a process, for whoever reads it.
std::string SignalText(int signal) {
  return absl::StrCat(
      "its process was ended by signal ", signal, " (", strsignal(signal), ")",
      signal == SIGKILL ? ", perhaps because memory ran out" : "");
}

spec::FailureRecord FailureOf(const JobEnd& end) {
  spec::FailureRecord failure;
  if (!failure.ParseFromString(end.message)) {
    failure.Clear();
  }
  return failure;
}

}  // namespace

int TellDriver(const WorkerEnd& end, int fd) {
  if (end.status.ok()) {
    return static_cast<int>(ExitCode::kDone);
  }
  if (absl::IsAlreadyExists(end.status)) {
    return kTakenExit;
  }
  spec::FailureRecord failure;
  failure.set_code(static_cast<int>(end.status.code()));
  failure.set_message(
      Printable(end.status.message().substr(0, kLongestReason)));
  if (end.damaged.has_value()) {
    failure.set_damaged_input(std::string(StageName(*end.damaged)));
  }
  const std::string bytes = failure.SerializeAsString();
  if (write(fd, bytes.data(), bytes.size()) < 0) {
    // The driver is gone, or will say that there was no reason.
  }
  return static_cast<int>(end.store_failed ? ExitCode::kStore
                                           : ExitCodeOf(end.status));
}

absl::Status ToStatus(const JobEnd& end) {
  if (end.signal != 0) {
    return absl::UnavailableError(SignalText(end.signal));
  }
  if (end.exit_code == static_cast<int>(ExitCode::kDone)) {
    return absl::OkStatus();
  }
  const spec::FailureRecord failure = FailureOf(end);
  if (failure.code() == static_cast<int>(absl::StatusCode::kOk)) {
    return absl::InternalError(absl::StrCat("its process ended with exit code ",
                                            end.exit_code,
                                            " and gave no reason"));
  }
  return absl::Status(static_cast<absl::StatusCode>(failure.code()),
                      failure.message());
}

std::optional<StageKind> DamagedInputOf(const JobEnd& end) {
  return StageKindOf(FailureOf(end).damaged_input());
}

}  // namespace cxr
