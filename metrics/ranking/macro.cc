// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/macro.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace cxr::metrics {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

UndefinedColumns AurocRule(CurveConvention convention) {
  switch (convention) {
    case CurveConvention::kScikitLearn16:
      return UndefinedColumns::kNanIfAnyUndefined;
    case CurveConvention::kTorchmetrics010:
    case CurveConvention::kTorchmetrics19:
      return UndefinedColumns::kCountAsZero;
  }
  return UndefinedColumns::kNanIfAnyUndefined;
}

bool HasAveragePrecision(const RankedColumn& column,
                         CurveConvention convention) {
  return column.positives() > 0 ||
         convention != CurveConvention::kTorchmetrics010;
}

}  // namespace

double MacroMean(absl::Span<const double> values, UndefinedColumns rule) {
  double sum = 0.0;
  int64_t averaged = 0;
  for (const double value : values) {
    const bool undefined = std::isnan(value);
    if (undefined && rule == UndefinedColumns::kSkipUndefined) continue;
    ++averaged;
    if (undefined && rule == UndefinedColumns::kCountAsZero) continue;
    sum += value;
  }
  return averaged == 0 ? kUndefined : sum / static_cast<double>(averaged);
}

double MacroAuroc(absl::Span<const RankedColumn> columns,
                  CurveConvention convention) {
  std::vector<double> values;
  for (const RankedColumn& column : columns) values.push_back(column.Auroc());
  return MacroMean(values, AurocRule(convention));
}

double MacroAveragePrecision(absl::Span<const RankedColumn> columns,
                             CurveConvention convention) {
  std::vector<double> values;
  for (const RankedColumn& column : columns) {
    values.push_back(HasAveragePrecision(column, convention)
                         ? column.AveragePrecision()
                         : kUndefined);
  }
  return MacroMean(values, UndefinedColumns::kSkipUndefined);
}

}  // namespace cxr::metrics
