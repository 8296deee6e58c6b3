// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_TENSOR_STATE_H_
#define CXR_MODEL_WEIGHTS_TENSOR_STATE_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ATen/core/Tensor.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/model/weights/safetensors.h"

// Named tensors of a program's own, kept to be copied back: checkpoints and
// trained weights as safetensors.

namespace cxr {

using NamedTensors = std::vector<std::pair<std::string, at::Tensor>>;

// The file of `tensors`, on whatever device, with `metadata`.
std::string ToStateFile(const NamedTensors& tensors,
                        const std::map<std::string, std::string>& metadata);

// Copies what a file holds into `tensors`, which have the file's names and
// shapes, all of them. DataLoss naming `name` and the first tensor that
// differs; nothing is copied then.
absl::Status RestoreState(const SafetensorsContents& contents,
                          absl::string_view name, const NamedTensors& tensors);

// The same of the bytes of a file, whose metadata it returns.
absl::StatusOr<std::map<std::string, std::string>> RestoreState(
    absl::string_view bytes, absl::string_view name,
    const NamedTensors& tensors);

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_TENSOR_STATE_H_
