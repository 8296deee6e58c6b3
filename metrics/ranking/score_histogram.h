// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_SCORE_HISTOGRAM_H_
#define METRICS_RANKING_SCORE_HISTOGRAM_H_

#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/ranking/threshold_counts.h"

namespace cxr::metrics {

// Labels counted at each distinct score, for scores that take few values (of
// one byte, of float16, rounded to some decimals): exact AUROC, average
// precision and curves of any number of examples in memory for
// `most_distinct_scores`. It never rounds or bins: rather than that, it
// refuses.
//
//   ScoreHistogram histogram(/*most_distinct_scores=*/65536);
//   for (each batch) status = histogram.Add(scores, labels);
//   Auroc(*histogram.Finish());
//
// The result is integers and does not depend on the order or the number of
// parts.
class ScoreHistogram {
 public:
  explicit ScoreHistogram(int64_t most_distinct_scores)
      : most_distinct_scores_(most_distinct_scores) {}

  // InvalidArgument if the sizes differ, if a score is NaN or infinite or if a
  // label is not 0 or 1, naming the index in this call, and nothing is added.
  // ResourceExhausted at the first score that is one too many; the examples
  // before it are added.
  absl::Status Add(absl::Span<const double> scores,
                   absl::Span<const uint8_t> labels);

  // ResourceExhausted if the two have too many scores together; some of those
  // of `other` may be added then.
  absl::Status Merge(const ScoreHistogram& other);

  int64_t distinct_scores() const { return std::ssize(counts_); }

  // FailedPrecondition if nothing was added; OutOfRange if there are more than
  // 2^31 - 1 examples.
  absl::StatusOr<ThresholdCounts> Finish() const;

 private:
  struct Count {
    int64_t negatives = 0;
    int64_t positives = 0;
  };

  absl::Status AddAt(uint64_t key, Count count);

  int64_t most_distinct_scores_;
  absl::flat_hash_map<uint64_t, Count> counts_;  // by OrderedKey
};

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_SCORE_HISTOGRAM_H_
