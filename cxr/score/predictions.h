// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_PREDICTIONS_H_
#define CXR_SCORE_PREDICTIONS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/score/take_rows.h"

// What a classifier said about each image, and the truth beside it: all that
// scoring needs.

namespace cxr {

// n images, L targets. The matrices are (n, L), row-major.
struct Predictions {
  std::vector<std::string> targets = {};   // L
  std::vector<std::string> ids = {};       // n
  std::vector<std::string> patients = {};  // n
  std::vector<float> labels = {};          // 0 or 1
  std::vector<float> logits = {};          // finite
};

// The images `rows`, in their order.
Predictions TakeRows(const Predictions& predictions, const Rows& rows);

// One line an image: id,patient, then for each target "T label","T logit".
// Floats are written with the nine digits that bring back every bit.
std::string ToCsv(const Predictions& predictions);

// DataLoss naming `name` and the line for anything that ToCsv does not write:
// other columns, a label that is not 0 or 1, a logit that is not finite, an id
// that stands there twice.
absl::StatusOr<Predictions> PredictionsFromCsv(absl::string_view text,
                                               absl::string_view name);

}  // namespace cxr

#endif  // CXR_SCORE_PREDICTIONS_H_
