// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// The program: one verb a job.
#include <csignal>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tools/command_line.h"
#include "tools/exit_code.h"
#include "tools/help_verb.h"
#include "tools/lint_verb.h"
#include "tools/render_verb.h"
#include "tools/run_verb.h"

namespace cxr {
namespace {

ExitCode Main(int argc, char** argv) {
  // A file that grows beyond the limit is an error of the write, like a full
  // disk; by default the signal would end the program without a word.
  std::signal(SIGXFSZ, SIG_IGN);
  const absl::StatusOr<CommandLine> line = ParseCommandLine(
      absl::MakeConstSpan(argv + 1, static_cast<size_t>(argc - 1)));
  if (!line.ok()) {
    return Fail(ExitCode::kUsage, line.status());
  }
  if (line->words.empty()) {
    return line->help ? HelpVerb({})
                      : Fail(ExitCode::kUsage,
                             absl::InvalidArgumentError(
                                 "a verb is missing; see: cxr help"));
  }
  const std::string verb = line->words[0];
  const std::vector<std::string> words(line->words.begin() + 1,
                                       line->words.end());
  if (line->help) {
    const ExitCode code = HelpVerb({verb});
    if (verb == "run" && !words.empty()) {
      DescribeTarget(argv[0], words[0]);
    }
    return code;
  }
  if (verb == "run") {
    return RunVerb(argv[0], words);
  }
  if (verb == "render") {
    return RenderVerb(argv[0], words);
  }
  if (verb == "lint") {
    return LintVerb(argv[0], words);
  }
  return HelpVerb(verb == "help" ? words : std::vector<std::string>{verb});
}

}  // namespace
}  // namespace cxr

int main(int argc, char** argv) {
  return static_cast<int>(cxr::Main(argc, argv));
}
