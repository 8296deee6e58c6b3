// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/report_options.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "cxr/score/generator_kind.h"
#include "cxr/score/interval_kind.h"
#include "cxr/score/undefined_resamples.h"

namespace cxr {

absl::Status CheckWork(const LabelledScores& scores,
                       const ReportOptions& options, int64_t statistics,
                       int64_t copies) {
  const double rows = static_cast<double>(scores.size());
  const double jackknife =
      options.interval == metrics::IntervalKind::kBca ? rows : 0.0;
  const double tables =
      (options.resamples + jackknife) * static_cast<double>(copies);
  const double cells =
      tables * rows * static_cast<double>(scores.classes.size());
  if (cells > kMostCells) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--resamples: found ", cells, " cells to evaluate (", scores.size(),
        " rows, ", scores.classes.size(), " classes, ", tables,
        " tables of resamples, groups and systems), expected at most ",
        kMostCells));
  }
  const double replicates =
      static_cast<double>(statistics) * static_cast<double>(options.resamples);
  if (replicates > kMostReplicates) {
    return absl::InvalidArgumentError(
        absl::StrCat("--resamples: found ", replicates, " values to keep (",
                     statistics, " of ", options.resamples,
                     " resamples), expected at most ", kMostReplicates));
  }
  return absl::OkStatus();
}

metrics::BootstrapOptions ToBootstrapOptions(const ReportOptions& options) {
  return {.resamples = options.resamples,
          .confidence = options.confidence,
          .seed = options.seed,
          .generator = options.generator,
          .undefined = kUndefinedInReports,
          .threads = options.threads};
}

std::string BootstrapKind(const ReportOptions& options,
                          metrics::IntervalKind kind,
                          const LabelledScores& scores,
                          const metrics::BootstrapInterval& interval) {
  const std::string strata =
      scores.strata.cells.empty()
          ? ""
          : absl::StrCat(" in strata of ", scores.strata.name);
  return absl::StrCat(NamedKind(options.confidence, IntervalKindText(kind)),
                      " bootstrap, ", options.resamples, " resamples of ",
                      scores.patients.empty() ? "images" : "patients", strata,
                      ", seed ", options.seed, ", ",
                      GeneratorText(options.generator),
                      LeftOutText(interval, options.resamples));
}

std::optional<spec::Interval> ToInterval(
    const ReportOptions& options, metrics::IntervalKind kind,
    const LabelledScores& scores, const metrics::BootstrapInterval& interval) {
  return DefinedInterval(interval, options.resamples,
                         BootstrapKind(options, kind, scores, interval));
}

std::optional<spec::Interval> DefinedInterval(
    const metrics::BootstrapInterval& interval, int resamples,
    std::string kind) {
  const bool too_few = interval.resamples < (resamples + 99) / 100;
  if (too_few || std::isnan(interval.low) || std::isnan(interval.high)) {
    return std::nullopt;
  }
  spec::Interval result;
  result.set_low(interval.low);
  result.set_high(interval.high);
  result.set_kind(std::move(kind));
  result.set_median(interval.median);
  return result;
}

bool RowsAreIndependent(const LabelledScores& scores) {
  return scores.patients.empty() || CountPatients(scores) == scores.size();
}

std::string LevelNote(const LabelledScores& scores) {
  if (scores.images <= scores.size()) return "";
  return absl::StrCat("scored are the ", scores.size(),
                      " patients, each by its largest score; positives are "
                      "patients");
}

std::string SmallStrataNote(const LabelledScores& scores,
                            const metrics::ResamplingUnits& units) {
  if (scores.strata.cells.empty()) return "";
  const absl::Span<const int64_t> sizes = units.stratum_sizes();
  const int64_t small = std::count(sizes.begin(), sizes.end(), 1);
  if (small == 0) return "";
  return absl::StrCat(scores.strata.name, ": ", small, " of ", sizes.size(),
                      " strata hold one image or patient only, which every "
                      "resample takes: intervals are too narrow");
}

std::string NamedKind(double confidence, absl::string_view name) {
  return absl::StrCat(100 * confidence, " % ", name);
}

}  // namespace cxr
