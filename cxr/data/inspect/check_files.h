// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INSPECT_CHECK_FILES_H_
#define CXR_DATA_INSPECT_CHECK_FILES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "cxr/data/source/dataset.h"
#include "cxr/spec/data_report.pb.h"

namespace cxr {

struct CheckFilesOptions {
  int threads = 1;
  // More images than this that cannot be read are an error; -1: never.
  int64_t max_failures = -1;
};

// Reads the images `rows` of `dataset`, with their masks and reports if it has
// any, and says what their files are. An image that cannot be read is counted,
// told and passed over. FailedPrecondition with the first failures if there are
// more than options.max_failures, or no image can be read.
absl::StatusOr<spec::FoundFiles> CheckFiles(const Dataset& dataset,
                                            const std::vector<int>& rows,
                                            const CheckFilesOptions& options);

}  // namespace cxr

#endif  // CXR_DATA_INSPECT_CHECK_FILES_H_
