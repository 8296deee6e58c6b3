// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/score_classification.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/classification_report.h"
#include "cxr/score/interval_kind.h"
#include "cxr/score/labelled_score_files.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/score/ranked_targets.h"
#include "cxr/score/report_options.h"
#include "cxr/score/score_csv.h"
#include "cxr/score/score_text.h"
#include "cxr/spec/score.pb.h"
#include "cxr/spec/score_report.pb.h"
#include "metrics/interval/interval_bounds.h"
#include "metrics/interval/resample_loop.h"
#include "tools/command_line.h"
#include "tools/message_output.h"
#include "tools/places.h"

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

absl::StatusOr<ReportOptions> ChosenOptions() {
  ReportOptions options = {.resamples = absl::GetFlag(FLAGS_resamples),
                           .confidence = absl::GetFlag(FLAGS_confidence),
                           .seed = absl::GetFlag(FLAGS_seed),
                           .threads = absl::GetFlag(FLAGS_threads)};
  if (options.threads == 0) options.threads = AvailableThreads();
  CXR_ASSIGN_OR_RETURN(options.profile, ChosenProfile());
  CXR_ASSIGN_OR_RETURN(options.interval,
                       IntervalKindCalled(absl::GetFlag(FLAGS_interval)));
  // Before tables are read: what is wrong with the words is said at once.
  CXR_RETURN_IF_ERROR(
      Annotate(metrics::CheckBootstrapOptions(ToBootstrapOptions(options)),
               "score classification"));
  return options;
}

absl::StatusOr<std::vector<std::string>> ChosenGroups() {
  const std::vector<std::string> groups =
      absl::StrSplit(absl::GetFlag(FLAGS_groups), ',', absl::SkipEmpty());
  for (size_t i = 0; i < groups.size(); ++i) {
    if (groups[i] == "id") {
      return Unexpected("groups", groups[i], "a column that groups images");
    }
    if (std::count(groups.begin(), groups.begin() + i, groups[i]) > 0) {
      return Unexpected("groups", groups[i], "each column once");
    }
  }
  return groups;
}

absl::StatusOr<LabelledScoreFiles> ChosenFiles(ScoreType type) {
  const std::string compare = absl::GetFlag(FLAGS_compare);
  LabelledScoreFiles files = {
      .labels = absl::GetFlag(FLAGS_labels),
      .scores = absl::GetFlag(FLAGS_scores),
      .compare = compare.empty() ? "" : UserPath(compare),
      .patient_column = absl::GetFlag(FLAGS_patient_column),
      .type = type};
  CXR_ASSIGN_OR_RETURN(files.groups, ChosenGroups());
  for (const auto& [flag, file] :
       {std::pair{"labels", &files.labels}, {"scores", &files.scores}}) {
    if (file->empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("score classification: expected --", flag,
                       "=FILE; see: cxr help score"));
    }
    *file = UserPath(*file);
  }
  return files;
}

}  // namespace

absl::Status ScoreClassificationFiles() {
  CXR_ASSIGN_OR_RETURN(const ReportOptions options, ChosenOptions());
  CXR_ASSIGN_OR_RETURN(const spec::ScoreLevel level, ChosenLevel());
  CXR_ASSIGN_OR_RETURN(
      const LabelledScoreFiles files,
      ChosenFiles(IsFloat32(options.profile) ? ScoreType::kFloat
                                             : ScoreType::kDouble));
  CXR_ASSIGN_OR_RETURN(LabelledScoreTables tables, ReadLabelledScores(files));
  if (level == spec::PATIENT_MAX) {
    CXR_ASSIGN_OR_RETURN(tables.scores, MaxOfPatients(tables.scores));
  }
  CXR_ASSIGN_OR_RETURN(spec::ScoreReport report,
                       MakeClassificationReport(tables.scores, options));
  if (!tables.unused.empty()) {
    report.add_notes(absl::StrCat(
        "columns of ", files.labels,
        " that were not used: ", absl::StrJoin(tables.unused, ", ")));
  }
  return Print(report, ToText(report));
}

}  // namespace cxr
