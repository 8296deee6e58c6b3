// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_EPOCH_CHOICE_H_
#define CXR_TASKS_CLASSIFY_EPOCH_CHOICE_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "cxr/spec/train.pb.h"

namespace cxr {

// How good `logits` are on validation images by `metric`: the larger, the
// better (LOWEST_LOSS gives the loss with a minus). Both (n, L) row-major;
// labels 0, 1 or NaN for "left out". Macro metrics are means over the targets
// that have both classes there; AUROC and average precision are those of
// metrics/ranking/auroc.h. NaN if there is none, or no label counts: then no
// epoch is better than another.
//
// Errors of metrics/ranking/auroc.h, for logits that are not finite.
absl::StatusOr<double> SelectionValue(spec::SelectionMetric metric,
                                      absl::Span<const float> logits,
                                      absl::Span<const float> labels,
                                      int64_t targets);

}  // namespace cxr

#endif  // CXR_TASKS_CLASSIFY_EPOCH_CHOICE_H_
