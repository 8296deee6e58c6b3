// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_RANKED_AVERAGES_H_
#define CXR_SCORE_RANKED_AVERAGES_H_

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/score/ranked_targets.h"
#include "cxr/spec/score.pb.h"
#include "metrics/ranking/ranked_column.h"

namespace cxr {

// The averages over targets besides the plain mean: "micro" (all cells as one
// column) and "weighted" (by the positives of a target), metrics/ranking
// average.h. Refers to the scores it was made of, which must outlive it.
class RankedAverages {
 public:
  static constexpr int64_t kStatistics = 4;

  static absl::StatusOr<RankedAverages> Create(const LabelledScores& scores,
                                               spec::ScorerProfile profile);

  // Of the rows as they are, by the profile.
  double Micro(RankMetric metric) const { return micro_[Index(metric)]; }
  double Weighted(RankMetric metric) const { return weighted_[Index(metric)]; }

  // Of row i repeated counts[i] times: kStatistics numbers, at MicroPlace and
  // WeightedPlace. `targets` holds the values of RankedTargets::Fill. NaN where
  // they need a target that has no value there; a target without positives
  // counts nothing in the weighted mean.
  void Fill(absl::Span<const int32_t> counts, absl::Span<const double> targets,
            absl::Span<double> values) const;
  static int64_t MicroPlace(RankMetric metric) { return 2 * Index(metric); }
  static int64_t WeightedPlace(RankMetric metric) {
    return 2 * Index(metric) + 1;
  }

 private:
  RankedAverages(const LabelledScores& scores, metrics::RankedColumn cells)
      : scores_(&scores), cells_(std::move(cells)) {}
  static int64_t Index(RankMetric metric) {
    return static_cast<int64_t>(metric);
  }

  const LabelledScores* scores_;
  metrics::RankedColumn cells_;  // column by column
  std::array<double, 2> micro_ = {};
  std::array<double, 2> weighted_ = {};
};

}  // namespace cxr

#endif  // CXR_SCORE_RANKED_AVERAGES_H_
