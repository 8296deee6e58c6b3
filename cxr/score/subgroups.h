// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_SUBGROUPS_H_
#define CXR_SCORE_SUBGROUPS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/data/index/image_index.h"
#include "cxr/score/predictions.h"
#include "cxr/score/take_rows.h"
#include "cxr/spec/run_record.pb.h"
#include "cxr/spec/score.pb.h"

// Some of the images of an experiment, and how well they are predicted.
//
//   CXR_ASSIGN_OR_RETURN(const std::vector<Subgroup> groups,
//                        FindSubgroups(predictions, index, spec.score()));
//   CXR_ASSIGN_OR_RETURN(const std::vector<spec::MetricValue> values,
//                        ScoreSubgroups(predictions, groups, spec.score()));

namespace cxr {

struct Subgroup {
  std::string name = {};  // e.g. "sex=F", "age=40-59", "view=PA"
  Rows rows = {};         // of predictions, ascending; at least one
};

// The groups of spec.subgroups in its order: F, M; ages from the youngest on;
// views; support devices yes, no and uncertain; last "unknown", which a label
// that is not mentioned is, too. At PATIENT_MAX a patient of whom images are in
// several groups is in the group "several". A property that is known of no
// image gives no group. DataLoss naming the first id that `index` does not
// have.
absl::StatusOr<std::vector<Subgroup>> FindSubgroups(
    const Predictions& predictions, const ImageIndex& index,
    const spec::ScoreSpec& spec);

// ScoreClassification of each group alone, the group's name in each value.
absl::StatusOr<std::vector<spec::MetricValue>> ScoreSubgroups(
    const Predictions& predictions, const std::vector<Subgroup>& groups,
    const spec::ScoreSpec& spec);

}  // namespace cxr

#endif  // CXR_SCORE_SUBGROUPS_H_
