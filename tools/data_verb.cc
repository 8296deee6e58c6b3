// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/data_verb.h"

#include <memory>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/cost/source_size.h"
#include "cxr/data/codec/dicom_decoder.h"
#include "cxr/data/codec/png.h"
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
  spec::DataSpec data;
  data.set_source(other);
  data.set_sixteen_bit(spec::RESCALED);
  CXR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> others,
                       MakeDataset(data, choice.roots));
  return AddLeaksAgainst(dataset, rows, *others, choice.threads, report);
}

absl::StatusOr<spec::DataReport> Check(const DataChoice& choice) {
  const bool index_only = absl::GetFlag(FLAGS_index_only);
  if (index_only && !absl::GetFlag(FLAGS_against).empty()) {
    return absl::InvalidArgumentError(
        "--against compares images, which --index_only does not read");
  }
  std::unique_ptr<Dataset> dataset;
  ImageIndex index;
  if (index_only) {
    CXR_ASSIGN_OR_RETURN(index, ReadIndex(choice.source, choice.roots));
  } else {
    CXR_ASSIGN_OR_RETURN(dataset, MakeDataset(choice.data, choice.roots));
    index = dataset->index();
  }
  spec::DataReport report;
  std::vector<int> rows;
  if (choice.experiment.has_value()) {
    CXR_ASSIGN_OR_RETURN(const ExperimentView view,
                         ViewOf(index, choice.data, *choice.experiment));
    report = CheckView(view, *choice.experiment);
    report.set_experiment(absl::GetFlag(FLAGS_experiment));
    rows = view.rows;
  } else {
    report = CheckIndex(index);
    CXR_ASSIGN_OR_RETURN(rows, ChosenRows(choice, index, ChosenPart::kAll));
  }
  report.set_terms(SourceLicence(choice.source));
  if (dataset != nullptr) {
    CXR_ASSIGN_OR_RETURN(
        *report.mutable_files(),
        CheckFiles(*dataset, rows,
                   {.threads = choice.threads,
                    .max_failures = absl::GetFlag(FLAGS_max_failures)}));
    CXR_RETURN_IF_ERROR(AddSameImages(choice, *dataset, rows, report));
  }
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
  CXR_ASSIGN_OR_RETURN(const spec::DataFingerprint fingerprint,
                       Fingerprint(choice.source, choice.roots, options));
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
  const std::vector<int> shown =
      SomeOf(rows, absl::GetFlag(FLAGS_images), seed);
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
  if (absl::GetFlag(FLAGS_images) < 1) {
    return absl::InvalidArgumentError(absl::StrCat("--images: found ",
                                                   absl::GetFlag(FLAGS_images),
                                                   ", expected 1 or more"));
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
  CXR_ASSIGN_OR_RETURN(
      const LoadTrial trial,
      TryLoading(*dataset, rows, *choice.experiment,
                 {.steps = absl::GetFlag(FLAGS_steps),
                  .threads = choice.threads,
                  .seed = absl::GetFlag(FLAGS_seed),
                  .max_failures = absl::GetFlag(FLAGS_max_failures)}));
  absl::PrintF("%s", ToText(trial));
  return absl::OkStatus();
}

absl::Status HeadersVerb(const DataChoice& choice) {
  CXR_ASSIGN_OR_RETURN(const std::string folder,
                       SourceFolder(choice.source, choice.roots));
  CXR_ASSIGN_OR_RETURN(
      const std::unique_ptr<DicomDecoder> decoder,
      DicomDecoder::Create(
          {.worker = choice.roots.dicom_worker, .processes = choice.threads}));
  CXR_ASSIGN_OR_RETURN(const std::string table,
                       DicomHeaders(folder, *decoder, choice.threads));
  const std::string path = JoinPath(folder, kDicomHeadersFile);
  CXR_RETURN_IF_ERROR(WriteFileAtomically(path, table));
  absl::PrintF("%s\n", path);
  return absl::OkStatus();
}

absl::Status RunData(absl::string_view program,
                     const std::vector<std::string>& words) {
  CXR_RETURN_IF_ERROR(CheckFormat());
  constexpr absl::string_view kExpected =
      "check, show, fingerprint, load or headers";
  if (words.size() != 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("data: expected ", kExpected, "; see: cxr help data"));
  }
  absl::Status (*verb)(const DataChoice&) =
      words[0] == "check"         ? CheckVerb
      : words[0] == "show"        ? ShowVerb
      : words[0] == "fingerprint" ? FingerprintVerb
      : words[0] == "load"        ? LoadVerb
      : words[0] == "headers"     ? HeadersVerb
                                  : nullptr;
  if (verb == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("data: found '", words[0], "', expected ", kExpected));
  }
  CXR_ASSIGN_OR_RETURN(const DataChoice choice, ChooseData(program));
  return verb(choice);
}

}  // namespace

ExitCode DataVerb(absl::string_view program,
                  const std::vector<std::string>& words) {
  return CodeOfData(RunData(program, words));
}

}  // namespace cxr
