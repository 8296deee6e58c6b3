// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_RANK_EXCHANGE_H_
#define CXR_SCORE_RANK_EXCHANGE_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/ranking/ranked_column.h"

namespace cxr {

// The difference of two mean AUROCs after rows exchanged their ranks between
// the systems. Ranks of both systems are sorted together once, so that an
// exchange costs no more than a resample does.
class RankExchange {
 public:
  // Scores and labels are (targets, rows). InvalidArgument as
  // RankedColumn::Create.
  static absl::StatusOr<RankExchange> Create(
      const std::vector<std::vector<double>>& first,
      const std::vector<std::vector<double>>& second,
      const std::vector<std::vector<uint8_t>>& labels);

  // First minus second with the rows exchanged for which swapped[i] is 1 (0 for
  // others); NaN if a target has no AUROC.
  double Difference(absl::Span<const int32_t> swapped) const;

 private:
  explicit RankExchange(std::vector<metrics::RankedColumn> columns)
      : columns_(std::move(columns)) {}

  // A target each: the rows of the first system, then those of the second.
  std::vector<metrics::RankedColumn> columns_;
};

// The rank of each score among all, from 1; equal ones share their mean rank.
std::vector<double> MeanRanks(absl::Span<const double> scores);

}  // namespace cxr

#endif  // CXR_SCORE_RANK_EXCHANGE_H_
