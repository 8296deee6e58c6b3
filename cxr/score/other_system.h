// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_OTHER_SYSTEM_H_
#define CXR_SCORE_OTHER_SYSTEM_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/score/predictions.h"
#include "cxr/score/score_csv.h"

// Another system's scores in the place of an experiment's own.

namespace cxr {

// The images and labels of `truth`, called `name`, in its order, with the
// scores of `table` in the place of its logits. InvalidArgument naming the file
// if it lacks a target's column; DataLoss by MatchIds: every image of either is
// one of the other.
absl::StatusOr<Predictions> WithScoresOf(const PredictionTable& table,
                                         Predictions truth,
                                         absl::string_view name);

// The images and labels of a table of a person's own, scores being 0: a column
// id, one a target of 0 and 1, and one that names patients. Errors as
// ReadTruth, and DataLoss for a patient without a name.
absl::StatusOr<Predictions> ReadTruthOf(absl::string_view path,
                                        const std::vector<std::string>& targets,
                                        const std::string& patient_column);

// The classes of `table` that are no target, in its order.
std::vector<std::string> UnusedClasses(const PredictionTable& table,
                                       const std::vector<std::string>& targets);

}  // namespace cxr

#endif  // CXR_SCORE_OTHER_SYSTEM_H_
