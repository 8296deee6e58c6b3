// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/epoch_choice.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "metrics/ranking/auroc.h"

namespace cxr {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

struct Column {
  std::vector<float> scores = {};
  std::vector<uint8_t> labels = {};

  bool HasBothClasses() const {
    return std::count(labels.begin(), labels.end(), 1) > 0 &&
           std::count(labels.begin(), labels.end(), 0) > 0;
  }
};

Column ColumnOf(absl::Span<const float> logits, absl::Span<const float> labels,
                int64_t targets, int64_t target) {
  Column column;
  for (size_t k = static_cast<size_t>(target); k < labels.size();
       k += static_cast<size_t>(targets)) {
    if (std::isnan(labels[k])) continue;
    column.scores.push_back(logits[k]);
    column.labels.push_back(labels[k] > 0 ? 1 : 0);
  }
  return column;
}

// -log(sigmoid(z)) without overflow.
double LossOfPositive(double logit) {
  return std::max(-logit, 0.0) + std::log1p(std::exp(-std::abs(logit)));
}

double MeanLoss(absl::Span<const float> logits,
                absl::Span<const float> labels) {
  double sum = 0;
  int64_t count = 0;
  for (size_t k = 0; k < labels.size(); ++k) {
    if (std::isnan(labels[k])) continue;
    const double logit = logits[k];
    sum += LossOfPositive(labels[k] > 0 ? logit : -logit);
    ++count;
  }
  if (count == 0) return kUndefined;
  return sum / static_cast<double>(count);
}

}  // namespace

absl::StatusOr<double> SelectionValue(spec::SelectionMetric metric,
                                      absl::Span<const float> logits,
                                      absl::Span<const float> labels,
                                      int64_t targets) {
  CXR_CHECK(logits.size() == labels.size())
      << logits.size() << " logits, " << labels.size() << " labels";
  if (metric == spec::LOWEST_LOSS) {
    return -MeanLoss(logits, labels);
  }
  double sum = 0;
  int64_t defined = 0;
  for (int64_t target = 0; target < targets; ++target) {
    const Column column = ColumnOf(logits, labels, targets, target);
    if (!column.HasBothClasses()) continue;
    CXR_ASSIGN_OR_RETURN(
        const double value,
        metric == spec::BEST_MACRO_AUPRC
            ? metrics::AveragePrecision(column.scores, column.labels)
            : metrics::Auroc(column.scores, column.labels));
    sum += value;
    ++defined;
  }
  if (defined == 0) return kUndefined;
  return sum / static_cast<double>(defined);
}

}  // namespace cxr
