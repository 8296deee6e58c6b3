// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/score_segmentation.h"

#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/generator_kind.h"
#include "cxr/score/interval_kind.h"
#include "cxr/score/mask_folders.h"
#include "cxr/score/mask_table.h"
#include "cxr/score/p_value_adjustment.h"
#include "cxr/score/score_text.h"
#include "cxr/score/segmentation_options.h"
#include "cxr/score/segmentation_report.h"
#include "cxr/spec/score_report.pb.h"
#include "metrics/interval/resample_loop.h"
#include "metrics/segmentation/overlap_profile.h"
#include "tools/command_line.h"
#include "tools/message_output.h"
#include "tools/places.h"
#include "tools/score_groups.h"

namespace cxr {
namespace {

// The folder that a flag names.
absl::StatusOr<std::string> ChosenFolder(absl::string_view flag,
                                         const std::string& value) {
  if (!value.empty()) return UserPath(value);
  return absl::InvalidArgumentError(absl::StrCat(
      "score segmentation: expected --", flag, "=FOLDER; see: cxr help score"));
}

// The table that says whose the images are; without a path if none was asked
// for.
absl::StatusOr<MaskTableFile> ChosenTable() {
  const std::string path = absl::GetFlag(FLAGS_labels);
  MaskTableFile table{.path = path.empty() ? "" : UserPath(path),
                      .patient_column = absl::GetFlag(FLAGS_patient_column)};
  CXR_ASSIGN_OR_RETURN(table.groups, ChosenGroups());
  const bool reads_columns =
      !table.patient_column.empty() || !table.groups.empty();
  if (path.empty() == !reads_columns) return table;
  return absl::InvalidArgumentError(
      path.empty() ? "score segmentation: --patient_column and --groups need "
                     "--labels=FILE, a table with a column id"
                   : "score segmentation: --labels needs --patient_column or "
                     "--groups, which name columns of it");
}

absl::StatusOr<SegmentationReportOptions> ChosenOptions() {
  SegmentationReportOptions options{
      .classes = absl::GetFlag(FLAGS_classes),
      .resamples = absl::GetFlag(FLAGS_resamples),
      .confidence = absl::GetFlag(FLAGS_confidence),
      .seed = absl::GetFlag(FLAGS_seed),
      .threads = absl::GetFlag(FLAGS_threads)};
  if (options.threads == 0) options.threads = AvailableThreads();
  if (options.classes < 2 || options.classes > 256) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--classes: found ", options.classes, ", expected 2 to 256"));
  }
  CXR_ASSIGN_OR_RETURN(options.interval,
                       IntervalKindCalled(absl::GetFlag(FLAGS_interval)));
  CXR_ASSIGN_OR_RETURN(options.generator,
                       GeneratorCalled(absl::GetFlag(FLAGS_generator)));
  if (absl::GetFlag(FLAGS_compare).empty()) {
    CXR_RETURN_IF_ERROR(
        RefuseFlags("score segmentation without --compare", {"adjust"}));
  }
  const std::string adjust = absl::GetFlag(FLAGS_adjust);
  if (!adjust.empty()) {
    CXR_ASSIGN_OR_RETURN(options.adjustment, AdjustmentCalled(adjust));
  }
  const std::string profile = absl::GetFlag(FLAGS_profile);
  if (!profile.empty()) {
    absl::StatusOr<metrics::OverlapProfile> known =
        metrics::ParseOverlapProfile(profile);
    CXR_RETURN_IF_ERROR(Annotate(known.status(), "score segmentation"));
    options.profile = *known;
  }
  // Before folders are read: what is wrong with the words is said at once.
  CXR_RETURN_IF_ERROR(
      Annotate(metrics::CheckBootstrapOptions(ToBootstrapOptions(options)),
               "score segmentation"));
  return options;
}

void AddFileNotes(const FolderScores& scores, const MaskTable& table,
                  spec::ScoreReport* report) {
  if (scores.other_files > 0) {
    report->add_notes(absl::StrCat(
        "files of --truth and --pred that are not called .png and were left "
        "out: ",
        scores.other_files));
  }
  if (!table.unused.empty()) {
    report->add_notes(absl::StrCat(
        "columns of ", table.file,
        " that were not used: ", absl::StrJoin(table.unused, ", ")));
  }
}

absl::Status ScoreSegmentation(const SegmentationReportOptions& options,
                               const MaskFolders& folders,
                               const MaskTableFile& table) {
  const std::string other = absl::GetFlag(FLAGS_compare);
  MaskFolders others = folders;
  // A file without a partner or a row is said before the first one is decoded.
  CXR_ASSIGN_OR_RETURN(const std::vector<std::string> files,
                       ListMaskFiles(folders));
  if (!other.empty()) {
    others.predicted = UserPath(other);
    CXR_RETURN_IF_ERROR(ListMaskFiles(others).status());
  }
  SegmentationInput input;
  if (!table.path.empty()) {
    CXR_ASSIGN_OR_RETURN(input.table,
                         ReadMaskTable(table, folders.truth, files));
  }
  CXR_ASSIGN_OR_RETURN(const FolderScores first, ScoreMaskFolders(folders));
  FolderScores second;
  if (!other.empty()) {
    CXR_ASSIGN_OR_RETURN(second, ScoreMaskFolders(others));
  }
  input.images = first.images;
  input.others = second.images;
  CXR_ASSIGN_OR_RETURN(spec::ScoreReport report,
                       MakeSegmentationReport(input, options));
  AddFileNotes(first, input.table, &report);
  return Print(report, ToText(report));
}

}  // namespace

absl::Status ScoreSegmentationFolders() {
  MaskFolders folders;
  CXR_ASSIGN_OR_RETURN(folders.truth,
                       ChosenFolder("truth", absl::GetFlag(FLAGS_truth)));
  CXR_ASSIGN_OR_RETURN(folders.predicted,
                       ChosenFolder("pred", absl::GetFlag(FLAGS_pred)));
  CXR_ASSIGN_OR_RETURN(const SegmentationReportOptions options,
                       ChosenOptions());
  CXR_ASSIGN_OR_RETURN(const MaskTableFile table, ChosenTable());
  folders.classes = options.classes;
  folders.threads = options.threads;
  return ScoreSegmentation(options, folders, table);
}

}  // namespace cxr
