// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/predictions_verb.h"

#include <cstddef>
#include <cstdio>
#include <map>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/driver.h"
#include "cxr/harness/store.h"
#include "cxr/score/prediction_tables.h"
#include "cxr/score/scored_rows.h"
#include "cxr/spec/study.h"
#include "cxr/tasks/common/stored_predictions.h"
#include "reports/experiment_result.h"
#include "tools/command_line.h"
#include "tools/places.h"
#include "tools/planning.h"
#include "tools/setup.h"
#include "tools/specs.h"
#include "tools/target.h"

namespace cxr {
namespace {

constexpr absl::string_view kTruthFile = "truth.csv";

// "scores.csv", or of the cells of a study by their names "scores.SEED.csv".
std::string ScoresFile(const std::map<std::string, std::string>& seeds,
                       const std::string& experiment) {
  const auto seed = seeds.find(experiment);
  return seed == seeds.end() ? "scores.csv"
                             : absl::StrCat("scores.", seed->second, ".csv");
}

// The seeds of the cells of the target's study; nothing if that is no cell
// without its seed. Of several axes of seeds "1.2".
std::map<std::string, std::string> SeedsOf(const Target& target) {
  std::map<std::string, std::string> seeds;
  if (!target.study.has_value()) return seeds;
  for (const StudyCell& cell : CellsOf(*target.study, target.study_name)) {
    std::string& seed = seeds[cell.name];
    for (const CellPoint& point : cell.points) {
      if (!point.axis->has_seeds()) continue;
      absl::StrAppend(&seed, seed.empty() ? "" : ".",
                      PointName(*point.axis, point.index));
    }
  }
  return seeds;
}

// One experiment, or all seeds of one, which have the same truth.
absl::StatusOr<Target> FindRuns(const SpecLibrary& library,
                                const std::string& name) {
  CXR_ASSIGN_OR_RETURN(Target target,
                       FindTarget(library, name, SettingFlags()));
  if (target.table.has_value() || target.study_name == name) {
    return absl::InvalidArgumentError(absl::StrCat(
        "predictions: '", name, "' is a ",
        target.table.has_value() ? "table" : "study",
        ", expected one experiment, or the cell of a study with or without "
        "its seed",
        target.table.has_value()
            ? ""
            : absl::StrCat(", like ", library.CellNames(name).front())));
  }
  return target;
}

// What was predicted by those that ended well; who did not is told.
absl::StatusOr<std::vector<NamedPredictions>> ReadRuns(
    const Target& target, const reports::ResultMap& results,
    const Store& store) {
  std::vector<NamedPredictions> runs;
  for (const ResolvedExperiment& experiment : target.experiments) {
    const reports::ExperimentResult& result = results.at(experiment.name);
    if (result.records.empty()) {
      absl::FPrintF(stderr, "cxr: left out: %s: %s\n", experiment.name,
                    result.failed.empty() ? result.missing : result.failed);
      continue;
    }
    absl::StatusOr<Predictions> predictions =
        StoredPredictions(store, result.records);
    CXR_RETURN_IF_ERROR(Annotate(predictions.status(), experiment.name));
    runs.push_back(
        {.name = experiment.name, .predictions = *std::move(predictions)});
  }
  if (!runs.empty()) return runs;
  return absl::NotFoundError(
      absl::StrCat(target.name, ": nothing was run at rung ",
                   target.setting.rung, "; first: cxr run ", target.name,
                   FlagsGiven({"rung", "protocol", "store"})));
}

absl::Status WriteTable(const std::string& file, const std::string& text) {
  const std::string path = JoinPath(UserPath(absl::GetFlag(FLAGS_out)), file);
  CXR_RETURN_IF_ERROR(WriteFileAtomically(path, text));
  absl::PrintF("%s\n", path);
  return absl::OkStatus();
}

absl::Status WritePredictions(absl::string_view program,
                              const std::string& name) {
  const std::string out = absl::GetFlag(FLAGS_out);
  if (out.empty()) {
    return absl::InvalidArgumentError(
        "predictions: expected --out=DIR; see: cxr help predictions");
  }
  CXR_ASSIGN_OR_RETURN(const SpecLibrary library, LoadLibrary(program));
  CXR_ASSIGN_OR_RETURN(const Target target, FindRuns(library, name));
  CXR_ASSIGN_OR_RETURN(const Machine machine, MakeMachine(library, program));
  CXR_ASSIGN_OR_RETURN(const std::string store_path, StorePath());
  const Store store = Store::OpenToRead(store_path);
  const reports::ResultMap results =
      ToResults(CollectRecords(PlanTarget(library, target, machine), store));
  CXR_ASSIGN_OR_RETURN(const std::vector<NamedPredictions> runs,
                       ReadRuns(target, results, store));
  CXR_ASSIGN_OR_RETURN(
      const PredictionTables tables,
      MakePredictionTables(
          runs, target.experiments.front().spec.score().classification()));
  CXR_RETURN_IF_ERROR(CreateDirectories(UserPath(out)));
  CXR_RETURN_IF_ERROR(WriteTable(std::string(kTruthFile), tables.truth));
  const std::map<std::string, std::string> seeds = SeedsOf(target);
  for (size_t i = 0; i < runs.size(); ++i) {
    CXR_RETURN_IF_ERROR(
        WriteTable(ScoresFile(seeds, runs[i].name), tables.scores[i]));
  }
  return FlushOutput();
}

}  // namespace

ExitCode PredictionsVerb(absl::string_view program,
                         const std::vector<std::string>& words) {
  if (words.size() != 1) {
    return Fail(absl::InvalidArgumentError(
        "predictions needs one experiment, or the cell of a study; see: cxr "
        "help predictions"));
  }
  return CodeOf(WritePredictions(program, words[0]));
}

}  // namespace cxr
