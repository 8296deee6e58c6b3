// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_SEED_REPORT_H_
#define CXR_SCORE_SEED_REPORT_H_

#include "absl/status/statusor.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/score/report_options.h"
#include "cxr/spec/score_report.pb.h"

namespace cxr {

// What `cxr score classification` says of several runs of one system that
// differ in their seed: "auroc" and "auprc" of every class and their plain mean
// "macro", by the profile, each with the values of the runs and
//
// - their mean, standard deviation, Student's t interval of the mean and the
//   interval in which the value of one more run is expected (metrics/interval
//   seed_interval.h): runs vary, images are these
// - the percentile interval of the mean over drawn runs on drawn images
//   (hierarchical.h, all runs on the same images): both vary
// - standard errors of the mean by either; that of drawing runs as new ones
//   would have it
//
// InvalidArgument with fewer than two runs, for another kind of interval, for
// a second system or groups, and by CheckWork.
absl::StatusOr<spec::ScoreReport> MakeSeedReport(const LabelledScores& scores,
                                                 const ReportOptions& options);

}  // namespace cxr

#endif  // CXR_SCORE_SEED_REPORT_H_
