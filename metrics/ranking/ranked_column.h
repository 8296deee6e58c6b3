// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_RANKED_COLUMN_H_
#define METRICS_RANKING_RANKED_COLUMN_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace cxr::metrics {

// The scores of one binary label, sorted once, for ranking metrics of the same
// examples under many integer multiplicities (a bootstrap resample is a count
// per example). After Create every metric is linear in the number of examples.
//
//   const RankedColumn column = *RankedColumn::Create(scores, labels);
//   column.Auroc();                  // of the examples as they are
//   column.AveragePrecision(counts)  // of example i repeated counts[i] times
//
// Values follow scikit-learn 1.6.1 (roc_auc_score, average_precision_score):
// equal scores are one threshold. An undefined AUROC (examples of one class
// only) is NaN; the average precision is 0 without a positive and 1 with
// positives only. If all counts are zero, AUROC is NaN and the average
// precision 0 (scikit-learn refuses such input).
//
// Const methods may be called from several threads at once.
class RankedColumn {
 public:
  // Labels are 0 or 1. Scores may be of any finite size: only their order
  // counts. Scores computed in float32 must be widened as they are, so that
  // equal float32 scores stay equal.
  //
  // InvalidArgument if the sizes differ, if there is no example or more than
  // 2^31 - 1, if a score is NaN or infinite, if a label is not 0 or 1; the
  // text names the index.
  static absl::StatusOr<RankedColumn> Create(absl::Span<const double> scores,
                                             absl::Span<const uint8_t> labels);
  static absl::StatusOr<RankedColumn> Create(absl::Span<const float> scores,
                                             absl::Span<const uint8_t> labels);

  int64_t size() const { return positives() + negatives(); }
  int64_t positives() const { return std::ssize(positives_); }
  int64_t negatives() const { return std::ssize(negatives_); }

  // Area under the ROC curve: the fraction of (positive, negative) pairs with
  // the positive above, ties one half. The pairs are counted in integers and
  // divided once.
  double Auroc() const;

  // Sum over thresholds of precision times the step of recall, no
  // interpolation.
  double AveragePrecision() const;

  // The same of the examples repeated counts[i] times, i being the position in
  // the spans given to Create. Needs counts.size() == size() (else the program
  // ends), each count >= 0 and a sum of at most 2^31 - 1 (unchecked).
  double Auroc(absl::Span<const int32_t> counts) const;
  double AveragePrecision(absl::Span<const int32_t> counts) const;

 private:
  // One positive example. "Above" counts strictly higher scores, "through"
  // also equal ones; both are lengths of prefixes of the sorted examples.
  struct Positive {
    uint32_t index;
    uint32_t negatives_above;
    uint32_t negatives_through;
    uint32_t positives_through;
  };

  RankedColumn() = default;

  template <typename Score>
  static absl::StatusOr<RankedColumn> Sort(absl::Span<const Score> scores,
                                           absl::Span<const uint8_t> labels);

  std::vector<uint32_t> negatives_;  // indices by falling score
  std::vector<Positive> positives_;  // by falling score
};

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_RANKED_COLUMN_H_
