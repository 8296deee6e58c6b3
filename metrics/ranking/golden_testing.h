// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_GOLDEN_TESTING_H_
#define METRICS_RANKING_GOLDEN_TESTING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "metrics/ranking/threshold_counts.h"

namespace cxr::metrics {

// Inputs of golden files: the same formula as in testdata/golden_cases.py.

struct ColumnCase {
  std::vector<double> scores;  // in [0, 1]
  std::vector<uint8_t> labels;

  std::vector<float> FloatScores() const {
    return {scores.begin(), scores.end()};
  }
};

struct TableCase {
  std::vector<double> scores;  // (rows, columns)
  std::vector<uint8_t> labels;
  int64_t columns;
};

// Of at most `most` examples.
ColumnCase MakeColumnCase(uint64_t number, uint64_t most = 300);
TableCase MakeTableCase(uint64_t number);

// The counts of a column; fails the test if they are refused.
ThresholdCounts CountsOf(const ColumnCase& column);

// A line of a file whose first field is the number of its case.
struct GoldenCase {
  uint64_t number;
  std::vector<double> values;
};

// At least 1,000 lines, else the program ends.
std::vector<GoldenCase> ReadGoldenCases(const std::string& name);

// Fails the test unless both are NaN, or differ by at most `tolerance` times
// the larger of 1 and the expected value.
void ExpectGolden(double actual, double expected, double tolerance = 1e-12);

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_GOLDEN_TESTING_H_
