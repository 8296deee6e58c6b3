// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_MACRO_H_
#define METRICS_RANKING_MACRO_H_

#include "absl/types/span.h"
#include "metrics/ranking/ranked_column.h"

namespace cxr::metrics {

// What a mean over columns does with an undefined (NaN) value.
enum class UndefinedColumns {
  kNanIfAnyUndefined,  // numpy.mean, so scikit-learn based code
  kSkipUndefined,      // numpy.nanmean
  kCountAsZero,        // an undefined value enters the mean as 0
};

// Plain mean over columns. NaN if no value is left to average.
double MacroMean(absl::Span<const double> values, UndefinedColumns rule);

// Whose rules decide on columns that hold one class only. Columns with both
// classes are the same under all of them.
enum class CurveConvention {
  // AUROC is NaN and so is the mean; average precision is 0 without a positive
  // and 1 with positives only.
  kScikitLearn16,
  // AUROC is 0 and enters the mean; average precision is left out of the mean
  // without a positive and 1 with positives only. torchmetrics 0.10.3.
  kTorchmetrics010,
  // AUROC is 0 and enters the mean; average precision is 0 without a positive,
  // which enters the mean, and 1 with positives only. torchmetrics 1.9.0.
  kTorchmetrics19,
};

// Means over the columns of one multi-label task.
double MacroAuroc(absl::Span<const RankedColumn> columns,
                  CurveConvention convention);
double MacroAveragePrecision(absl::Span<const RankedColumn> columns,
                             CurveConvention convention);

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_MACRO_H_
