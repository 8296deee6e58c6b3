// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/process.h"

#include <fcntl.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "tools/help_verb.h"
#include "tools/lint_verb.h"
#include "tools/show_verb.h"
#include "tools/upgrade_verb.h"

namespace cxr {
namespace {

void PrepareProcess() {
  // A file that grows beyond the limit is an error of the write, like a full
  // disk; by default the signal would end the program without a word.
  std::signal(SIGXFSZ, SIG_IGN);
  // With stdin, stdout or stderr closed, the next file opened would take its
  // number and be written over.
  while (true) {
    const int fd = open("/dev/null", O_RDWR);
    if (fd < 0 || fd > 2) {
      break;  // The one above 2 stays open; it does no harm.
    }
  }
  // Enough for any table: an error then shows in the flush, with its reason.
  std::setvbuf(stdout, nullptr, _IOFBF, size_t{1} << 20);
  // What nobody caught is a bug, and is to be told from a signal.
  std::set_terminate([] {
    std::fputs("cxr: error: an exception that nobody caught\n", stderr);
    std::_Exit(static_cast<int>(ExitCode::kInternal));
  });
}

ExitCode RunCommandLine(const std::string& program, const CommandLine& line,
                        absl::FunctionRef<ExitCode(const VerbRequest&)> run) {
  if (line.words.empty()) {
    return line.help ? HelpVerb({})
                     : Fail(absl::InvalidArgumentError(
                           "a verb is missing; see: cxr help"));
  }
  const VerbRequest request{.program = program,
                            .verb = line.words[0],
                            .words = {line.words.begin() + 1, line.words.end()},
                            .help = line.help};
  const absl::Status known = CheckVerb(request.verb, line.flags);
  return known.ok() ? run(request) : Fail(known);
}

}  // namespace

int RunProgram(int argc, char** argv,
               absl::FunctionRef<ExitCode(const VerbRequest&)> run) {
  PrepareProcess();
  const absl::StatusOr<CommandLine> line = ParseCommandLine(
      absl::MakeConstSpan(argv + 1, static_cast<size_t>(argc - 1)));
  const ExitCode code =
      line.ok() ? RunCommandLine(argv[0], *line, run) : Fail(line.status());
  const absl::Status flushed = FlushOutput();
  return static_cast<int>(flushed.ok() ? code
                                       : Fail(ExitCode::kStore, flushed));
}

ExitCode RunSpecVerb(const VerbRequest& request) {
  if (request.help) {
    return HelpVerb({request.verb});
  }
  if (request.verb == "lint") {
    return LintVerb(request.program, request.words);
  }
  if (request.verb == "show") {
    return ShowVerb(request.program, request.words);
  }
  if (request.verb == "upgrade") {
    return UpgradeVerb(request.words);
  }
  if (request.verb == "help") {
    return HelpVerb(request.words);
  }
  return Fail(absl::InvalidArgumentError(
      "this program only reads declarations; see: cxr help"));
}

}  // namespace cxr
