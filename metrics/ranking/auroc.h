// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_AUROC_H_
#define METRICS_RANKING_AUROC_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace cxr::metrics {

// Area under the ROC curve and average precision of one binary label, of the
// examples as they are. Whoever needs them for resamples of the same examples
// makes a RankedColumn, whoever needs the curves CountAtThresholds.
//
// Values follow scikit-learn 1.6.1 (roc_auc_score, average_precision_score):
// equal scores are one threshold. An undefined AUROC (examples of one class
// only) is NaN; the average precision is 0 without a positive and 1 with
// positives only. Pairs are counted in integers and divided once.
//
// Labels are 0 or 1. Scores may be of any finite size: only their order counts.
//
// InvalidArgument if the sizes differ, if there is no example or more than
// 2^31 - 1, if a score is NaN or infinite, if a label is not 0 or 1; the text
// names the index.
absl::StatusOr<double> Auroc(absl::Span<const float> scores,
                             absl::Span<const uint8_t> labels);
absl::StatusOr<double> Auroc(absl::Span<const double> scores,
                             absl::Span<const uint8_t> labels);

absl::StatusOr<double> AveragePrecision(absl::Span<const float> scores,
                                        absl::Span<const uint8_t> labels);
absl::StatusOr<double> AveragePrecision(absl::Span<const double> scores,
                                        absl::Span<const uint8_t> labels);

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_AUROC_H_
