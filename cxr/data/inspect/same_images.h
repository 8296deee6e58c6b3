// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INSPECT_SAME_IMAGES_H_
#define CXR_DATA_INSPECT_SAME_IMAGES_H_

#include <vector>

#include "absl/status/status.h"
#include "cxr/data/source/dataset.h"
#include "cxr/spec/data_report.pb.h"

namespace cxr {

// Adds to the leaks of `report` every image `rows` of `dataset` that is the
// same picture (image_hash.h) as one of `other`. Images that cannot be read are
// passed over, with a remark that counts them.
absl::Status AddLeaksAgainst(const Dataset& dataset,
                             const std::vector<int>& rows, const Dataset& other,
                             int threads, spec::DataReport& report);

}  // namespace cxr

#endif  // CXR_DATA_INSPECT_SAME_IMAGES_H_
