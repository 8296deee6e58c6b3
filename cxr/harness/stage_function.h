// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_STAGE_FUNCTION_H_
#define CXR_HARNESS_STAGE_FUNCTION_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/harness/stage.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/run_record.pb.h"

// The work of a stage, handed to the harness as a function.

namespace cxr {

// A file of a stage: its name and its contents.
struct ArtifactBytes {
  std::string name = {};
  std::string bytes = {};
};

// What the code of a stage is given.
struct StageRequest {
  StageKind kind;
  const spec::ExperimentSpec& spec;

  // Contents of an artifact of one of the stage's inputs.
  absl::FunctionRef<absl::StatusOr<std::string>(StageKind, absl::string_view)>
      read;

  // Tells how much of the stage is done, from 0 to 1. From any thread. Not OK
  // if the stage is to end at once, with this error: somebody stopped the run,
  // or another process took the stage over. Asked at least once a second, a
  // stage stops as a person expects.
  absl::FunctionRef<absl::Status(double)> report_progress;

  // How far the checkpoint is that the stage goes on from; none if it begins
  // anew.
  std::optional<double> checkpoint_progress = {};

  // A file of that checkpoint.
  absl::FunctionRef<absl::StatusOr<std::string>(absl::string_view)>
      read_checkpoint;

  // Keeps a state to go on from, with how far it is. So many of the newest
  // stay, 1 or more; 2 serve in case the last one is damaged.
  absl::FunctionRef<absl::Status(double, const std::vector<ArtifactBytes>&,
                                 int kept)>
      save_checkpoint;

  // Gives an artifact before the end, under a name that this attempt has not
  // used. Who goes on from a later checkpoint has given it too.
  absl::FunctionRef<absl::Status(const ArtifactBytes&)> write_artifact;

  // Several processes may execute a stage together: this is `rank` of them.
  // Rank 0 gives the output and keeps states; what others give or report is
  // heard by nobody.
  int rank = 0;
  int processes = 1;
  // The path of a file, not there yet, through which they can find each other;
  // empty if a launcher has told them where.
  std::string meeting_file = {};
};

// What the code of a stage gives back.
struct StageOutput {
  std::vector<ArtifactBytes> artifacts = {};
  std::vector<spec::MetricValue> metrics = {};
  std::vector<std::string> notes = {};
};

using StageFunction =
    absl::FunctionRef<absl::StatusOr<StageOutput>(const StageRequest&)>;

}  // namespace cxr

#endif  // CXR_HARNESS_STAGE_FUNCTION_H_
