// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_PRETRAIN_RULES_H_
#define CXR_SPEC_PRETRAIN_RULES_H_

#include <vector>

#include "cxr/spec/backbone.pb.h"
#include "cxr/spec/places.h"
#include "cxr/spec/pretrain.pb.h"

namespace cxr {

// Rules between the fields of a complete pretraining and its backbone.
std::vector<FieldProblem> CheckPretraining(const spec::PretrainSpec& pretrain,
                                           const spec::VitSpec& backbone);

}  // namespace cxr

#endif  // CXR_SPEC_PRETRAIN_RULES_H_
