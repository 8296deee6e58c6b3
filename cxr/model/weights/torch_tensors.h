// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_TORCH_TENSORS_H_
#define CXR_MODEL_WEIGHTS_TORCH_TENSORS_H_

#include "ATen/core/Tensor.h"
#include "absl/strings/string_view.h"
#include "cxr/model/weights/stored_tensor.h"

// Between stored tensors and LibTorch's.

namespace cxr {

// A copy of `stored` on the CPU, of its own type.
at::Tensor ToTorch(const StoredTensor& stored);

// `tensor` under `name`: contiguous, on the CPU, of one of the kinds of
// ScalarKind, else c10::Error. The bytes are those of `tensor`, which must
// outlive the result.
StoredTensor ToStored(absl::string_view name, const at::Tensor& tensor);

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_TORCH_TENSORS_H_
