// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DIST_SHARE_H_
#define CXR_DIST_SHARE_H_

#include <cstdint>

#include "absl/status/status.h"

namespace cxr {

// Whether `groups` of a batch (paper section 2.8) can be shared evenly by
// `world` processes; both are positive. InvalidArgument names the numbers of
// processes that can.
absl::Status CheckShare(int64_t groups, int world);

}  // namespace cxr

#endif  // CXR_DIST_SHARE_H_
