// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/score_classification.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/classification_report.h"
#include "cxr/score/curve_files.h"
#include "cxr/score/generator_kind.h"
#include "cxr/score/interval_kind.h"
#include "cxr/score/labelled_score_files.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/score/p_value_adjustment.h"
#include "cxr/score/ranked_targets.h"
#include "cxr/score/report_options.h"
#include "cxr/score/score_csv.h"
#include "cxr/score/score_text.h"
#include "cxr/score/seed_report.h"
#include "cxr/spec/score.pb.h"
#include "cxr/spec/score_report.pb.h"
#include "metrics/interval/interval_bounds.h"
#include "metrics/interval/resample_loop.h"
#include "tools/command_line.h"
#include "tools/message_output.h"
#include "tools/places.h"
#include "tools/score_groups.h"

namespace cxr {
namespace {

absl::Status Unexpected(absl::string_view flag, absl::string_view found,
                        absl::string_view expected) {
  return absl::InvalidArgumentError(
      absl::StrCat("--", flag, ": found '", found, "', expected ", expected));
}

// By the name of the enum, in small letters.
absl::StatusOr<spec::ScorerProfile> ChosenProfile() {
  const std::string name = absl::GetFlag(FLAGS_profile);
  if (name.empty()) return spec::SCIKIT_LEARN;
  for (const spec::ScorerProfile profile :
       {spec::SCIKIT_LEARN, spec::CXFORMER_FINETUNE, spec::CXFORMER_LINEAR_EVAL,
        spec::TORCHMETRICS}) {
    if (absl::AsciiStrToLower(name) ==
        absl::AsciiStrToLower(spec::ScorerProfile_Name(profile))) {
      return profile;
    }
  }
  return Unexpected("profile", name,
                    "scikit_learn, cxformer_finetune, cxformer_linear_eval or "
                    "torchmetrics");
}

absl::StatusOr<spec::ScoreLevel> ChosenLevel() {
  const std::string name = absl::GetFlag(FLAGS_level);
  if (name == "image") return spec::IMAGE_LEVEL;
  if (name != "patient_max") {
    return Unexpected("level", name, "image or patient_max");
  }
  if (absl::GetFlag(FLAGS_patient_column).empty()) {
    return absl::InvalidArgumentError(
        "--level=patient_max needs --patient_column");
  }
  return spec::PATIENT_MAX;
}

// A number in (0, most] that need not be given.
absl::StatusOr<std::optional<double>> NumberOf(absl::string_view flag,
                                               const std::string& text,
                                               double most,
                                               absl::string_view expected) {
  if (text.empty()) return std::nullopt;
  double number = 0.0;
  if (!absl::SimpleAtod(text, &number) || !(number > 0.0 && number <= most)) {
    return Unexpected(flag, text, expected);
  }
  return number;
}

// What --compare alone gives a meaning.
absl::Status ChooseTests(ReportOptions* options) {
  if (absl::GetFlag(FLAGS_compare).empty()) {
    CXR_RETURN_IF_ERROR(RefuseFlags("score classification without --compare",
                                    {"adjust", "margin"}));
  }
  const std::string adjust = absl::GetFlag(FLAGS_adjust);
  if (!adjust.empty()) {
    CXR_ASSIGN_OR_RETURN(options->adjustment, AdjustmentCalled(adjust));
  }
  CXR_ASSIGN_OR_RETURN(
      options->margin,
      NumberOf("margin", absl::GetFlag(FLAGS_margin),
               std::numeric_limits<double>::max(), "a number above 0"));
  if (options->margin.has_value() && options->confidence <= 0.5) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--margin needs --confidence above 0.5, found ", options->confidence));
  }
  return absl::OkStatus();
}

absl::StatusOr<ReportOptions> ChosenOptions() {
  ReportOptions options = {.resamples = absl::GetFlag(FLAGS_resamples),
                           .confidence = absl::GetFlag(FLAGS_confidence),
                           .seed = absl::GetFlag(FLAGS_seed),
                           .threads = absl::GetFlag(FLAGS_threads)};
  if (options.threads == 0) options.threads = AvailableThreads();
  CXR_ASSIGN_OR_RETURN(options.profile, ChosenProfile());
  CXR_ASSIGN_OR_RETURN(options.interval,
                       IntervalKindCalled(absl::GetFlag(FLAGS_interval)));
  CXR_ASSIGN_OR_RETURN(options.generator,
                       GeneratorCalled(absl::GetFlag(FLAGS_generator)));
  CXR_ASSIGN_OR_RETURN(
      options.at_sensitivity,
      NumberOf("at_sensitivity", absl::GetFlag(FLAGS_at_sensitivity),
               /*most=*/1.0, "a number above 0 and at most 1"));
  CXR_RETURN_IF_ERROR(ChooseTests(&options));
  // Before tables are read: what is wrong with the words is said at once.
  CXR_RETURN_IF_ERROR(
      Annotate(metrics::CheckBootstrapOptions(ToBootstrapOptions(options)),
               "score classification"));
  return options;
}

absl::StatusOr<std::string> ChosenStrata() {
  const std::string strata = absl::GetFlag(FLAGS_strata);
  if (strata == "id" ||
      (!strata.empty() && strata == absl::GetFlag(FLAGS_patient_column))) {
    return Unexpected("strata", strata, "a column that many rows share");
  }
  return strata;
}

// The tables of --scores: more than one are runs that differ in their seed, of
// which less can be told.
absl::StatusOr<std::vector<std::string>> ChosenRuns() {
  std::vector<std::string> runs =
      absl::StrSplit(absl::GetFlag(FLAGS_scores), ',', absl::SkipEmpty());
  for (size_t i = 0; i < runs.size(); ++i) {
    if (std::count(runs.begin(), runs.begin() + i, runs[i]) > 0) {
      return Unexpected("scores", runs[i], "each run once");
    }
  }
  if (runs.size() > 1) {
    CXR_RETURN_IF_ERROR(RefuseFlags(
        "score classification of several runs",
        {"compare", "groups", "interval", "at_sensitivity", "curves"}));
  }
  for (std::string& run : runs) run = UserPath(run);
  return runs;
}

absl::StatusOr<LabelledScoreFiles> ChosenFiles(ScoreType type) {
  const std::string compare = absl::GetFlag(FLAGS_compare);
  LabelledScoreFiles files = {
      .labels = absl::GetFlag(FLAGS_labels),
      .compare = compare.empty() ? "" : UserPath(compare),
      .patient_column = absl::GetFlag(FLAGS_patient_column),
      .type = type};
  CXR_ASSIGN_OR_RETURN(files.groups, ChosenGroups());
  CXR_ASSIGN_OR_RETURN(files.strata, ChosenStrata());
  CXR_ASSIGN_OR_RETURN(std::vector<std::string> runs, ChosenRuns());
  if (files.labels.empty() || runs.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("score classification: expected --",
                     files.labels.empty() ? "labels" : "scores",
                     "=FILE; see: cxr help score"));
  }
  files.labels = UserPath(files.labels);
  files.scores = runs[0];
  files.other_runs.assign(runs.begin() + 1, runs.end());
  return files;
}

// The folder for curves, "" if none was asked for.
absl::StatusOr<std::string> ChosenCurves() {
  const std::string folder = absl::GetFlag(FLAGS_curves);
  if (folder.empty()) return folder;
  CXR_RETURN_IF_ERROR(Annotate(CheckCurveFolder(UserPath(folder)), "--curves"));
  return UserPath(folder);
}

absl::Status WriteCurves(const LabelledScores& scores,
                         spec::ScorerProfile profile, const std::string& folder,
                         spec::ScoreReport* report) {
  if (folder.empty()) return absl::OkStatus();
  CXR_ASSIGN_OR_RETURN(const CurveFiles curves,
                       MakeCurveFiles(scores, profile));
  CXR_RETURN_IF_ERROR(WriteCurveFiles(curves, folder));
  for (const std::string& note : curves.notes) {
    report->add_notes(absl::StrCat("curves: ", note));
  }
  return absl::OkStatus();
}

void AddFileNotes(const LabelledScoreFiles& files,
                  const std::vector<std::string>& unused,
                  spec::ScoreReport* report) {
  if (!files.other_runs.empty()) {
    report->add_notes(absl::StrCat("runs, in their order: ", files.scores, ", ",
                                   absl::StrJoin(files.other_runs, ", ")));
  }
  if (unused.empty()) return;
  report->add_notes(
      absl::StrCat("columns of ", files.labels,
                   " that were not used: ", absl::StrJoin(unused, ", ")));
}

}  // namespace

absl::Status ScoreClassificationFiles() {
  CXR_ASSIGN_OR_RETURN(const ReportOptions options, ChosenOptions());
  CXR_ASSIGN_OR_RETURN(const spec::ScoreLevel level, ChosenLevel());
  CXR_ASSIGN_OR_RETURN(
      const LabelledScoreFiles files,
      ChosenFiles(IsFloat32(options.profile) ? ScoreType::kFloat
                                             : ScoreType::kDouble));
  CXR_ASSIGN_OR_RETURN(const std::string curves, ChosenCurves());
  CXR_ASSIGN_OR_RETURN(LabelledScoreTables tables, ReadLabelledScores(files));
  if (level == spec::PATIENT_MAX) {
    CXR_ASSIGN_OR_RETURN(tables.scores, MaxOfPatients(tables.scores));
  }
  CXR_ASSIGN_OR_RETURN(spec::ScoreReport report,
                       files.other_runs.empty()
                           ? MakeClassificationReport(tables.scores, options)
                           : MakeSeedReport(tables.scores, options));
  CXR_RETURN_IF_ERROR(
      WriteCurves(tables.scores, options.profile, curves, &report));
  AddFileNotes(files, tables.unused, &report);
  return Print(report, ToText(report));
}

}  // namespace cxr
