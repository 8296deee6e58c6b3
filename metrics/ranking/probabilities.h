// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_PROBABILITIES_H_
#define METRICS_RANKING_PROBABILITIES_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/types/span.h"

namespace cxr::metrics {

// InvalidArgument if the sizes differ, if a probability is not in [0, 1] (NaN
// is not) or if a label is not 0 or 1; the text names the index.
absl::Status CheckProbabilities(absl::Span<const double> probabilities,
                                absl::Span<const uint8_t> labels);
absl::Status CheckProbabilities(absl::Span<const float> probabilities,
                                absl::Span<const uint8_t> labels);

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_PROBABILITIES_H_
