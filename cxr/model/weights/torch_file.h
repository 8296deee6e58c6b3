// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_TORCH_FILE_H_
#define CXR_MODEL_WEIGHTS_TORCH_FILE_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/model/weights/torch_state.h"

// What torch.save writes: since torch 1.6 a zip archive, before it pickles one
// after another with the numbers at the end. TorchScript's archives are read as
// the state of their modules. Numbers that are contiguous stay in `bytes`.

namespace cxr {

// By the first bytes.
bool IsZip(absl::string_view bytes);
bool IsTorchLegacy(absl::string_view bytes);

// Errors as ReadTensorFile, without a path.
absl::StatusOr<TorchState> ParseTorchZip(absl::string_view bytes);
absl::StatusOr<TorchState> ParseTorchLegacy(absl::string_view bytes);

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_TORCH_FILE_H_
