// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_UPSTREAM_RULES_H_
#define CXR_SPEC_UPSTREAM_RULES_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/places.h"

namespace cxr {

// Whether a backbone can take the weights of another experiment's pretraining.
// They fit the backbone that they were trained in and no other, and there are
// some of a step only if the pretraining writes its teacher then. `field` is
// where `weights` stand, "features.vit.weights.pretrained".
std::vector<FieldProblem> CheckUpstreamWeights(
    const spec::VitSpec& backbone, const spec::PretrainedWeightsSpec& weights,
    absl::string_view field, const spec::ExperimentSpec& pretraining);

}  // namespace cxr

#endif  // CXR_SPEC_UPSTREAM_RULES_H_
