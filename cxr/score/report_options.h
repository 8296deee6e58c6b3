// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_REPORT_OPTIONS_H_
#define CXR_SCORE_REPORT_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/score/p_value_adjustment.h"
#include "cxr/spec/run_record.pb.h"
#include "cxr/spec/score.pb.h"
#include "metrics/interval/bootstrap.h"
#include "metrics/interval/resampling_units.h"

namespace cxr {

// How a table of scores is looked at.
struct ReportOptions {
  spec::ScorerProfile profile = spec::SCIKIT_LEARN;
  metrics::IntervalKind interval = metrics::IntervalKind::kPercentile;
  int resamples = 1000;
  double confidence = 0.95;
  uint64_t seed = 0;  // at most the generator's largest
  metrics::RandomGenerator generator =
      metrics::RandomGenerator::kNumpyRandomState;
  int threads = 1;
  // Of comparisons.
  PValueAdjustment adjustment = PValueAdjustment::kHolm;
  std::optional<double> margin = {};  // of equivalence, > 0
  // At which a specificity is reported, in (0, 1].
  std::optional<double> at_sensitivity = {};
};

// One report evaluates at most this many cells (rows x classes x resamples,
// those of a jackknife, of groups and of both systems included); more is taken
// for a slip.
inline constexpr double kMostCells = 2e10;
// And keeps at most this many values of resamples, of 8 bytes each.
inline constexpr double kMostReplicates = 1 << 27;

// InvalidArgument naming the limit, if `statistics` on all resamples, on
// `copies` copies of the table each, are beyond one.
absl::Status CheckWork(const LabelledScores& scores,
                       const ReportOptions& options, int64_t statistics,
                       int64_t copies);

// Draws by the generator, numpy's RandomState unless another was chosen, as
// records do; an undefined resample is left out (undefined_resamples.h).
metrics::BootstrapOptions ToBootstrapOptions(const ReportOptions& options);

// "95 % percentile bootstrap, 1000 resamples of patients in strata of sex, seed
// 0, numpy RandomState", and how many of them define the value if not all do.
std::string BootstrapKind(const ReportOptions& options,
                          metrics::IntervalKind kind,
                          const LabelledScores& scores,
                          const metrics::BootstrapInterval& interval);

// The interval of one value; nothing if it is undefined, or if less than one
// resample in a hundred defines the value.
std::optional<spec::Interval> ToInterval(
    const ReportOptions& options, metrics::IntervalKind kind,
    const LabelledScores& scores, const metrics::BootstrapInterval& interval);

// `interval`, with its median, called `kind`; nothing if it is undefined, or if
// less than one of a hundred of the `resamples` that were drawn defines it.
std::optional<spec::Interval> DefinedInterval(
    const metrics::BootstrapInterval& interval, int resamples,
    std::string kind);

// Whether no two rows are of one patient, as far as patients are known.
bool RowsAreIndependent(const LabelledScores& scores);

// What is said of rows that are patients, each by its largest score; "" if rows
// are images.
std::string LevelNote(const LabelledScores& scores);

// What is said of strata that hold one unit of `units`, which were made of
// `scores`, only; "" if there are none.
std::string SmallStrataNote(const LabelledScores& scores,
                            const metrics::ResamplingUnits& units);

// "95 % NAME".
std::string NamedKind(double confidence, absl::string_view name);

}  // namespace cxr

#endif  // CXR_SCORE_REPORT_OPTIONS_H_
