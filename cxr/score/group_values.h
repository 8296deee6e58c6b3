// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_GROUP_VALUES_H_
#define CXR_SCORE_GROUP_VALUES_H_

#include "absl/status/status.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/score/ranked_targets.h"
#include "cxr/score/report_options.h"
#include "cxr/spec/score_report.pb.h"

namespace cxr {

// Adds AUROC and AUPRC of every target and their plain mean within each group
// of each column of scores.groups, as the profile has them of the group's rows
// alone, and what it is more than in all other groups of the column together,
// with percentile intervals, which is noted if another kind was asked for.
// Groups stand in the order of their names; rows of no known group ("") are in
// none and noted.
// InvalidArgument for more than kMostGroups groups, and by CheckWork.
absl::Status AddGroupValues(const LabelledScores& scores,
                            const RankedTargets& targets,
                            const ReportOptions& options,
                            spec::ScoreReport* report);

}  // namespace cxr

#endif  // CXR_SCORE_GROUP_VALUES_H_
