// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/interval_kind.h"

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace cxr {

absl::string_view IntervalKindText(metrics::IntervalKind kind) {
  switch (kind) {
    case metrics::IntervalKind::kPercentile:
      return "percentile";
    case metrics::IntervalKind::kBasic:
      return "basic";
    case metrics::IntervalKind::kBca:
      return "BCa";
  }
  return "";
}

absl::StatusOr<metrics::IntervalKind> IntervalKindCalled(
    absl::string_view name) {
  for (const metrics::IntervalKind kind :
       {metrics::IntervalKind::kPercentile, metrics::IntervalKind::kBasic,
        metrics::IntervalKind::kBca}) {
    if (absl::EqualsIgnoreCase(name, IntervalKindText(kind))) {
      return kind;
    }
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "--interval: found '", name, "', expected percentile, basic or bca"));
}

}  // namespace cxr
