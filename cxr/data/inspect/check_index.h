// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INSPECT_CHECK_INDEX_H_
#define CXR_DATA_INSPECT_CHECK_INDEX_H_

#include <vector>

#include "cxr/data/index/image_index.h"
#include "cxr/spec/data_report.pb.h"
#include "cxr/spec/train.pb.h"

namespace cxr {

// What an index says, without opening an image: counts of images, patients,
// studies, views, sexes, ages and parts; of each label its cells and what those
// of `policies` that read them all make of them; patients in several parts;
// remarks.
spec::DataReport CheckIndex(const ImageIndex& index,
                            const std::vector<spec::LabelPolicy>& policies);

// All of them.
std::vector<spec::LabelPolicy> LabelPolicies();

}  // namespace cxr

#endif  // CXR_DATA_INSPECT_CHECK_INDEX_H_
