// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_PLAN_TEXT_H_
#define CXR_HARNESS_PLAN_TEXT_H_

#include <string>

#include "cxr/spec/plan.pb.h"

namespace cxr {

// A plan for a person, as Markdown: its stages in a table (those that cost the
// most, if there are very many), then what it needs and what it takes.
std::string ToText(const spec::PlanRecord& plan);

}  // namespace cxr

#endif  // CXR_HARNESS_PLAN_TEXT_H_
