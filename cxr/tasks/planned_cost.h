// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_PLANNED_COST_H_
#define CXR_TASKS_PLANNED_COST_H_

#include "cxr/harness/stage.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/plan.pb.h"

namespace cxr {

// What a stage of a complete experiment costs, by cxr/cost: FLOPs, images, room
// in the store. No times.
spec::StageCost PlannedCost(StageKind kind,
                            const spec::ExperimentSpec& experiment);

}  // namespace cxr

#endif  // CXR_TASKS_PLANNED_COST_H_
