// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/curve_files.h"

#include <unistd.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "absl/types/span.h"
#include "cxr/base/csv.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/equal_mass_error.h"
#include "cxr/score/probability_scores.h"
#include "cxr/score/ranked_targets.h"
#include "metrics/ranking/calibration.h"
#include "metrics/ranking/curve.h"
#include "metrics/ranking/threshold_counts.h"

namespace cxr {
namespace {

constexpr auto kPoints = metrics::CurvePoints::kDropIntermediate;

// "" for NaN.
std::string Cell(double number) {
  return std::isnan(number) ? "" : absl::StrFormat("%.17g", number);
}

void AddBins(const std::string& target, absl::string_view name,
             const std::vector<metrics::ReliabilityBin>& bins,
             std::string* text) {
  for (const metrics::ReliabilityBin& bin : bins) {
    absl::StrAppend(text, target, ",", name, ",", Cell(bin.lower), ",",
                    Cell(bin.upper), ",", bin.count, ",", bin.positives, ",",
                    Cell(bin.mean_probability), ",",
                    Cell(bin.positive_fraction), "\n");
  }
}

absl::Status AddReliability(const std::string& target,
                            absl::Span<const double> probabilities,
                            absl::Span<const uint8_t> labels,
                            std::string* text) {
  CXR_ASSIGN_OR_RETURN(const std::vector<metrics::ReliabilityBin> width,
                       metrics::EqualWidthReliability(
                           probabilities, labels, ProbabilityScores::kBins));
  AddBins(target, "equal_width", width, text);
  CXR_ASSIGN_OR_RETURN(const std::vector<metrics::ReliabilityBin> mass,
                       metrics::EqualMassReliability(probabilities, labels,
                                                     EqualMassError::kBins));
  AddBins(target, "equal_mass", mass, text);
  return absl::OkStatus();
}

void AddCurves(const std::string& target,
               const metrics::ThresholdCounts& counts, CurveFiles* files) {
  for (const metrics::RocPoint& point : metrics::RocCurve(counts, kPoints)) {
    absl::StrAppend(&files->roc, target, ",", Cell(point.threshold), ",",
                    Cell(point.false_positive_rate), ",",
                    Cell(point.true_positive_rate), "\n");
  }
  for (const metrics::PrecisionRecallPoint& point :
       metrics::PrecisionRecallCurve(counts, kPoints)) {
    absl::StrAppend(&files->precision_recall, target, ",",
                    Cell(point.threshold), ",", Cell(point.precision), ",",
                    Cell(point.recall), "\n");
  }
}

absl::Status WriteInto(const CurveFiles& files, absl::string_view folder) {
  for (const auto& [name, text] :
       {std::pair<absl::string_view, const std::string&>("roc.csv", files.roc),
        {"pr.csv", files.precision_recall},
        {"reliability.csv", files.reliability}}) {
    if (text.empty()) continue;
    CXR_RETURN_IF_ERROR(WriteNewFile(JoinPath(folder, name), text));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CurveFiles> MakeCurveFiles(const LabelledScores& scores,
                                          spec::ScorerProfile profile) {
  CurveFiles files = {
      .roc = "class,threshold,false_positive_rate,true_positive_rate\n",
      .precision_recall = "class,threshold,precision,recall\n"};
  const bool probabilities = IsFloat32(profile) || scores.outside.empty();
  if (probabilities) {
    files.reliability =
        "class,bins,lower,upper,count,positives,mean_probability,"
        "positive_fraction\n";
  } else {
    files.notes.push_back("no reliability.csv: scores are no probabilities");
  }
  const std::vector<std::vector<double>> ranked =
      ProfileScores(scores.scores, profile);
  for (size_t k = 0; k < ranked.size(); ++k) {
    const std::string target = CsvCell(scores.classes[k]);
    CXR_ASSIGN_OR_RETURN(
        const metrics::ThresholdCounts counts,
        metrics::CountAtThresholds(ranked[k], scores.labels[k]));
    if (counts.positives > 0 && counts.negatives > 0) {
      AddCurves(target, counts, &files);
    } else {
      files.notes.push_back(
          absl::StrCat(scores.classes[k],
                       " is not in roc.csv and pr.csv: its labels are all ",
                       counts.positives > 0 ? 1 : 0));
    }
    if (!probabilities) continue;
    CXR_RETURN_IF_ERROR(AddReliability(target, ranked[k], scores.labels[k],
                                       &files.reliability));
  }
  return files;
}

absl::Status CheckCurveFolder(absl::string_view folder) {
  if (!Exists(folder)) return absl::OkStatus();
  CXR_ASSIGN_OR_RETURN(const std::vector<std::string> names,
                       ListFolder(folder));
  if (names.empty()) return absl::OkStatus();
  return absl::AlreadyExistsError(
      absl::StrCat(folder, ": found a folder with contents (", names[0],
                   "), expected none or an empty one"));
}

absl::Status WriteCurveFiles(const CurveFiles& files,
                             absl::string_view folder) {
  CXR_RETURN_IF_ERROR(CheckCurveFolder(folder));
  // Nobody reads the neighbour, which takes the name when it is whole.
  while (folder.size() > 1 && absl::ConsumeSuffix(&folder, "/")) {
  }
  const std::string unfinished = absl::StrCat(folder, ".unfinished.", getpid());
  CXR_RETURN_IF_ERROR(CreateDirectories(unfinished));
  absl::Status written = WriteInto(files, unfinished);
  if (written.ok()) written = Rename(unfinished, folder);
  if (!written.ok()) RemoveAll(unfinished).IgnoreError();
  return written;
}

}  // namespace cxr
