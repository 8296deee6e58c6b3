// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/pictures_verb.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/cost/source_size.h"
#include "cxr/data/codec/encode_png.h"
#include "cxr/data/index/index_csv.h"
#include "cxr/data/inspect/contact_sheet.h"
#include "cxr/data/inspect/lettering.h"
#include "cxr/data/inspect/pictures.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/harness/driver.h"
#include "cxr/harness/store.h"
#include "cxr/score/predictions.h"
#include "cxr/score/ranked_targets.h"
#include "cxr/score/worst_cases.h"
#include "cxr/synth/write/drawn_source.h"
#include "cxr/tasks/common/artifacts.h"
#include "cxr/tasks/common/stored_predictions.h"
#include "reports/experiment_result.h"
#include "reports/metric_text.h"
#include "reports/plot.h"
#include "reports/result_page.h"
#include "reports/target_plots.h"
#include "tools/command_line.h"
#include "tools/places.h"
#include "tools/planning.h"
#include "tools/setup.h"
#include "tools/specs.h"
#include "tools/target.h"

namespace cxr {
namespace {

// Letters of a line below an image of the usual size.
constexpr size_t kLetters = SheetOptions().cell_pixels / kLetterWidth;
constexpr absl::string_view kPage = "index.html";

// `text` in lines that fit below an image: names of files have no spaces.
void AddLines(absl::string_view text, std::vector<std::string>* lines) {
  for (; !text.empty(); text.remove_prefix(std::min(kLetters, text.size()))) {
    lines->emplace_back(text.substr(0, kLetters));
  }
}

// "Pleural Thickening", "misses" -> "Pleural_Thickening_misses.png".
std::string FileName(absl::string_view target, absl::string_view kind) {
  std::string name = absl::StrCat(target, "_", kind);
  for (char& sign : name) {
    if (!absl::ascii_isalnum(sign)) sign = '_';
  }
  return absl::StrCat(name, ".png");
}

// The images behind predictions, as far as they are on this machine.
class Images {
 public:
  // A source that the program draws is drawn anew if somebody deleted it.
  static absl::StatusOr<Images> Create(const spec::DataSpec& data,
                                       const TaskOptions& tasks,
                                       const SelectedIndex& selected) {
    CXR_ASSIGN_OR_RETURN(const synth::OpenedSource opened,
                         synth::DrawSource(data, {.roots = tasks.roots,
                                                  .threads = tasks.threads}));
    CXR_ASSIGN_OR_RETURN(std::unique_ptr<Dataset> dataset,
                         MakeDataset(opened.data, opened.roots));
    const std::vector<Example>& examples = dataset->index().examples;
    std::map<std::string, int> places;
    for (size_t i = 0; i < selected.rows.size(); ++i) {
      const int place = selected.rows[i];
      const std::string& id = selected.index.examples[i].id;
      if (place < 0 || place >= std::ssize(examples) ||
          examples[place].id != id) {
        return absl::DataLossError(absl::StrCat(
            SourceName(data.source()), ": image ", id,
            " is not where it was when it was predicted; run it again"));
      }
      places.emplace(id, place);
    }
    return Images(std::move(dataset), std::move(places));
  }

  // The images `rows` of `predictions`; below each its id, truth and logit of
  // a target, and what the source says of it, or why it cannot be read.
  absl::StatusOr<RgbImage> Sheet(const Predictions& predictions,
                                 const Rows& rows, int64_t target) const {
    std::vector<int> places;
    for (const int64_t row : rows) {
      const auto found = places_.find(predictions.ids[row]);
      if (found == places_.end()) {
        return absl::DataLossError(
            absl::StrCat(kPredictionsFile, ": image ", predictions.ids[row],
                         " is not among the images of the data"));
      }
      places.push_back(found->second);
    }
    std::vector<SheetCell> cells = ImageCells(*dataset_, places);
    const int64_t width = std::ssize(predictions.targets);
    for (size_t i = 0; i < cells.size(); ++i) {
      const int64_t at = rows[i] * width + target;
      const double logit = predictions.logits[at];
      std::vector<std::string> captions;
      AddLines(predictions.ids[rows[i]], &captions);
      captions.push_back(absl::StrFormat("truth %.0f, logit %.2f, p %.3f",
                                         predictions.labels[at], logit,
                                         1.0 / (1.0 + std::exp(-logit))));
      // The first caption is the id.
      for (size_t k = 1; k < cells[i].captions.size(); ++k) {
        AddLines(cells[i].captions[k], &captions);
      }
      cells[i].captions = std::move(captions);
    }
    return MakeContactSheet(cells, SheetOptions());
  }

 private:
  Images(std::unique_ptr<Dataset> dataset, std::map<std::string, int> places)
      : dataset_(std::move(dataset)), places_(std::move(places)) {}

  std::unique_ptr<Dataset> dataset_;
  std::map<std::string, int> places_;  // of ids, in the dataset
};

// The page of one experiment in a folder.
class PageMaker {
 public:
  PageMaker(const ResolvedExperiment& experiment,
            const reports::ExperimentResult& result, const Store& store,
            const TaskOptions& tasks, std::string folder)
      : experiment_(experiment),
        result_(result),
        store_(store),
        tasks_(tasks),
        folder_(std::move(folder)) {}

  absl::Status Make(const spec::RungSpec& rung) {
    absl::StatusOr<Predictions> predictions =
        StoredPredictions(store_, result_.records);
    CXR_RETURN_IF_ERROR(Annotate(predictions.status(), experiment_.name));
    predictions_ = *std::move(predictions);
    CXR_RETURN_IF_ERROR(CreateDirectories(folder_));
    page_.title = experiment_.name;
    page_.lines = {reports::ComparabilityText(rung, result_)};
    CXR_RETURN_IF_ERROR(FindImages());
    CXR_RETURN_IF_ERROR(AddTargets());
    return WriteFileAtomically(JoinPath(folder_, kPage),
                               reports::ToHtml(page_));
  }

 private:
  const spec::RunRecord& ScoreRecord() const { return result_.records.back(); }

  // Pages are made without images that are not here, not with wrong ones.
  absl::Status FindImages() {
    const spec::DataSpec& data = experiment_.spec.data();
    // Who has predictions has images.
    CXR_ASSIGN_OR_RETURN(
        const std::string text,
        store_.ReadArtifact(*FindRecord(result_.records, StageKind::kData),
                            kIndexFile));
    CXR_ASSIGN_OR_RETURN(const SelectedIndex selected,
                         SelectedIndexFromCsv(text, kIndexFile));
    absl::StatusOr<Images> images = Images::Create(data, tasks_, selected);
    if (images.ok()) {
      images_ = std::make_unique<Images>(*std::move(images));
      page_.lines.push_back(
          data.has_drawn()
              ? absl::StrCat("Images of ", SourceLabel(data.source()),
                             ", SYNTHETIC, ", synth::DrawnText(data.drawn()),
                             ".")
              : absl::StrCat(
                    "Images of ", SourceLabel(data.source()), ": ",
                    SourceLicence(data.source()),
                    ". Whoever may not see them may not see this page."));
    } else if (absl::IsUnimplemented(images.status())) {
      page_.lines.push_back(
          absl::StrCat("Without images: ", images.status().message()));
    } else {
      return images.status();
    }
    if (reports::IsSynthetic(result_)) {
      page_.warning =
          "SYNTHETIC: drawn by a program. These numbers say nothing about "
          "patients.";
    }
    return absl::OkStatus();
  }

  absl::Status AddTargets() {
    const int64_t width = std::ssize(predictions_.targets);
    const int64_t rows = std::ssize(predictions_.ids);
    page_.lines.push_back(absl::StrCat(
        "Curves are of ", rows,
        " images by themselves, probabilities the "
        "sigmoid of logits. Operating points were chosen on these images, so "
        "rates at them are rather too good."));
    for (int64_t k = 0; k < width; ++k) {
      std::vector<double> logits;
      std::vector<uint8_t> labels;
      for (int64_t i = 0; i < rows; ++i) {
        logits.push_back(predictions_.logits[i * width + k]);
        labels.push_back(predictions_.labels[i * width + k] == 1.0f ? 1 : 0);
      }
      reports::PageTarget& target = page_.targets.emplace_back();
      target.name = predictions_.targets[k];
      target.summary = Summary(target.name);
      CXR_ASSIGN_OR_RETURN(
          target.plots,
          reports::MakeTargetPlots(
              ProfileScores({logits}, spec::CXFORMER_FINETUNE)[0], labels));
      CXR_RETURN_IF_ERROR(AddSheets(k, &target));
    }
    return absl::OkStatus();
  }

  std::string Summary(const std::string& target) const {
    const spec::MetricValue* auroc =
        reports::FindMetric(ScoreRecord(), "auroc", target);
    const spec::MetricValue* auprc =
        reports::FindMetric(ScoreRecord(), "auprc", target);
    if (auroc == nullptr || auprc == nullptr) return "";
    return absl::StrCat("AUROC ", reports::PercentText(*auroc, 1), " %, AUPRC ",
                        reports::PercentText(*auprc, 1), " %, positives ",
                        reports::PositivesText(*auroc));
  }

  absl::Status AddSheets(int64_t k, reports::PageTarget* target) const {
    if (images_ == nullptr) return absl::OkStatus();
    const WorstCases worst =
        FindWorstCases(predictions_, k, absl::GetFlag(FLAGS_count));
    const auto add = [&](const Rows& rows, absl::string_view heading,
                         absl::string_view kind) {
      if (rows.empty()) return absl::OkStatus();
      CXR_ASSIGN_OR_RETURN(const RgbImage sheet,
                           images_->Sheet(predictions_, rows, k));
      CXR_ASSIGN_OR_RETURN(const std::string png, EncodePngRgb(sheet));
      const std::string file = FileName(target->name, kind);
      target->pictures.push_back(
          {.heading = std::string(heading), .file = file});
      return WriteFileAtomically(JoinPath(folder_, file), png);
    };
    CXR_RETURN_IF_ERROR(add(worst.false_alarms,
                            "Labelled negative, surest to be positive first",
                            "false_alarms"));
    return add(worst.misses, "Labelled positive, surest to be negative first",
               "misses");
  }

  const ResolvedExperiment& experiment_;
  const reports::ExperimentResult& result_;
  const Store& store_;
  const TaskOptions& tasks_;
  const std::string folder_;
  Predictions predictions_;
  std::unique_ptr<Images> images_;
  reports::ResultPage page_;
};

// Links to the pages of several experiments.
absl::Status WriteList(const std::string& title,
                       const std::vector<std::string>& names,
                       const std::string& folder) {
  std::string html = absl::StrCat(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>",
      title, "</title>\n<h1>", title, "</h1>\n<ul>\n");
  for (const std::string& name : names) {
    const std::string text = reports::Escaped(name);
    absl::StrAppend(&html, "<li><a href=\"", text, "/", kPage, "\">", text,
                    "</a></li>\n");
  }
  return WriteFileAtomically(JoinPath(folder, kPage),
                             absl::StrCat(html, "</ul>\n</html>\n"));
}

std::string WhyNot(const reports::ExperimentResult& result) {
  return result.failed.empty() ? result.missing : result.failed;
}

absl::Status MakePages(absl::string_view program, const std::string& name) {
  const std::string out = absl::GetFlag(FLAGS_out);
  if (out.empty() || absl::GetFlag(FLAGS_count) < 1) {
    return absl::InvalidArgumentError(
        out.empty()
            ? "pictures: expected --out=DIR; see: cxr help pictures"
            : absl::StrCat("--count: found ", absl::GetFlag(FLAGS_count),
                           ", expected 1 or more"));
  }
  CXR_ASSIGN_OR_RETURN(const SpecLibrary library, LoadLibrary(program));
  CXR_ASSIGN_OR_RETURN(const Target target,
                       FindTarget(library, name, SettingFlags()));
  CXR_ASSIGN_OR_RETURN(const spec::RungSpec rung,
                       library.Rung(absl::GetFlag(FLAGS_rung)));
  CXR_ASSIGN_OR_RETURN(const Machine machine, MakeMachine(library, program));
  CXR_ASSIGN_OR_RETURN(const std::string store_path, StorePath());
  const Store store = Store::OpenToRead(store_path);
  const reports::ResultMap results =
      ToResults(CollectRecords(PlanTarget(library, target, machine), store));
  const bool alone = target.experiments.size() == 1;
  const std::string folder = UserPath(out);
  std::vector<std::string> made;
  for (const ResolvedExperiment& experiment : target.experiments) {
    const reports::ExperimentResult& result = results.at(experiment.name);
    if (result.records.empty()) {
      absl::FPrintF(stderr, "cxr: left out: %s: %s\n", experiment.name,
                    WhyNot(result));
      continue;
    }
    CXR_RETURN_IF_ERROR(
        PageMaker(experiment, result, store, machine.tasks,
                  alone ? folder : JoinPath(folder, experiment.name))
            .Make(rung));
    made.push_back(experiment.name);
  }
  if (made.empty()) {
    return absl::NotFoundError(absl::StrCat(name, ": nothing was run at rung ",
                                            rung.name(), "; first: cxr run ",
                                            name));
  }
  if (!alone) CXR_RETURN_IF_ERROR(WriteList(name, made, folder));
  absl::PrintF("%s\n", JoinPath(folder, kPage));
  return FlushOutput();
}

}  // namespace

ExitCode PicturesVerb(absl::string_view program,
                      const std::vector<std::string>& words) {
  if (words.size() != 1) {
    return Fail(absl::InvalidArgumentError(
        "pictures needs one experiment or table; see: cxr help pictures"));
  }
  return CodeOf(MakePages(program, words[0]));
}

}  // namespace cxr
