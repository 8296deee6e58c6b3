// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/p_value_adjustment.h"

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "metrics/interval/multiplicity.h"

namespace cxr {

absl::string_view AdjustmentText(PValueAdjustment adjustment) {
  switch (adjustment) {
    case PValueAdjustment::kHolm:
      return "Holm";
    case PValueAdjustment::kBenjaminiHochberg:
      return "Benjamini-Hochberg";
  }
  return "";
}

absl::StatusOr<PValueAdjustment> AdjustmentCalled(absl::string_view name) {
  if (absl::EqualsIgnoreCase(name, "holm")) return PValueAdjustment::kHolm;
  if (absl::EqualsIgnoreCase(name, "benjamini_hochberg")) {
    return PValueAdjustment::kBenjaminiHochberg;
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "--adjust: found '", name, "', expected holm or benjamini_hochberg"));
}

absl::StatusOr<std::vector<double>> Adjust(PValueAdjustment adjustment,
                                           absl::Span<const double> p_values) {
  switch (adjustment) {
    case PValueAdjustment::kHolm:
      return metrics::AdjustHolm(p_values);
    case PValueAdjustment::kBenjaminiHochberg:
      return metrics::AdjustBenjaminiHochberg(p_values);
  }
  return absl::InternalError("no such adjustment");
}

}  // namespace cxr
