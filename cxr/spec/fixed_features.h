// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_FIXED_FEATURES_H_
#define CXR_SPEC_FIXED_FEATURES_H_

#include "cxr/spec/experiment.pb.h"

namespace cxr {

// Whether the features of an image are always the same: pixels, or the pooled
// tokens of a backbone that no gradient reaches, on images that are not varied.
// Then a features stage computes them once; else training and prediction run
// the backbone themselves. What stages there are and what they cost follow from
// this.
bool HasFixedFeatures(const spec::ExperimentSpec& experiment);

}  // namespace cxr

#endif  // CXR_SPEC_FIXED_FEATURES_H_
