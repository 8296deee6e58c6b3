// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// The program: one verb a job.
#include "tools/help_verb.h"
#include "tools/process.h"
#include "tools/render_verb.h"
#include "tools/run_verb.h"

namespace cxr {
namespace {

ExitCode Run(const VerbRequest& request) {
  if (request.help && request.verb == "run" && !request.words.empty()) {
    HelpVerb({request.verb});
    return DescribeTarget(request.program, request.words[0]);
  }
  if (!request.help && request.verb == "run") {
    return RunVerb(request.program, request.words);
  }
  if (!request.help && request.verb == "render") {
    return RenderVerb(request.program, request.words);
  }
  return RunSpecVerb(request);
}

}  // namespace
}  // namespace cxr

int main(int argc, char** argv) {
  return cxr::RunProgram(argc, argv, cxr::Run);
}
