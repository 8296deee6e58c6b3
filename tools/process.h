// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_PROCESS_H_
#define TOOLS_PROCESS_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "tools/command_line.h"
#include "tools/exit_code.h"

// What is around the verbs in every program.

namespace cxr {

// A verb on the command line.
struct VerbRequest {
  std::string program = {};             // As it was called.
  std::string verb = {};                // A known verb, whose flags are right.
  std::vector<std::string> words = {};  // After the verb.
  bool help = false;                    // --help was given.
};

// The body of main: reads the command line, has `run` do the verb, brings the
// output where it goes and returns the exit code.
int RunProgram(int argc, char** argv,
               absl::FunctionRef<ExitCode(const VerbRequest&)> run);

// Does a verb that only reads declarations: lint, show, upgrade or help.
ExitCode RunSpecVerb(const VerbRequest& request);

}  // namespace cxr

#endif  // TOOLS_PROCESS_H_
