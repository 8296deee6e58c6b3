// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_TORCH_GLOBALS_H_
#define CXR_MODEL_WEIGHTS_TORCH_GLOBALS_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "cxr/model/weights/pickle_value.h"
#include "cxr/model/weights/stored_tensor.h"

// The names that a pickle of tensors and plain values needs.

namespace cxr {

// Whether a file of weights may name `name` of `module`: torch's functions that
// put tensors together, its kinds of storages and numbers, NumPy's numbers and
// Python's containers; also the classes of TorchScript, which are data. None of
// it is ever called.
bool IsPlainGlobal(absl::string_view module, absl::string_view name);

// The kind of numbers in a storage of this class ("torch", "FloatStorage").
std::optional<ScalarKind> KindOfStorage(const PickleValue& global);

// Whether a storage of this class is of bytes, whose kind a tensor tells.
bool IsUntypedStorage(const PickleValue& global);

// Of a kind of numbers ("torch", "float32").
std::optional<ScalarKind> KindOfDtype(const PickleValue& global);

// What an object or the result of a call is, by its class or function.
enum class TorchRole {
  kTensor,         // storage, offset, shape, strides ...
  kTypedTensor,    // the same with the kind of numbers at the end
  kWrappedTensor,  // function, class, arguments of the function, attributes
  kFirstArgument,  // what stands first among the arguments
  kDictionary,
  kScriptObject,  // of TorchScript: its state is a dictionary
  kOther,
};
TorchRole RoleOf(const PickleValue& global);

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_TORCH_GLOBALS_H_
