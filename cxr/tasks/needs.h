// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_NEEDS_H_
#define CXR_TASKS_NEEDS_H_

#include <vector>

#include "cxr/spec/library.h"
#include "cxr/spec/plan.pb.h"
#include "cxr/tasks/common/artifacts.h"

namespace cxr {

// The sources of images and the files of weights that the experiments read,
// each once and by name, with its terms, its size and whether it is here. A
// source that is drawn is here if there is a place for it.
std::vector<spec::PlannedInput> NeedsOf(
    const std::vector<ResolvedExperiment>& experiments,
    const TaskOptions& options);

}  // namespace cxr

#endif  // CXR_TASKS_NEEDS_H_
