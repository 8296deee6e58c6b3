// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_VALIDATE_H_
#define CXR_SPEC_VALIDATE_H_

#include <google/protobuf/message.h>

#include <vector>

#include "cxr/spec/places.h"

// What makes a spec wrong by the options of its fields (options.proto): ranges,
// what must be set, paths. Nothing here names a field; rules between fields are
// in experiment_rules.h.

namespace cxr {

// What is wrong with the values that a message sets: numbers outside their
// range, the UNSPECIFIED enumerator, absolute paths where a result depends on
// them.
std::vector<FieldProblem> CheckValues(const google::protobuf::Message& message);

// What a merged message still lacks: every field must be set, every oneof must
// be decided, every repeated field must have an item, unless the field says
// that it may be unset.
std::vector<FieldProblem> CheckComplete(
    const google::protobuf::Message& message);

}  // namespace cxr

#endif  // CXR_SPEC_VALIDATE_H_
