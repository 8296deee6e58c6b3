// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_AVERAGE_H_
#define METRICS_RANKING_AVERAGE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/ranking/macro.h"

namespace cxr::metrics {

// AUROC and average precision of a multi-label task as one number.

// Scores and labels of all examples, (examples, columns), row by row.
struct ScoreTable {
  absl::Span<const double> scores;
  absl::Span<const uint8_t> labels;
  int64_t columns;  // at least 1
};

enum class Averaging {
  kMacro,     // plain mean over columns
  kMicro,     // all cells as one column
  kWeighted,  // mean over columns, weighted by their positives
  kSamples,   // plain mean over rows; scikit-learn only
};

// The average under the rules of `convention` (macro.h) for columns with one
// class. On top of these:
//
// kScikitLearn16 (roc_auc_score, average_precision_score with average=...):
// weighted, a column without a positive counts nothing whatever its value, and
// the average is 0 if there is no positive at all.
//
// kTorchmetrics010, kTorchmetrics19 (multilabel_auroc,
// multilabel_average_precision, thresholds=None, one batch): scores are rounded
// to float32 and go through TorchmetricsScores. Weighted as above. Their
// float32 sums are done in double here: equal to 1e-6.
//
// InvalidArgument if the table is not made of whole rows, if there is no row,
// for what Auroc (auroc.h) refuses, naming the cell (row-major), and for
// kSamples under a convention that has none.
absl::StatusOr<double> AverageAuroc(const ScoreTable& table,
                                    Averaging averaging,
                                    CurveConvention convention);
absl::StatusOr<double> AverageAveragePrecision(const ScoreTable& table,
                                               Averaging averaging,
                                               CurveConvention convention);

// What torchmetrics ranks of one batch: the scores if all are in [0, 1], else
// the float32 sigmoid of every one, probabilities included.
std::vector<float> TorchmetricsScores(absl::Span<const float> scores);

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_AVERAGE_H_
