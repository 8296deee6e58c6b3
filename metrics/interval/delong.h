// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_DELONG_H_
#define METRICS_INTERVAL_DELONG_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/interval/interval_bounds.h"

// How far areas under the ROC curve can be trusted, without resampling: the
// variance of E. DeLong, D. DeLong and D. Clarke-Pearson (Biometrics, 1988),
// by midranks as X. Sun and W. Xu (IEEE Signal Processing Letters, 2014).
//
//   const DelongAurocs aurocs = *Delong({ours, theirs}, labels);
//   DelongBounds(aurocs, 0, 0.95, AurocRange::kClipped);
//   CompareDelong(aurocs, 0, 1).p;
//
// Examples are taken for independent: with several images of a patient,
// resample patients instead (bootstrap.h).
namespace cxr::metrics {

// The areas of K systems that scored the same examples.
struct DelongAurocs {
  int64_t positives = 0;
  int64_t negatives = 0;
  std::vector<double> aurocs;      // (K); NaN without both classes
  std::vector<double> covariance;  // (K, K) of the areas; NaN unless both
                                   // classes have two examples

  double Covariance(int64_t first, int64_t second) const {
    return covariance[first * std::ssize(aurocs) + second];
  }
  double Variance(int64_t k) const { return Covariance(k, k); }
};

// scores[k] has the score of each example by system k; labels are 0 or 1. Equal
// scores count one half. O(K n log n + K^2 n).
//
// InvalidArgument if there is no system, if sizes differ, if there is no
// example or more than 2^31 - 1, if a score is NaN or infinite or a label is
// not 0 or 1; the text names the index.
absl::StatusOr<DelongAurocs> Delong(
    absl::Span<const absl::Span<const double>> scores,
    absl::Span<const uint8_t> labels);

enum class AurocRange {
  kUnclipped,  // as it is computed: may leave [0, 1]
  kClipped,    // the same cut off at 0 and 1, as R's pROC does
};

// auroc -+ z standard errors, z of the normal distribution. Needs
// 0 < confidence < 1 and 0 <= k < K (else the program ends).
Bounds DelongBounds(const DelongAurocs& aurocs, int64_t k, double confidence,
                    AurocRange range);

// A two-sided test that two areas are equal.
struct AurocComparison {
  double difference = 0.0;  // first - second
  double standard_error = 0.0;
  double z = 0.0;
  double p = 0.0;
  double log10_p = 0.0;  // finite where p is too small for a double
};

// Of two systems on the same examples. A difference of 0 without any variance
// (the same ranking) has z = 0 and p = 1, any other one p = 0. Needs
// 0 <= first, second < K (else the program ends).
AurocComparison CompareDelong(const DelongAurocs& aurocs, int64_t first,
                              int64_t second);

// Of system k of each of two studies that have no example in common, by the
// normal distribution. (pROC takes Student's t there.)
AurocComparison CompareDelongUnpaired(const DelongAurocs& first,
                                      const DelongAurocs& second, int64_t k);

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_DELONG_H_
