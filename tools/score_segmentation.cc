// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/score_segmentation.h"

#include <string>

#include "absl/flags/flag.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/interval_kind.h"
#include "cxr/score/mask_folders.h"
#include "cxr/score/score_text.h"
#include "cxr/score/segmentation_report.h"
#include "cxr/spec/score_report.pb.h"
#include "metrics/interval/interval_bounds.h"
#include "metrics/interval/resample_loop.h"
#include "metrics/segmentation/overlap_profile.h"
#include "tools/command_line.h"
#include "tools/message_output.h"
#include "tools/places.h"

namespace cxr {
namespace {

// The folder that a flag names.
absl::StatusOr<std::string> ChosenFolder(absl::string_view flag,
                                         const std::string& value) {
  if (!value.empty()) return UserPath(value);
  return absl::InvalidArgumentError(absl::StrCat(
      "score segmentation: expected --", flag, "=FOLDER; see: cxr help score"));
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
  const std::string profile = absl::GetFlag(FLAGS_profile);
  if (!profile.empty()) {
    absl::StatusOr<metrics::OverlapProfile> known =
        metrics::ParseOverlapProfile(profile);
    CXR_RETURN_IF_ERROR(Annotate(known.status(), "score segmentation"));
    options.profile = *known;
  }
  // Before folders are read: what is wrong with the words is said at once.
  CXR_RETURN_IF_ERROR(
      Annotate(metrics::CheckBootstrapOptions({.resamples = options.resamples,
                                               .confidence = options.confidence,
                                               .seed = options.seed,
                                               .threads = options.threads}),
               "score segmentation"));
  return options;
}

absl::Status ScoreSegmentation(const SegmentationReportOptions& options,
                               const MaskFolders& folders) {
  const std::string other = absl::GetFlag(FLAGS_compare);
  MaskFolders others = folders;
  if (!other.empty()) {
    others.predicted = UserPath(other);
    // A file without a partner is said before the first one is decoded.
    CXR_RETURN_IF_ERROR(CheckMaskFolders(folders));
    CXR_RETURN_IF_ERROR(CheckMaskFolders(others));
  }
  CXR_ASSIGN_OR_RETURN(const FolderScores first, ScoreMaskFolders(folders));
  FolderScores second;
  if (!other.empty()) {
    CXR_ASSIGN_OR_RETURN(second, ScoreMaskFolders(others));
  }
  CXR_ASSIGN_OR_RETURN(spec::ScoreReport report,
                       MakeSegmentationReport(first.images, options));
  if (!other.empty()) {
    CXR_RETURN_IF_ERROR(AddSegmentationComparisons(first.images, second.images,
                                                   options, &report));
  }
  if (first.other_files > 0) {
    report.add_notes(absl::StrCat(
        "files of --truth and --pred that are not called .png and were left "
        "out: ",
        first.other_files));
  }
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
  folders.classes = options.classes;
  folders.threads = options.threads;
  return ScoreSegmentation(options, folders);
}

}  // namespace cxr
