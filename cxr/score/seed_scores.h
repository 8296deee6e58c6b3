// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_SEED_SCORES_H_
#define CXR_SCORE_SEED_SCORES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "cxr/score/scored_rows.h"
#include "cxr/spec/score.pb.h"
#include "cxr/spec/score_report.pb.h"

namespace cxr {

// What ScoreClassification says of one run (classification.h), of two or more
// runs that differ in their seed: the same metrics in the same order, each with
// the mean over the runs, how they spread, and the interval of the bootstrap of
// both levels, runs and patients (seed_report.h), drawn as the spec declares
// for one run. A resample that leaves a value undefined is left out.
//
// Errors as ScoredRows, ScoreClassification and MakeSeedReport. The number of
// threads changes no bit.
absl::StatusOr<std::vector<spec::SeedValue>> ScoreSeeds(
    const std::vector<NamedPredictions>& runs, const spec::ScoreSpec& spec,
    int threads);

}  // namespace cxr

#endif  // CXR_SCORE_SEED_SCORES_H_
