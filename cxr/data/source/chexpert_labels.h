// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_CHEXPERT_LABELS_H_
#define CXR_DATA_SOURCE_CHEXPERT_LABELS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/data/table/csv_reader.h"

namespace cxr {

// The 14 observations that CheXpert's labeler looks for in a report (Irvin et
// al. 2019), as the columns of CheXpert, MIMIC-CXR-JPG and BRAX are called, in
// the order in which they stand in `table`: each source has its own. DataLoss
// naming the first that is not there.
absl::StatusOr<std::vector<std::string>> ChexpertLabelNames(
    const CsvReader& table);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_CHEXPERT_LABELS_H_
