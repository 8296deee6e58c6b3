// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/data_verb.h"

#include <cstdio>
#include <iterator>
#include <memory>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/cost/source_size.h"
#include "cxr/data/codec/dicom_decoder.h"
#include "cxr/data/codec/encode_png.h"
#include "cxr/data/inspect/check_files.h"
#include "cxr/data/inspect/check_index.h"
#include "cxr/data/inspect/dicom_headers.h"
#include "cxr/data/inspect/experiment_view.h"
#include "cxr/data/inspect/load_trial.h"
#include "cxr/data/inspect/pictures.h"
#include "cxr/data/inspect/report_text.h"
#include "cxr/data/inspect/same_images.h"
#include "cxr/data/load/training_views.h"
#include "cxr/data/source/fingerprint.h"
#include "tools/command_line.h"
#include "tools/data_choice.h"
#include "tools/data_key.h"
#include "tools/message_output.h"
#include "tools/places.h"

namespace cxr {
namespace {

// Exit code 2 where the data are not here or not readable.
ExitCode CodeOfData(const absl::Status& status) {
  return absl::IsUnimplemented(status) ? Fail(ExitCode::kUndecided, status)
                                       : CodeOf(status);
}

absl::Status AddSameImages(const DataChoice& choice, const Dataset& dataset,
                           const std::vector<int>& rows,
                           spec::DataReport& report) {
  const std::string against = absl::GetFlag(FLAGS_against);
  if (against.empty()) {
    return absl::OkStatus();
  }
  CXR_ASSIGN_OR_RETURN(const spec::Source other, SourceCalled(against));
  if (other == choice.source) {
    return absl::InvalidArgumentError(
        absl::StrCat("--against: expected another source than ", against));
  }
  CXR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> others,
                       MakeDataset(WholeSource(other), choice.machine));
  return AddLeaksAgainst(dataset, rows, *others, choice.threads, report);
}

// The report on an index, and which of its images are meant.
struct IndexReport {
  spec::DataReport report = {};
  std::vector<int> rows = {};
};

absl::StatusOr<IndexReport> ReportOn(const ImageIndex& index,
                                     const DataChoice& choice) {
  IndexReport checked;
  if (choice.experiment.has_value()) {
    CXR_ASSIGN_OR_RETURN(ExperimentView view,
                         ViewOf(index, choice.data, *choice.experiment));
    checked.report = CheckView(view, *choice.experiment);
    checked.report.set_experiment(absl::GetFlag(FLAGS_experiment));
    checked.rows = std::move(view.rows);
  } else {
    checked.report = CheckIndex(index, LabelPolicies());
    CXR_ASSIGN_OR_RETURN(checked.rows,
                         ChosenRows(choice, index, ChosenPart::kAll));
  }
  if (!index.synthetic) {
    checked.report.set_terms(SourceLicence(choice.source));
  }
  return checked;
}

absl::StatusOr<spec::DataReport> CheckTables(const DataChoice& choice) {
  CXR_ASSIGN_OR_RETURN(const ImageIndex index,
                       ReadIndex(choice.data, choice.roots));
  CXR_ASSIGN_OR_RETURN(IndexReport checked, ReportOn(index, choice));
  return std::move(checked.report);
}

absl::StatusOr<spec::DataReport> CheckImages(const DataChoice& choice) {
  CXR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset,
                       MakeDataset(choice.data, choice.roots));
  CXR_ASSIGN_OR_RETURN(IndexReport checked, ReportOn(dataset->index(), choice));
  CXR_ASSIGN_OR_RETURN(
      *checked.report.mutable_files(),
      CheckFiles(*dataset, checked.rows,
                 {.threads = choice.threads,
                  .max_failures = absl::GetFlag(FLAGS_max_failures)}));
  CXR_RETURN_IF_ERROR(
      AddSameImages(choice, *dataset, checked.rows, checked.report));
  return std::move(checked.report);
}

absl::StatusOr<spec::DataReport> Check(const DataChoice& choice) {
  const bool index_only = absl::GetFlag(FLAGS_index_only);
  if (index_only && !absl::GetFlag(FLAGS_against).empty()) {
    return absl::InvalidArgumentError(
        "--against compares images, which --index_only does not read");
  }
  CXR_ASSIGN_OR_RETURN(spec::DataReport report,
                       index_only ? CheckTables(choice) : CheckImages(choice));
  if (!IsRestricted(choice.source)) {
    CXR_ASSIGN_OR_RETURN(*report.mutable_fingerprint(),
                         FingerprintFiles(choice.source, choice.roots));
  }
  return report;
}

absl::Status CheckVerb(const DataChoice& choice) {
  CXR_ASSIGN_OR_RETURN(const spec::DataReport report, Check(choice));
  return Print(report, ToText(report));
}

absl::Status FingerprintVerb(const DataChoice& choice) {
  FingerprintOptions options{.content = absl::GetFlag(FLAGS_content),
                             .threads = choice.threads};
  if (IsRestricted(choice.source)) {
    CXR_ASSIGN_OR_RETURN(options.key, FingerprintKey(absl::GetFlag(FLAGS_key),
                                                     choice.roots.cache));
  }
  CXR_ASSIGN_OR_RETURN(spec::DataFingerprint fingerprint,
                       Fingerprint(choice.source, choice.roots, options));
  if (!options.key.empty()) {
    fingerprint.set_key_id(KeyId(options.key));
  }
  return Print(fingerprint, ToText(fingerprint));
}

absl::StatusOr<RgbImage> Sheet(const DataChoice& choice) {
  CXR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset,
                       MakeDataset(choice.data, choice.roots));
  const bool augment = absl::GetFlag(FLAGS_augment);
  CXR_ASSIGN_OR_RETURN(
      const std::vector<int> rows,
      ChosenRows(choice, dataset->index(),
                 augment ? ChosenPart::kTraining : ChosenPart::kAll));
  const uint64_t seed = absl::GetFlag(FLAGS_seed);
  const std::vector<int> shown = SomeOf(rows, absl::GetFlag(FLAGS_count), seed);
  if (!augment) {
    return MakeContactSheet(ImageCells(*dataset, shown), SheetOptions());
  }
  if (!choice.experiment.has_value()) {
    return absl::InvalidArgumentError(
        "--augment needs --experiment, whose augmentation is shown");
  }
  CXR_ASSIGN_OR_RETURN(const TrainingViews views,
                       TrainingViews::Create(*choice.experiment));
  // A row an image where it has several views.
  const SheetOptions options{.columns =
                                 views.views() > 1 ? 1 + views.views() : 6};
  return MakeContactSheet(TrainingCells(*dataset, shown, views, seed), options);
}

absl::Status ShowVerb(const DataChoice& choice) {
  if (absl::GetFlag(FLAGS_count) < 1) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--count: found ", absl::GetFlag(FLAGS_count), ", expected 1 or more"));
  }
  const std::string out = absl::GetFlag(FLAGS_out);
  const std::string path = UserPath(
      out.empty() ? absl::StrCat(SourceName(choice.source), ".png") : out);
  CXR_ASSIGN_OR_RETURN(const RgbImage sheet, Sheet(choice));
  CXR_ASSIGN_OR_RETURN(const std::string png, EncodePngRgb(sheet));
  CXR_RETURN_IF_ERROR(WriteFileAtomically(path, png));
  absl::PrintF("%s\n", path);
  return absl::OkStatus();
}

// What a cache of the choice's decoded images depends on.
absl::StatusOr<std::string> CacheKey(const DataChoice& choice) {
  CXR_ASSIGN_OR_RETURN(const std::string fingerprint,
                       FingerprintFiles(choice.source, choice.roots));
  return absl::StrCat(SourceName(choice.source), " ", fingerprint, " ",
                      spec::SixteenBit_Name(choice.data.sixteen_bit()));
}

absl::Status LoadVerb(const DataChoice& choice) {
  if (!choice.experiment.has_value()) {
    return absl::InvalidArgumentError(
        "--experiment is missing: whose training images are loaded?");
  }
  CXR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset,
                       MakeDataset(choice.data, choice.roots));
  CXR_ASSIGN_OR_RETURN(
      const std::vector<int> rows,
      ChosenRows(choice, dataset->index(), ChosenPart::kTraining));
  LoadTrialOptions options{.steps = absl::GetFlag(FLAGS_steps),
                           .first_step = absl::GetFlag(FLAGS_first_step),
                           .rank = absl::GetFlag(FLAGS_rank),
                           .world = absl::GetFlag(FLAGS_world),
                           .threads = choice.threads,
                           .seed = absl::GetFlag(FLAGS_seed),
                           .max_failures = absl::GetFlag(FLAGS_max_failures)};
  if (const std::string cache = absl::GetFlag(FLAGS_cache); !cache.empty()) {
    options.cache = UserPath(cache);
    CXR_ASSIGN_OR_RETURN(options.cache_key, CacheKey(choice));
  }
  CXR_ASSIGN_OR_RETURN(const LoadTrial trial,
                       TryLoading(*dataset, rows, *choice.experiment, options));
  absl::PrintF("%s", ToText(trial));
  return absl::OkStatus();
}

absl::Status HeadersVerb(const DataChoice& choice) {
  if (choice.source != spec::RSNA) {
    return absl::InvalidArgumentError(
        absl::StrCat("headers: expected --dataset=rsna, whose reader alone "
                     "looks for them, found ",
                     SourceName(choice.source)));
  }
  CXR_ASSIGN_OR_RETURN(const std::string folder,
                       SourceFolder(choice.source, choice.roots));
  CXR_ASSIGN_OR_RETURN(
      const std::unique_ptr<DicomDecoder> decoder,
      DicomDecoder::Create(
          {.worker = choice.roots.dicom_worker, .processes = choice.threads}));
  CXR_ASSIGN_OR_RETURN(const DicomHeaders headers,
                       ReadDicomHeaders(folder, *decoder, choice.threads));
  for (const std::string& failure : headers.failures) {
    absl::FPrintF(stderr, "cxr: left out: %s\n", failure);
  }
  const std::string path = JoinPath(folder, kDicomHeadersFile);
  CXR_RETURN_IF_ERROR(WriteFileAtomically(path, headers.table));
  absl::PrintF("%s\n", path);
  return absl::OkStatus();
}

struct SubVerb {
  absl::string_view name;
  absl::Status (*run)(const DataChoice&);
  // Flags that mean something to it, beside those of all.
  std::vector<absl::string_view> flags;
};

std::vector<SubVerb> SubVerbs() {
  return {
      {"check",
       CheckVerb,
       {"experiment", "rung", "protocol", "pretraining", "index_only",
        "against", "max_failures", "threads", "format"}},
      {"show",
       ShowVerb,
       {"experiment", "rung", "protocol", "pretraining", "augment", "count",
        "seed", "out"}},
      {"fingerprint", FingerprintVerb, {"content", "key", "threads", "format"}},
      {"load",
       LoadVerb,
       {"experiment", "rung", "protocol", "pretraining", "steps", "first_step",
        "rank", "world", "seed", "cache", "max_failures", "threads"}},
      {"headers", HeadersVerb, {"threads"}}};
}

// A flag that was given and does nothing would be a misunderstanding.
absl::Status CheckFlagsOf(const SubVerb& verb) {
  std::vector<absl::string_view> others;
  for (const SubVerb& other : SubVerbs()) {
    absl::c_copy_if(other.flags, std::back_inserter(others),
                    [&verb](absl::string_view flag) {
                      return !absl::c_linear_search(verb.flags, flag);
                    });
  }
  return RefuseFlags(absl::StrCat("data ", verb.name), others);
}

absl::Status RunData(absl::string_view program,
                     const std::vector<std::string>& words) {
  CXR_RETURN_IF_ERROR(CheckFormat());
  for (const SubVerb& verb : SubVerbs()) {
    if (words.size() == 1 && words[0] == verb.name) {
      CXR_RETURN_IF_ERROR(CheckFlagsOf(verb));
      CXR_ASSIGN_OR_RETURN(const DataChoice choice, ChooseData(program));
      return verb.run(choice);
    }
  }
  return absl::InvalidArgumentError(
      absl::StrCat("data: found '", absl::StrJoin(words, " "),
                   "', expected check, show, fingerprint, load or headers"));
}

}  // namespace

ExitCode DataVerb(absl::string_view program,
                  const std::vector<std::string>& words) {
  return CodeOfData(RunData(program, words));
}

}  // namespace cxr
