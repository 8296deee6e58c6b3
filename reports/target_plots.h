// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_TARGET_PLOTS_H_
#define REPORTS_TARGET_PLOTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace cxr::reports {

// A threshold that was chosen on all images: whose probability is at least as
// high is called positive.
struct OperatingRow {
  std::string name = {};
  double threshold = 0.0;  // a probability; infinite if none is called so
  double sensitivity = 0.0;
  double specificity = 0.0;
  double precision = 0.0;  // NaN if none is called positive
};

// How well one target is predicted, as SVG. Rings on the curves are the
// operating points, by their number.
struct TargetPlots {
  std::string roc = {};               // "" for a target of one class only
  std::string precision_recall = {};  // the same
  // Ten bins of equally many images, with 95 % Wilson intervals.
  std::string reliability = {};
  std::vector<OperatingRow> points = {};
};

// Of probabilities in [0, 1] and labels 0 or 1, at least one of each and
// equally many; else InvalidArgument.
absl::StatusOr<TargetPlots> MakeTargetPlots(
    absl::Span<const double> probabilities, absl::Span<const uint8_t> labels);

}  // namespace cxr::reports

#endif  // REPORTS_TARGET_PLOTS_H_
