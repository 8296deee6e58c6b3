// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_SEED_MEAN_H_
#define REPORTS_SEED_MEAN_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "cxr/score/predictions.h"
#include "cxr/spec/score.pb.h"
#include "reports/experiment_result.h"

// The result of an experiment that was run with several seeds.

namespace cxr::reports {

// The predictions behind the records of a run.
using PredictionsReader = absl::FunctionRef<absl::StatusOr<Predictions>(
    const std::vector<spec::RunRecord>& records)>;

// Of the runs `names`, at least one, the mean over those that ended well
// (cxr/score/seed_scores.h): metrics as one run's score has them. With one such
// run its own metrics, with none the reason of the first that has one. Runs
// that failed are never left out in silence: `seeds` names them. If
// predictions cannot be read or do not fit together, the result failed.
ExperimentResult MeanOfSeeds(const std::vector<std::string>& names,
                             const ResultMap& results,
                             const spec::ScoreSpec& score,
                             PredictionsReader read, int threads);

// "2 of 3 seeds" if some are lost, else "".
std::string LostSeedsText(const SeedRuns& seeds);

// What a reader should know of a mean: how many runs, how they spread, which
// failed and why. `metric` and `target` name the value.
std::string SeedsText(const SeedRuns& seeds, absl::string_view metric,
                      absl::string_view target);

// The values of a metric of a target; null if there are none.
const spec::SeedValue* FindSeedValue(const SeedRuns& seeds,
                                     absl::string_view metric,
                                     absl::string_view target);

}  // namespace cxr::reports

#endif  // REPORTS_SEED_MEAN_H_
