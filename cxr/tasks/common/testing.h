// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_COMMON_TESTING_H_
#define CXR_TASKS_COMMON_TESTING_H_

#include <map>
#include <optional>
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
  // What it goes on from; nothing if there are no files.
  double checkpoint_progress = 0;
  std::map<std::string, std::string> checkpoint = {};
  // Which of the processes it is, and where they meet.
  int rank = 0;
  int processes = 1;
  std::string meeting_file = {};

  // The states that a run of `body` kept: how far, and the files.
  using Saved = std::pair<double, std::map<std::string, std::string>>;
  std::vector<Saved>* saved = nullptr;

  // What it gave before its end, by name.
  std::map<std::string, std::string>* written = nullptr;

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
    const auto read_checkpoint =
        [this](absl::string_view name) -> absl::StatusOr<std::string> {
      const auto it = checkpoint.find(std::string(name));
      if (it == checkpoint.end()) return absl::NotFoundError("no checkpoint");
      return it->second;
    };
    const auto save = [this](double progress,
                             const std::vector<ArtifactBytes>& files, int) {
      if (saved == nullptr) return absl::OkStatus();
      std::map<std::string, std::string> contents;
      for (const ArtifactBytes& file : files) contents[file.name] = file.bytes;
      saved->emplace_back(progress, std::move(contents));
      return absl::OkStatus();
    };
    const auto write = [this](const ArtifactBytes& artifact) {
      if (written != nullptr) (*written)[artifact.name] = artifact.bytes;
      return absl::OkStatus();
    };
    std::optional<double> progress;
    if (!checkpoint.empty()) progress = checkpoint_progress;
    return body({.kind = kind,
                 .spec = spec,
                 .read = read,
                 .report_progress = ignore_progress,
                 .checkpoint_progress = progress,
                 .read_checkpoint = read_checkpoint,
                 .save_checkpoint = save,
                 .write_artifact = write,
                 .rank = rank,
                 .processes = processes,
                 .meeting_file = meeting_file});
  }
};

}  // namespace cxr

#endif  // CXR_TASKS_COMMON_TESTING_H_
