// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_TESTING_H_
#define CXR_TASKS_TESTING_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/harness/stage_function.h"

namespace cxr {

// Stages on artifacts that a test wrote, instead of a store's.
//
//   FakeStage stage;
//   stage.spec = ...;
//   stage.inputs[{StageKind::kData, "index.csv"}] = "row,id,...";
//   stage.Run(StageKind::kTrain, [](const StageRequest& request) {
//     return RunTrainStage(request, {.threads = 2});
//   });
struct FakeStage {
  spec::ExperimentSpec spec = {};
  std::map<std::pair<StageKind, std::string>, std::string> inputs = {};
  // What a stage is told when it reports how far it is.
  absl::Status stop = absl::OkStatus();

  // Runs `body`. Reading what is not among the inputs is NotFound.
  absl::StatusOr<StageOutput> Run(
      StageKind kind,
      absl::FunctionRef<absl::StatusOr<StageOutput>(const StageRequest&)> body)
      const {
    const auto read =
        [this](StageKind from,
               absl::string_view name) -> absl::StatusOr<std::string> {
      const auto it = inputs.find({from, std::string(name)});
      if (it == inputs.end()) {
        return absl::NotFoundError(
            absl::StrCat(StageName(from), "/", name, ": no such input"));
      }
      return it->second;
    };
    const auto ignore_progress = [this](double) { return stop; };
    const auto no_checkpoint =
        [](absl::string_view) -> absl::StatusOr<std::string> {
      return absl::NotFoundError("no checkpoint");
    };
    const auto keep_nothing = [](double, const std::vector<ArtifactBytes>&) {
      return absl::OkStatus();
    };
    return body({.kind = kind,
                 .spec = spec,
                 .read = read,
                 .report_progress = ignore_progress,
                 .read_checkpoint = no_checkpoint,
                 .save_checkpoint = keep_nothing});
  }
};

}  // namespace cxr

#endif  // CXR_TASKS_TESTING_H_
