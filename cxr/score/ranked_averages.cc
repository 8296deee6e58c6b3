// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/ranked_averages.h"

#include <cmath>
#include <cstddef>
#include <limits>

#include "cxr/base/status_macros.h"
#include "metrics/ranking/average.h"

namespace cxr {
namespace {

using Counts = absl::Span<const int32_t>;

// All cells, row by row.
template <typename T>
std::vector<T> RowMajor(const std::vector<std::vector<T>>& columns) {
  std::vector<T> cells;
  for (size_t i = 0; i < columns[0].size(); ++i) {
    for (const std::vector<T>& column : columns) cells.push_back(column[i]);
  }
  return cells;
}

// All cells, column by column.
template <typename T>
std::vector<T> Joined(const std::vector<std::vector<T>>& columns) {
  std::vector<T> cells;
  for (const std::vector<T>& column : columns) {
    cells.insert(cells.end(), column.begin(), column.end());
  }
  return cells;
}

// How many positives there are on a resample.
int64_t Positives(const std::vector<uint8_t>& labels, Counts counts) {
  int64_t positives = 0;
  for (size_t i = 0; i < labels.size(); ++i) {
    positives += labels[i] * counts[i];
  }
  return positives;
}

// NaN without weights, so that such a resample is not used.
double WeightedMean(absl::Span<const double> values,
                    absl::Span<const int64_t> weights) {
  double sum = 0.0;
  int64_t total = 0;
  for (size_t k = 0; k < weights.size(); ++k) {
    if (weights[k] == 0) continue;
    sum += static_cast<double>(weights[k]) * values[k];
    total += weights[k];
  }
  return total == 0 ? std::numeric_limits<double>::quiet_NaN()
                    : sum / static_cast<double>(total);
}

}  // namespace

absl::StatusOr<RankedAverages> RankedAverages::Create(
    const LabelledScores& scores, spec::ScorerProfile profile) {
  const std::vector<std::vector<double>> ranked =
      ProfileScores(scores.scores, profile);
  CXR_ASSIGN_OR_RETURN(
      metrics::RankedColumn cells,
      metrics::RankedColumn::Create(Joined(ranked), Joined(scores.labels)));
  RankedAverages averages(scores, std::move(cells));
  const std::vector<double> score_cells = RowMajor(ranked);
  const std::vector<uint8_t> label_cells = RowMajor(scores.labels);
  const metrics::ScoreTable table = {.scores = score_cells,
                                     .labels = label_cells,
                                     .columns = std::ssize(ranked)};
  const metrics::CurveConvention convention = ConventionOf(profile);
  for (const RankMetric metric : kRankMetrics) {
    const auto average = metric == RankMetric::kAuroc
                             ? metrics::AverageAuroc
                             : metrics::AverageAveragePrecision;
    CXR_ASSIGN_OR_RETURN(
        averages.micro_[Index(metric)],
        average(table, metrics::Averaging::kMicro, convention));
    CXR_ASSIGN_OR_RETURN(
        averages.weighted_[Index(metric)],
        average(table, metrics::Averaging::kWeighted, convention));
  }
  return averages;
}

void RankedAverages::Fill(Counts counts, absl::Span<const double> targets,
                          absl::Span<double> values) const {
  std::vector<int32_t> of_cells;
  std::vector<int64_t> weights;
  for (const std::vector<uint8_t>& labels : scores_->labels) {
    of_cells.insert(of_cells.end(), counts.begin(), counts.end());
    weights.push_back(Positives(labels, counts));
  }
  const size_t width = weights.size();
  const double auroc = cells_.Auroc(of_cells);
  values[MicroPlace(RankMetric::kAuroc)] = auroc;
  values[MicroPlace(RankMetric::kAuprc)] =
      std::isnan(auroc) ? auroc : cells_.AveragePrecision(of_cells);
  for (const RankMetric metric : kRankMetrics) {
    values[WeightedPlace(metric)] = WeightedMean(
        targets.subspan(Index(metric) * (width + 1), width), weights);
  }
}

}  // namespace cxr
