// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_INTERVAL_KIND_H_
#define CXR_SCORE_INTERVAL_KIND_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "metrics/interval/interval_bounds.h"

// Intervals of a bootstrap by their names.

namespace cxr {

// "percentile", "basic" or "BCa", for tables.
absl::string_view IntervalKindText(metrics::IntervalKind kind);

// The same in small letters, from a command line; InvalidArgument lists them.
absl::StatusOr<metrics::IntervalKind> IntervalKindCalled(
    absl::string_view name);

}  // namespace cxr

#endif  // CXR_SCORE_INTERVAL_KIND_H_
