// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_TORCH_STATE_H_
#define CXR_MODEL_WEIGHTS_TORCH_STATE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/model/weights/pickle_value.h"
#include "cxr/model/weights/stored_tensor.h"

// From the values of torch.save's pickle to named tensors.

namespace cxr {

// What a pickle says of numbers that lie outside it.
struct TorchStorageId {
  absl::string_view key = {};
  std::optional<ScalarKind> kind = {};  // none: bytes, of which tensors tell
  int64_t bytes = 0;
};

// Of a value of the kind kPersistent. DataLoss if it is none of torch's;
// InvalidArgument if its numbers are of a kind that ScalarKind has not.
absl::StatusOr<TorchStorageId> ParseTorchStorageId(const PickleValue& value);

// The bytes of a storage, as many as its id says.
using TorchStorages =
    absl::FunctionRef<absl::StatusOr<absl::string_view>(const TorchStorageId&)>;

struct TorchState {
  std::vector<StoredTensor> tensors = {};
  // Holds what was copied.
  std::vector<std::shared_ptr<const void>> memory = {};
};

// The tensors in dictionaries, lists and TorchScript's objects below `root`,
// named by keys (texts and whole numbers), places and attributes joined by
// dots. All else is passed over. Tensors that are not contiguous are copied, in
// all no more than `max_copied_bytes`. DataLoss if a tensor reaches out of its
// storage, two have one name or values are nested deeper than 64 levels.
absl::StatusOr<TorchState> CollectTorchTensors(const PickleValue& root,
                                               TorchStorages storages,
                                               int64_t max_copied_bytes);

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_TORCH_STATE_H_
