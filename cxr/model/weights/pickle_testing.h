// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_PICKLE_TESTING_H_
#define CXR_MODEL_WEIGHTS_PICKLE_TESTING_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

// Pickles made by hand, for what Python does not write.
//
//   Pickled("}" + PickledText("a") + "Ns")   // {"a": None}

namespace cxr {

// A whole pickle of protocol 2 around `opcodes`.
std::string Pickled(absl::string_view opcodes);

std::string PickledText(absl::string_view text);
std::string PickledInteger(int32_t integer);
std::string PickledGlobal(absl::string_view module, absl::string_view name);

// The numbers of torch's storage `key`.
std::string PickledStorage(absl::string_view storage_class,
                           absl::string_view key, int32_t count);

// A call of torch._utils._rebuild_tensor_v2: `shape` and `strides` are opcodes
// that make tuples.
std::string PickledTensor(absl::string_view storage, int32_t offset,
                          absl::string_view shape, absl::string_view strides);

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_PICKLE_TESTING_H_
