// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/experiment_result.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/with_commas.h"
#include "reports/grid.h"
#include "reports/group_tables.h"
#include "reports/metric_text.h"

namespace cxr::reports {
namespace {

constexpr absl::string_view kPaperRung = "paper";
// Where the features stage's identity has the seed of untrained weights.
constexpr absl::string_view kRandomWeights = "features.vit.weights.random.";

// In the notes of a data stage, of images that the generator drew.
constexpr absl::string_view kSynthetic = "SYNTHETIC";
constexpr absl::string_view kDataStage = "data";

// Where the files of a stage lie and what they are, as Markdown.
std::string FilesText(const spec::RunRecord& record) {
  std::string text =
      absl::StrCat("Files, in the store's folder stages/", record.stage(), "/",
                   record.id(), "/", record.attempt(), ":\n\n");
  Grid grid{.header = {"File", "Bytes"}};
  for (const spec::Artifact& artifact : record.artifacts()) {
    grid.rows.push_back(
        {{.text = artifact.name()}, {.text = WithCommas(artifact.bytes())}});
  }
  return absl::StrCat(text, ToMarkdown(grid));
}

}  // namespace

std::string MissingText(const std::string& reason) {
  const size_t colon = reason.find(':');
  return colon == std::string::npos
             ? "MISSING"
             : absl::StrCat("MISSING(", reason.substr(0, colon), ")");
}

std::string MissingReason(const std::string& reason) {
  const size_t colon = reason.find(':');
  return colon == std::string::npos
             ? reason
             : std::string(
                   absl::StripLeadingAsciiWhitespace(reason.substr(colon + 1)));
}

std::string NotesOf(const ExperimentResult& result) {
  std::vector<std::string> notes;
  for (const spec::RunRecord& record : result.records) {
    notes.insert(notes.end(), record.notes().begin(), record.notes().end());
  }
  if (!result.made_by_other_code.empty()) {
    notes.push_back(absl::StrCat("DRIFT: other code made its ",
                                 absl::StrJoin(result.made_by_other_code, ", "),
                                 " (cxr why)"));
  }
  return absl::StrJoin(notes, "; ");
}

bool HasRandomWeights(const ExperimentResult& result) {
  for (const spec::RunRecord& record : result.records) {
    for (const spec::IdentityPart& part : record.identity()) {
      if (absl::StartsWith(part.path(), kRandomWeights)) {
        return true;
      }
    }
  }
  return false;
}

bool IsSynthetic(const ExperimentResult& result) {
  for (const spec::RunRecord& record : result.records) {
    for (const std::string& note : record.notes()) {
      if (record.stage() == kDataStage && absl::StrContains(note, kSynthetic)) {
        return true;
      }
    }
  }
  return false;
}

std::string ComparabilityText(const spec::RungSpec& rung,
                              const ExperimentResult& result) {
  const std::string verdict =
      rung.name() == kPaperRung
          ? ""
          : absl::StrCat("NOT_COMPARABLE(rung ", rung.name(), "): ");
  return absl::StrCat(verdict, NotesOf(result), ".");
}

std::string RenderExperiment(absl::string_view name, const spec::RungSpec& rung,
                             const ExperimentResult& result) {
  std::string text = absl::StrCat("# ", name, "\n\n");
  if (!result.missing.empty()) {
    return absl::StrCat(text, MissingText(result.missing), ": ",
                        MissingReason(result.missing), "\n");
  }
  if (result.records.empty()) {
    return absl::StrCat(text, "FAILED: ", result.failed, "\n");
  }
  const spec::RunRecord& score = result.records.back();
  // An experiment that only pretrains.
  if (score.metrics().empty()) {
    return absl::StrCat(text, ComparabilityText(rung, result), "\n\n",
                        FilesText(score));
  }
  Grid grid{.header = {"Target", "Positives", "AUROC %", "AUPRC %"}};
  for (const spec::MetricValue& value : score.metrics()) {
    if (value.metric() != "auroc" || value.has_group()) {
      continue;
    }
    const spec::MetricValue* auprc = FindMetric(score, "auprc", value.target());
    grid.rows.push_back(
        {{.text = value.target()},
         {.text = PositivesText(value)},
         {.text = PercentText(value, 2)},
         {.text = auprc == nullptr ? "-" : PercentText(*auprc, 2)}});
  }
  absl::StrAppend(&text, ToMarkdown(grid), "\n",
                  ComparabilityText(rung, result), "  \n");
  const spec::MetricValue* macro = FindMetric(score, "auroc", "macro");
  if (macro != nullptr) {
    absl::StrAppend(&text, "Macro AUROC: ", BasisText(*macro), ".\n");
  }
  return absl::StrCat(text, RenderGroups(score));
}

}  // namespace cxr::reports
