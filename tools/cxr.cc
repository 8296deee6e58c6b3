// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// The program: one verb a job.
#include <fcntl.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "tools/command_line.h"
#include "tools/exit_code.h"
#include "tools/help_verb.h"
#include "tools/lint_verb.h"
#include "tools/render_verb.h"
#include "tools/run_verb.h"

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

ExitCode RunCommandLine(absl::string_view program, const CommandLine& line) {
  if (line.words.empty()) {
    return line.help ? HelpVerb({})
                     : Fail(absl::InvalidArgumentError(
                           "a verb is missing; see: cxr help"));
  }
  const std::string& verb = line.words[0];
  const std::vector<std::string> words(line.words.begin() + 1,
                                       line.words.end());
  const absl::Status known = CheckVerb(verb, line.flags);
  if (!known.ok()) {
    return Fail(known);
  }
  if (line.help) {
    const ExitCode code = HelpVerb({verb});
    return verb == "run" && !words.empty() ? DescribeTarget(program, words[0])
                                           : code;
  }
  if (verb == "run") {
    return RunVerb(program, words);
  }
  if (verb == "render") {
    return RenderVerb(program, words);
  }
  if (verb == "lint") {
    return LintVerb(program, words);
  }
  return HelpVerb(words);
}

ExitCode Main(int argc, char** argv) {
  PrepareProcess();
  const absl::StatusOr<CommandLine> line = ParseCommandLine(
      absl::MakeConstSpan(argv + 1, static_cast<size_t>(argc - 1)));
  const ExitCode code =
      line.ok() ? RunCommandLine(argv[0], *line) : Fail(line.status());
  const absl::Status flushed = FlushOutput();
  if (!flushed.ok()) {
    return Fail(ExitCode::kStore, flushed);
  }
  return code;
}

}  // namespace
}  // namespace cxr

int main(int argc, char** argv) {
  return static_cast<int>(cxr::Main(argc, argv));
}
