// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_COMMON_WEIGHTS_FILE_H_
#define CXR_TASKS_COMMON_WEIGHTS_FILE_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "cxr/spec/backbone.pb.h"
#include "cxr/tasks/common/artifacts.h"

namespace cxr {

// Where `file` lies below options.weights_root. Unimplemented, as "weights:
// reason" with who publishes it, if it is not there.
absl::StatusOr<std::string> WeightsPath(const spec::WeightsFileSpec& file,
                                        const TaskOptions& options);

// Where `file` lies below options.program_root. NotFound if it is not there,
// though it should have come with the program.
absl::StatusOr<std::string> BundledPath(const spec::BundledWeightsSpec& file,
                                        const TaskOptions& options);

// SHA-256 of the file that `weights` names, remembered by its size and times;
// nothing for weights that are in no file. Errors as above.
absl::StatusOr<std::optional<std::string>> WeightsDigest(
    const spec::WeightsSpec& weights, const TaskOptions& options);

}  // namespace cxr

#endif  // CXR_TASKS_COMMON_WEIGHTS_FILE_H_
