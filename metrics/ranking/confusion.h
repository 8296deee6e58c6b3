// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_CONFUSION_H_
#define METRICS_RANKING_CONFUSION_H_

#include <cstdint>
#include <limits>

namespace cxr::metrics {

// Examples of a binary label by what they are and what they are called. Rates
// are in [0, 1], NaN where nothing is counted below the line (scikit-learn's
// zero_division=nan).
struct Confusion {
  int64_t true_positives = 0;
  int64_t false_positives = 0;
  int64_t true_negatives = 0;
  int64_t false_negatives = 0;

  // Of the positives, those called positive: recall.
  double Sensitivity() const {
    return Ratio(true_positives, true_positives + false_negatives);
  }
  // Of the negatives, those called negative.
  double Specificity() const {
    return Ratio(true_negatives, true_negatives + false_positives);
  }
  // Of those called positive, the positives: PPV, precision.
  double PositivePredictiveValue() const {
    return Ratio(true_positives, true_positives + false_positives);
  }
  // Of those called negative, the negatives: NPV.
  double NegativePredictiveValue() const {
    return Ratio(true_negatives, true_negatives + false_negatives);
  }
  // Harmonic mean of sensitivity and PPV, as 2 TP / (2 TP + FP + FN).
  double F1() const {
    return Ratio(2 * true_positives,
                 2 * true_positives + false_positives + false_negatives);
  }
  // Youden's J = sensitivity + specificity - 1, in [-1, 1].
  double YoudenJ() const { return Sensitivity() + Specificity() - 1.0; }

 private:
  static double Ratio(int64_t part, int64_t whole) {
    if (whole == 0) return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(part) / static_cast<double>(whole);
  }
};

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_CONFUSION_H_
