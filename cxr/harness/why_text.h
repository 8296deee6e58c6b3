// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_WHY_TEXT_H_
#define CXR_HARNESS_WHY_TEXT_H_

#include <string>

#include "absl/time/time.h"
#include "cxr/spec/plan.pb.h"

namespace cxr {

// What would be executed and why, for a person: each reason once, with the
// stages it holds for. Times of records are told in `zone`.
std::string ToText(const spec::WhyRecord& why, absl::TimeZone zone);

}  // namespace cxr

#endif  // CXR_HARNESS_WHY_TEXT_H_
