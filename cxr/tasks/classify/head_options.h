// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_HEAD_OPTIONS_H_
#define CXR_TASKS_CLASSIFY_HEAD_OPTIONS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/tasks/classify/batch_order.h"
#include "cxr/train/probe_group.h"

// From a complete train spec to the heads that are trained.

namespace cxr {

LinearProbeOptions ProbeOptionsOf(const spec::LinearProbeSpec& spec);

// One probe, or those of a sweep, on `features` numbers an image: the class
// tokens of the last layers and the mean patch (pooled_tokens.h), of which a
// member sees those of its own last layers. FailedPrecondition if a member asks
// for more layers than the features hold.
absl::StatusOr<ProbeGroupOptions> HeadOptionsOf(
    const spec::ExperimentSpec& experiment, int64_t features);

BatchOrder OrderOf(const spec::TrainSpec& train, int64_t images);

// What member `i` of these is, for a reader; empty if there is one alone.
std::string MemberText(const spec::TrainSpec& train, int64_t i);

}  // namespace cxr

#endif  // CXR_TASKS_CLASSIFY_HEAD_OPTIONS_H_
