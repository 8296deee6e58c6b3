// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_GOLDEN_CASE_TESTING_H_
#define METRICS_INTERVAL_GOLDEN_CASE_TESTING_H_

#include <cstdint>
#include <limits>
#include <vector>

#include "absl/types/span.h"
#include "metrics/interval/numpy_random.h"

// Examples of the golden files made by testdata/make_interval_golden.py and
// make_design_golden.py, which draw them in the same way, and statistics of
// them that are the same number, to the last bit, in both languages.
namespace cxr::metrics {

// numpy's rng.randint(0, n, size).
inline std::vector<int32_t> GoldenDraws(NumpyRandomState* random, int32_t n,
                                        int64_t size) {
  std::vector<int32_t> draws;
  for (int64_t i = 0; i < size; ++i) {
    draws.push_back(static_cast<int32_t>(random->RandInt(n)));
  }
  return draws;
}

struct IntervalCase {
  int design = 0;
  bool default_rng = false;
  int resamples = 0;
  double confidence = 0.0;
  std::vector<int32_t> scores;
  std::vector<int32_t> labels;
  std::vector<int32_t> clusters;
};

inline IntervalCase MakeIntervalCase(int number) {
  constexpr int kDesigns = 7;
  constexpr int kResamples[] = {39, 60, 99};
  constexpr double kConfidence[] = {0.9, 0.95, 0.8};
  NumpyRandomState random(number);
  const int32_t n = 8 + static_cast<int32_t>(random.RandInt(25));
  const int32_t clusters = 4 + static_cast<int32_t>(random.RandInt(n / 2 - 2));
  IntervalCase made = {.design = number % kDesigns,
                       .default_rng = number / kDesigns % 2 == 1,
                       .resamples = kResamples[number % 3],
                       .confidence = kConfidence[number / 2 % 3],
                       .scores = GoldenDraws(&random, 9, n),
                       .labels = GoldenDraws(&random, 2, n),
                       .clusters = GoldenDraws(&random, clusters, n)};
  for (int32_t i = 0; i < 4; ++i) made.labels[i] = i % 2;
  if (made.design == 2) {
    made.labels[3] = number / 14 % 2;
    for (int32_t i = 4; i < n; ++i) made.labels[i] *= made.scores[i] > 7;
  }
  for (int32_t c = 0; c < clusters; ++c) made.clusters[c] = c;
  return made;
}

struct DesignCase {
  std::vector<int32_t> labels;
  std::vector<int32_t> groups;               // -1 to 2
  std::vector<std::vector<int32_t>> scores;  // (4, examples)
};

inline DesignCase MakeDesignCase(int number) {
  NumpyRandomState random(number);
  const int64_t n = 12 + random.RandInt(20);
  DesignCase made;
  made.labels = GoldenDraws(&random, 2, n);
  for (int32_t i = 0; i < 4; ++i) made.labels[i] = i % 2;
  made.groups = GoldenDraws(&random, 4, n);
  for (int32_t& group : made.groups) --group;
  for (int s = 0; s < 4; ++s) {
    made.scores.push_back(GoldenDraws(&random, 9, n));
  }
  return made;
}

// The mean of integer scores: both sums are exact.
inline double GoldenMean(absl::Span<const int32_t> scores,
                         absl::Span<const int32_t> counts) {
  int64_t sum = 0;
  int64_t total = 0;
  for (size_t i = 0; i < scores.size(); ++i) {
    sum += int64_t{counts[i]} * scores[i];
    total += counts[i];
  }
  return static_cast<double>(sum) / static_cast<double>(total);
}

// Pairs counted in integers and divided once; NaN with one class.
inline double GoldenAuroc(absl::Span<const int32_t> labels,
                          absl::Span<const int32_t> scores,
                          absl::Span<const int32_t> counts) {
  int64_t twice_concordant = 0;
  int64_t pairs = 0;
  for (size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] == 0 || counts[i] == 0) continue;
    for (size_t j = 0; j < labels.size(); ++j) {
      if (labels[j] != 0) continue;
      const int64_t weight = int64_t{counts[i]} * counts[j];
      pairs += weight;
      if (scores[i] > scores[j]) twice_concordant += 2 * weight;
      if (scores[i] == scores[j]) twice_concordant += weight;
    }
  }
  if (pairs == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(twice_concordant) /
         (2.0 * static_cast<double>(pairs));
}

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_GOLDEN_CASE_TESTING_H_
