// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_PICKLE_H_
#define CXR_MODEL_WEIGHTS_PICKLE_H_

#include <cstddef>
#include <deque>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/model/weights/pickle_value.h"  // IWYU pragma: export

// Python's pickles of protocol 2, which torch.save writes, as a tree of values.
// A pickle is a program for a machine with a stack; here no name in it is
// looked up and no call is made: a call is a value that says what would have
// been called.

namespace cxr {

struct Pickle {
  // The values, which point at each other.
  std::deque<PickleValue> values = {};
  const PickleValue* root = nullptr;
  std::vector<const PickleValue*> persistent = {};  // those of that kind
  size_t size = 0;                                  // bytes; others may follow
};

// Whether a pickle may name `name` of `module`.
using PickleGlobals =
    absl::FunctionRef<bool(absl::string_view module, absl::string_view name)>;

// The pickle at the start of `bytes`, which must outlive it. PermissionDenied
// naming the import if `globals` does not have it; InvalidArgument for other
// protocols; DataLoss if the pickle is cut off or makes no sense, or if it has
// more than 2^22 steps or 2^20 values: memory stays below 500 MB.
absl::StatusOr<Pickle> ParsePickle(absl::string_view bytes,
                                   PickleGlobals globals);

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_PICKLE_H_
