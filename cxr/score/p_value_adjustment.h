// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_P_VALUE_ADJUSTMENT_H_
#define CXR_SCORE_P_VALUE_ADJUSTMENT_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

// How p values of a family of tests are adjusted for their number.

namespace cxr {

enum class PValueAdjustment {
  kHolm,               // no false rejection at all
  kBenjaminiHochberg,  // few of the rejections false
};

// "Holm" or "Benjamini-Hochberg", for tables.
absl::string_view AdjustmentText(PValueAdjustment adjustment);

// By holm or benjamini_hochberg, from a command line; InvalidArgument lists
// them.
absl::StatusOr<PValueAdjustment> AdjustmentCalled(absl::string_view name);

// In the same order; errors as metrics/interval/multiplicity.h.
absl::StatusOr<std::vector<double>> Adjust(PValueAdjustment adjustment,
                                           absl::Span<const double> p_values);

}  // namespace cxr

#endif  // CXR_SCORE_P_VALUE_ADJUSTMENT_H_
