// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_COMMON_VIT_OPTIONS_H_
#define CXR_TASKS_COMMON_VIT_OPTIONS_H_

#include "cxr/model/vit.h"
#include "cxr/spec/backbone.pb.h"

namespace cxr {

// What a complete spec of a backbone asks for.
VitOptions VitOptionsOf(const spec::VitSpec& spec);

}  // namespace cxr

#endif  // CXR_TASKS_COMMON_VIT_OPTIONS_H_
