// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_AUGMENTATION_RULES_H_
#define CXR_SPEC_AUGMENTATION_RULES_H_

#include <string>
#include <vector>

#include "cxr/spec/augmentation.pb.h"
#include "cxr/spec/places.h"

namespace cxr {

// Rules between the fields of one complete list of random changes, whose path
// is `field`: ranges begin at or below their end, a blur's kernel has a middle,
// and the readings beside the list are there if and only if a step needs them.
std::vector<FieldProblem> CheckPipeline(
    const spec::AugmentationPipelineSpec& pipeline, const std::string& field);

}  // namespace cxr

#endif  // CXR_SPEC_AUGMENTATION_RULES_H_
