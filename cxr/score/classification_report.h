// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_CLASSIFICATION_REPORT_H_
#define CXR_SCORE_CLASSIFICATION_REPORT_H_

#include "absl/status/statusor.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/score/report_options.h"
#include "cxr/spec/score_report.pb.h"

namespace cxr {

// All that `cxr score classification` says:
//
// - "auroc" and "auprc" of every class, their plain mean "macro", "micro" and
//   "weighted", by the rules of the profile for a class with one label only;
//   the AUROC of a class a second time with DeLong's interval, cut off at 0 and
//   1, if rows are independent
// - "brier", "log_loss", "ece" and "ece_equal_mass" of every class, if scores
//   are probabilities
// - thresholds, and sensitivity and specificity there (operating_rates.h)
// - by groups (group_values.h) and against a second system
//   (score_comparisons.h), if there are any
//
// All bootstrap intervals rest on the same resamples, of rows, or of patients
// if they are known, within strata if there are any. Rates at a threshold have
// Wilson's interval if rows are independent, else that of the bootstrap; either
// takes the threshold as given. A value that is undefined is NaN without an
// interval, and a note says why; so do notes where an interval cannot be taken
// at its word (interval_notes.h). Results depend neither on the number of
// threads nor on the order of files.
//
// InvalidArgument by CheckWork, if an option is out of its range, without rows
// or classes, or if rows x classes are more than 2^31 - 1.
absl::StatusOr<spec::ScoreReport> MakeClassificationReport(
    const LabelledScores& scores, const ReportOptions& options);

}  // namespace cxr

#endif  // CXR_SCORE_CLASSIFICATION_REPORT_H_
