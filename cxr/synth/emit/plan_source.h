// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_PLAN_SOURCE_H_
#define CXR_SYNTH_EMIT_PLAN_SOURCE_H_

#include <optional>
#include <vector>

#include "cxr/spec/data.pb.h"
#include "cxr/synth/emit/source_plan.h"

namespace cxr::synth {

// The sources that can be drawn, those first that others need.
std::vector<spec::Source> DrawnSources();

// The plan of a source; nothing for what cannot be drawn: real samples.
std::optional<SourcePlan> PlanSource(spec::Source source,
                                     const SynthOptions& options);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_PLAN_SOURCE_H_
