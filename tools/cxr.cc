// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// The program: one verb a job.
#include "tools/data_verb.h"
#include "tools/embed_verb.h"
#include "tools/export_verb.h"
#include "tools/help_verb.h"
#include "tools/import_verb.h"
#include "tools/pictures_verb.h"
#include "tools/planning.h"
#include "tools/predictions_verb.h"
#include "tools/process.h"
#include "tools/render_verb.h"
#include "tools/report_verb.h"
#include "tools/run_verb.h"
#include "tools/score_verb.h"
#include "tools/store_verbs.h"
#include "tools/synth_verb.h"

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
  if (request.help) {
    return RunSpecVerb(request);
  }
  if (request.verb == "data") {
    return DataVerb(request.program, request.words);
  }
  if (request.verb == "embed") {
    return EmbedVerb(request.program, request.words);
  }
  if (request.verb == "export") {
    return ExportVerb(request.words);
  }
  if (request.verb == "synth") {
    return SynthVerb(request.program, request.words);
  }
  if (request.verb == "report") {
    return ReportVerb(request.words);
  }
  if (request.verb == "score") {
    return ScoreVerb(request.words);
  }
  if (request.verb == "render") {
    return RenderVerb(request.program, request.words);
  }
  if (request.verb == "import") {
    return ImportVerb(request.program, request.words);
  }
  if (request.verb == "pictures") {
    return PicturesVerb(request.program, request.words);
  }
  if (request.verb == "predictions") {
    return PredictionsVerb(request.program, request.words);
  }
  if (request.verb == "plan") {
    return PlanVerb(request.program, request.words);
  }
  if (request.verb == "why") {
    return WhyVerb(request.program, request.words);
  }
  if (request.verb == "status") {
    return StatusVerb(request.words);
  }
  if (request.verb == "watch") {
    return WatchVerb(request.words);
  }
  if (request.verb == "gc") {
    return GcVerb(request.words);
  }
  return RunSpecVerb(request);
}

}  // namespace
}  // namespace cxr

int main(int argc, char** argv) {
  return cxr::RunProgram(argc, argv, cxr::Run);
}
