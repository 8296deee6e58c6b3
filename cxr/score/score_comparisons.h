// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_SCORE_COMPARISONS_H_
#define CXR_SCORE_SCORE_COMPARISONS_H_

#include "absl/status/status.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/score/report_options.h"
#include "cxr/spec/score_report.pb.h"

namespace cxr {

// Adds what the first system is better than the second, both by the profile:
//
// "paired bootstrap": AUROC and AUPRC of every target and their plain mean.
// "DeLong": AUROC of every target, if rows are independent.
// "paired permutation": the mean AUROC; rows (or patients) exchange their ranks
//   between the systems, so that systems of different scales can be compared.
//
// Adjusted p values are by options.adjustment over the targets of one metric
// and test; a mean has none. With a margin the first two have the verdict of
// two one-sided tests of level 1 - confidence, by the normal distribution and
// the standard error of the bootstrap or of DeLong; none if that is 0, since
// it would be certain of anything. InvalidArgument by CheckWork, and for a
// margin that is not above 0 or a confidence of 0.5 or less with one. Needs a
// second system (else the program ends).
absl::Status AddComparisons(const LabelledScores& scores,
                            const ReportOptions& options,
                            spec::ScoreReport* report);

}  // namespace cxr

#endif  // CXR_SCORE_SCORE_COMPARISONS_H_
