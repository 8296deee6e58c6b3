// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_LINEAR_PROBE_H_
#define TESTS_LINEAR_PROBE_H_

#include <cstdint>
#include <vector>

#include "cxr/data/image.h"

// The weakest classifier that deserves the name, for tests that ask how much
// of a label can be seen in a few pixels.

namespace cxr::tests {

// `image` equalised and resized to side x side, as numbers.
std::vector<double> PixelFeatures(const GrayImage& image, int side);

// Ridge regression of a 0/1 label on standardised features (n, F): what its
// weights give for other rows. `penalty` times the squared weights is added to
// the sum of squared errors.
class LinearProbe {
 public:
  // Features are the same for all labels, so most of the work is done once.
  LinearProbe(const std::vector<std::vector<double>>& features, double penalty);

  std::vector<double> Scores(
      const std::vector<uint8_t>& labels,
      const std::vector<std::vector<double>>& rows) const;

 private:
  std::vector<double> Standardised(const std::vector<double>& row) const;

  std::vector<double> mean_;
  std::vector<double> deviation_;
  std::vector<std::vector<double>> rows_;  // standardised
  std::vector<double> factor_;             // (F, F), lower triangle
};

// Area under the ROC curve.
double Auroc(const std::vector<double>& scores,
             const std::vector<uint8_t>& labels);

}  // namespace cxr::tests

#endif  // TESTS_LINEAR_PROBE_H_
