// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/curve.h"

#include <cstddef>
#include <cstdint>
#include <limits>

namespace cxr::metrics {
namespace {

using Row = ThresholdCounts::Row;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double Ratio(int64_t part, int64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

// In the middle of two equal steps.
bool RepeatsStep(const Row& before, const Row& row, const Row& after) {
  return row.true_positives - before.true_positives ==
             after.true_positives - row.true_positives &&
         row.false_positives - before.false_positives ==
             after.false_positives - row.false_positives;
}

bool RepeatsRecall(const Row& before, const Row& row, const Row& after) {
  return row.true_positives == before.true_positives &&
         row.true_positives == after.true_positives;
}

// The first row, the last and those between that do not repeat.
template <typename Repeats>
std::vector<Row> Kept(const std::vector<Row>& rows, CurvePoints points,
                      Repeats repeats) {
  if (points == CurvePoints::kAll) return rows;
  std::vector<Row> kept;
  for (size_t k = 0; k < rows.size(); ++k) {
    const bool inner = k > 0 && k + 1 < rows.size();
    if (inner && repeats(rows[k - 1], rows[k], rows[k + 1])) continue;
    kept.push_back(rows[k]);
  }
  return kept;
}

}  // namespace

std::vector<RocPoint> RocCurve(const ThresholdCounts& counts,
                               CurvePoints points) {
  const auto point = [&counts](const Row& row) {
    return RocPoint{
        .threshold = row.threshold,
        .false_positive_rate = Ratio(row.false_positives, counts.negatives),
        .true_positive_rate = Ratio(row.true_positives, counts.positives)};
  };
  std::vector<RocPoint> curve = {
      point({.threshold = std::numeric_limits<double>::infinity(),
             .true_positives = 0,
             .false_positives = 0})};
  for (const Row& row : Kept(counts.rows, points, RepeatsStep)) {
    curve.push_back(point(row));
  }
  if (counts.negatives == 0) {
    for (RocPoint& p : curve) p.false_positive_rate = kNone;
  }
  if (counts.positives == 0) {
    for (RocPoint& p : curve) p.true_positive_rate = kNone;
  }
  return curve;
}

std::vector<PrecisionRecallPoint> PrecisionRecallCurve(
    const ThresholdCounts& counts, CurvePoints points) {
  const std::vector<Row> rows = Kept(counts.rows, points, RepeatsRecall);
  std::vector<PrecisionRecallPoint> curve;
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    curve.push_back(
        {.threshold = row->threshold,
         .precision = Ratio(row->true_positives,
                            row->true_positives + row->false_positives),
         .recall = counts.positives == 0
                       ? 1.0
                       : Ratio(row->true_positives, counts.positives)});
  }
  curve.push_back({.threshold = kNone, .precision = 1.0, .recall = 0.0});
  return curve;
}

}  // namespace cxr::metrics
