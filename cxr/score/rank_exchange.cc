// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/rank_exchange.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

using metrics::RankedColumn;

template <typename T>
std::vector<T> Joined(std::vector<T> first, const std::vector<T>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

double MeanAuroc(const std::vector<RankedColumn>& columns,
                 absl::Span<const int32_t> counts) {
  double sum = 0.0;
  for (const RankedColumn& column : columns) sum += column.Auroc(counts);
  return sum / static_cast<double>(columns.size());
}

}  // namespace

std::vector<double> MeanRanks(absl::Span<const double> scores) {
  std::vector<size_t> order(scores.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(),
            [&scores](size_t a, size_t b) { return scores[a] < scores[b]; });
  std::vector<double> ranks(scores.size());
  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin + 1;
    while (end < order.size() && scores[order[end]] == scores[order[begin]]) {
      ++end;
    }
    const double rank = 0.5 * static_cast<double>(begin + 1 + end);
    for (; begin < end; ++begin) ranks[order[begin]] = rank;
  }
  return ranks;
}

absl::StatusOr<RankExchange> RankExchange::Create(
    const std::vector<std::vector<double>>& first,
    const std::vector<std::vector<double>>& second,
    const std::vector<std::vector<uint8_t>>& labels) {
  std::vector<RankedColumn> columns;
  for (size_t k = 0; k < labels.size(); ++k) {
    CXR_ASSIGN_OR_RETURN(
        RankedColumn column,
        RankedColumn::Create(Joined(MeanRanks(first[k]), MeanRanks(second[k])),
                             Joined(labels[k], labels[k])));
    columns.push_back(std::move(column));
  }
  return RankExchange(std::move(columns));
}

double RankExchange::Difference(absl::Span<const int32_t> swapped) const {
  const size_t rows = swapped.size();
  // How often each rank of either system is one of the first's, then of the
  // second's.
  std::vector<int32_t> of_first(2 * rows);
  std::vector<int32_t> of_second(2 * rows);
  for (size_t i = 0; i < rows; ++i) {
    of_first[i] = of_second[rows + i] = 1 - swapped[i];
    of_first[rows + i] = of_second[i] = swapped[i];
  }
  return MeanAuroc(columns_, of_first) - MeanAuroc(columns_, of_second);
}

}  // namespace cxr
