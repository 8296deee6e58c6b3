// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/worst_cases.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace cxr {

WorstCases FindWorstCases(const Predictions& predictions, int64_t target,
                          int64_t count) {
  const int64_t width = std::ssize(predictions.targets);
  const auto logit = [&](int64_t row) {
    return predictions.logits[row * width + target];
  };
  WorstCases worst;
  for (int64_t row = 0; row < std::ssize(predictions.ids); ++row) {
    const bool positive = predictions.labels[row * width + target] == 1.0f;
    (positive ? worst.misses : worst.false_alarms).push_back(row);
  }
  std::stable_sort(worst.false_alarms.begin(), worst.false_alarms.end(),
                   [&](int64_t a, int64_t b) { return logit(a) > logit(b); });
  std::stable_sort(worst.misses.begin(), worst.misses.end(),
                   [&](int64_t a, int64_t b) { return logit(a) < logit(b); });
  for (Rows* rows : {&worst.false_alarms, &worst.misses}) {
    rows->resize(std::min(rows->size(), static_cast<size_t>(count)));
  }
  return worst;
}

}  // namespace cxr
