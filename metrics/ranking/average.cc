// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/average.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "metrics/ranking/auroc.h"
#include "metrics/ranking/score_keys.h"
#include "metrics/ranking/sigmoid.h"

namespace cxr::metrics {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

enum class Area { kAuroc, kAveragePrecision };

struct Column {
  std::vector<double> scores;
  std::vector<uint8_t> labels;

  int64_t positives() const {
    return std::count(labels.begin(), labels.end(), 1);
  }
};

absl::Status CheckTable(const ScoreTable& table) {
  if (table.columns < 1 || table.scores.empty() ||
      table.scores.size() % table.columns != 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        "table: ", table.scores.size(), " scores in ", table.columns,
        " columns, expected whole rows, at least one"));
  }
  return CheckedKeyRange(table.scores, table.labels).status();
}

// The cells first, first + step, ...: a column, a row or all.
Column Cells(const ScoreTable& table, size_t first, size_t step, size_t count) {
  Column column;
  for (size_t k = 0; k < count; ++k) {
    column.scores.push_back(table.scores[first + k * step]);
    column.labels.push_back(table.labels[first + k * step]);
  }
  return column;
}

std::vector<Column> Split(const ScoreTable& table, Averaging averaging) {
  const size_t cells = table.scores.size();
  const size_t width = table.columns;
  std::vector<Column> parts;
  switch (averaging) {
    case Averaging::kMicro:
      parts.push_back(Cells(table, 0, 1, cells));
      break;
    case Averaging::kMacro:
    case Averaging::kWeighted:
      for (size_t k = 0; k < width; ++k) {
        parts.push_back(Cells(table, k, width, cells / width));
      }
      break;
    case Averaging::kSamples:
      for (size_t first = 0; first < cells; first += width) {
        parts.push_back(Cells(table, first, 1, width));
      }
      break;
  }
  return parts;
}

// One column under a convention, NaN where it leaves the column undefined.
absl::StatusOr<double> ValueOf(const Column& column, Area area,
                               CurveConvention convention) {
  if (area == Area::kAuroc) {
    absl::StatusOr<double> value =
        Auroc(absl::MakeConstSpan(column.scores), column.labels);
    const bool zero = convention != CurveConvention::kScikitLearn16;
    if (value.ok() && std::isnan(*value) && zero) return 0.0;
    return value;
  }
  if (column.positives() == 0 &&
      convention == CurveConvention::kTorchmetrics010) {
    return kUndefined;
  }
  return AveragePrecision(absl::MakeConstSpan(column.scores), column.labels);
}

// Columns of weight 0 count nothing, NaN or not; 0 if all are.
double WeightedMean(absl::Span<const double> values,
                    absl::Span<const Column> columns) {
  double sum = 0.0;
  int64_t weights = 0;
  for (size_t k = 0; k < values.size(); ++k) {
    const int64_t weight = columns[k].positives();
    if (weight == 0) continue;
    sum += static_cast<double>(weight) * values[k];
    weights += weight;
  }
  return weights == 0 ? 0.0 : sum / static_cast<double>(weights);
}

absl::StatusOr<double> Average(const ScoreTable& table, Area area,
                               Averaging averaging,
                               CurveConvention convention) {
  const std::vector<Column> parts = Split(table, averaging);
  std::vector<double> values;
  for (const Column& part : parts) {
    const absl::StatusOr<double> value = ValueOf(part, area, convention);
    if (!value.ok()) return value.status();
    values.push_back(*value);
  }
  if (averaging == Averaging::kWeighted) return WeightedMean(values, parts);
  return MacroMean(values, convention == CurveConvention::kScikitLearn16
                               ? UndefinedColumns::kNanIfAnyUndefined
                               : UndefinedColumns::kSkipUndefined);
}

absl::StatusOr<double> CheckedAverage(const ScoreTable& table, Area area,
                                      Averaging averaging,
                                      CurveConvention convention) {
  const absl::Status valid = CheckTable(table);
  if (!valid.ok()) return valid;
  if (convention == CurveConvention::kScikitLearn16) {
    return Average(table, area, averaging, convention);
  }
  if (averaging == Averaging::kSamples) {
    return absl::InvalidArgumentError(
        "averaging: samples under torchmetrics, expected macro, micro or "
        "weighted");
  }
  const std::vector<float> ranked = TorchmetricsScores(
      std::vector<float>(table.scores.begin(), table.scores.end()));
  const std::vector<double> scores(ranked.begin(), ranked.end());
  return Average(
      {.scores = scores, .labels = table.labels, .columns = table.columns},
      area, averaging, convention);
}

}  // namespace

absl::StatusOr<double> AverageAuroc(const ScoreTable& table,
                                    Averaging averaging,
                                    CurveConvention convention) {
  return CheckedAverage(table, Area::kAuroc, averaging, convention);
}

absl::StatusOr<double> AverageAveragePrecision(const ScoreTable& table,
                                               Averaging averaging,
                                               CurveConvention convention) {
  return CheckedAverage(table, Area::kAveragePrecision, averaging, convention);
}

std::vector<float> TorchmetricsScores(absl::Span<const float> scores) {
  std::vector<float> ranked(scores.begin(), scores.end());
  const bool probabilities =
      std::all_of(scores.begin(), scores.end(),
                  [](float score) { return score >= 0.0f && score <= 1.0f; });
  if (!probabilities) {
    std::transform(ranked.begin(), ranked.end(), ranked.begin(),
                   SigmoidFloat32);
  }
  return ranked;
}

}  // namespace cxr::metrics
