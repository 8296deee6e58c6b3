// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/seed_scores.h"

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/score/report_options.h"
#include "cxr/score/seed_report.h"

namespace cxr {

absl::StatusOr<std::vector<spec::SeedValue>> ScoreSeeds(
    const std::vector<NamedPredictions>& runs, const spec::ScoreSpec& spec,
    int threads) {
  if (runs.size() < 2) {
    return absl::InvalidArgumentError(
        absl::StrCat("found ", runs.size(), " runs, expected 2 or more"));
  }
  CXR_ASSIGN_OR_RETURN(LabelledScores scores,
                       ScoredRows(runs, spec.classification().level()));
  const int64_t patients = CountPatients(scores);
  if (spec.bootstrap().unit() != spec::PATIENT) {
    scores.patients.clear();  // So that rows are drawn.
  }
  CXR_ASSIGN_OR_RETURN(
      const spec::ScoreReport report,
      MakeSeedReport(scores, {.profile = spec.classification().profile(),
                              .resamples = spec.bootstrap().resamples(),
                              .confidence = spec.bootstrap().confidence(),
                              .seed = spec.bootstrap().seed(),
                              .threads = threads}));
  std::vector<spec::SeedValue> values(report.seeds().begin(),
                                      report.seeds().end());
  for (spec::SeedValue& value : values) {
    value.mutable_mean()->set_patients(patients);
  }
  return values;
}

}  // namespace cxr
