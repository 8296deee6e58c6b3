// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_WORST_CASES_H_
#define CXR_SCORE_WORST_CASES_H_

#include <cstdint>

#include "cxr/score/predictions.h"
#include "cxr/score/take_rows.h"

namespace cxr {

// The images of one target that a model is most wrong about, worst first; among
// equal ones the first of the table.
struct WorstCases {
  Rows false_alarms = {};  // negatives of the highest logits
  Rows misses = {};        // positives of the lowest logits
};

// At most `count` of each, 0 or more; `target` is a place in
// predictions.targets.
WorstCases FindWorstCases(const Predictions& predictions, int64_t target,
                          int64_t count);

}  // namespace cxr

#endif  // CXR_SCORE_WORST_CASES_H_
