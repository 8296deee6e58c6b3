// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_PICKLE_VALUE_H_
#define CXR_MODEL_WEIGHTS_PICKLE_VALUE_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

// What a pickle holds.

namespace cxr {

enum class PickleKind {
  kNone,
  kBool,
  kInteger,
  kBigInteger,  // of more than 64 bits; of which nothing is known
  kReal,
  kText,
  kTuple,
  kList,
  kDict,
  kGlobal,      // the name of a class or function
  kCall,        // of a global, or an object of a class
  kPersistent,  // what lies outside the pickle
};

// Values are shared, and a list may hold itself: walk no deeper than you must.
struct PickleValue {
  PickleKind kind = PickleKind::kNone;
  int64_t integer = 0;  // kInteger; kBool: 0 or 1
  double real = 0;
  // kText, encoded as the pickle has it; kGlobal: the name.
  absl::string_view text = {};
  absl::string_view module = {};  // kGlobal
  // kTuple, kList; kCall: what was appended to the result.
  std::vector<const PickleValue*> items = {};
  // kDict; kCall: what was set in the result. In the order of the pickle; a
  // key may stand there again.
  std::vector<std::pair<const PickleValue*, const PickleValue*>> entries = {};
  const PickleValue* callee = nullptr;  // kCall: a kGlobal
  // kCall: a kTuple; kPersistent: what it is known by.
  const PickleValue* arguments = nullptr;
  const PickleValue* state = nullptr;  // kCall: attributes, or null
};

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_PICKLE_VALUE_H_
