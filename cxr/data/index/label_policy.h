// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INDEX_LABEL_POLICY_H_
#define CXR_DATA_INDEX_LABEL_POLICY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/data/index/image_index.h"
#include "cxr/spec/train.pb.h"

// What the label cells of a source mean for a model: spec::LabelPolicy says
// which reading, this does it.
//
//   CXR_ASSIGN_OR_RETURN(const std::vector<float> labels,
//                        ResolveLabels(index, {"Edema"}, spec::U_ONES));

namespace cxr {

// Labels (N, T) row-major of the T `targets` under `policy`: 1 present,
// 0 absent, NaN left out of loss and metric (U_IGNORE alone). NAN_TO_ONE reads
// a column "No Finding" if there is one: where it is positive all labels are 0
// but "Support Devices" (in MIMIC-CXR that one too, as the released loader
// does), whatever their cells say.
//
// InvalidArgument for a target that the source does not have;
// FailedPrecondition naming image, label and value for a value that the policy
// does not read: uncertain or missing under COMPLETE_LABELS, MAJORITY and
// AT_LEAST_ONE, a share of readers under any other than these last two.
absl::StatusOr<std::vector<float>> ResolveLabels(
    const ImageIndex& index, absl::Span<const std::string> targets,
    spec::LabelPolicy policy);

}  // namespace cxr

#endif  // CXR_DATA_INDEX_LABEL_POLICY_H_
