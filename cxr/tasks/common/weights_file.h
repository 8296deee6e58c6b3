// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_COMMON_WEIGHTS_FILE_H_
#define CXR_TASKS_COMMON_WEIGHTS_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "cxr/spec/backbone.pb.h"
#include "cxr/tasks/common/artifacts.h"

namespace cxr {

// Where `file` lies below options.weights_root. Unimplemented, as "weights:
// reason" with who publishes it, if it is not there.
absl::StatusOr<std::string> WeightsPath(const spec::WeightsFileSpec& file,
                                        const TaskOptions& options);

// SHA-256 of that file, remembered by its size and times. Errors as above.
absl::StatusOr<std::string> WeightsDigest(const spec::WeightsFileSpec& file,
                                          const TaskOptions& options);

}  // namespace cxr

#endif  // CXR_TASKS_COMMON_WEIGHTS_FILE_H_
