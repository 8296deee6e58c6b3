// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_EXPERIMENT_RULES_H_
#define CXR_SPEC_EXPERIMENT_RULES_H_

#include <vector>

#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/places.h"

// What no option of a single field can say: how the fields of one experiment
// depend on each other.

namespace cxr {

// Which stages an experiment has, and whether it has all that they need.
std::vector<FieldProblem> CheckStages(const spec::ExperimentSpec& experiment);

// Rules between the fields of an experiment that is complete and whose stages
// are right, e.g. that the number of heads divides the width.
std::vector<FieldProblem> CheckExperiment(
    const spec::ExperimentSpec& experiment);

// Whether a head that ranks images by targets is trained.
bool IsClassification(const spec::TrainSpec& train);

}  // namespace cxr

#endif  // CXR_SPEC_EXPERIMENT_RULES_H_
