// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/golden_testing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "gtest/gtest.h"
#include "metrics/golden_csv.h"
#include "metrics/require.h"

namespace cxr::metrics {
namespace {

constexpr std::array<double, 8> kPrevalences = {0.0, 0.05, 0.1, 0.3,
                                                0.5, 0.7,  0.9, 1.0};

class SplitMix64 {
 public:
  explicit SplitMix64(uint64_t seed) : state_(seed) {}

  uint64_t Draw() {
    state_ += 0x9E3779B97F4A7C15u;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  uint64_t Below(uint64_t limit) { return Draw() % limit; }
  double Unit() { return static_cast<double>(Draw() >> 11) * 0x1p-53; }

  double Score(uint64_t kind) {
    if (kind == 0) return static_cast<double>(Below(9)) / 8.0;
    if (kind == 1) return Unit();
    if (kind == 2) return static_cast<double>(Draw() >> 40) * 0x1p-24;
    return static_cast<double>(Below(101)) / 100.0;
  }

 private:
  uint64_t state_;
};

}  // namespace

ColumnCase MakeColumnCase(uint64_t number, uint64_t most) {
  SplitMix64 random(number);
  const uint64_t size = 1 + random.Below(most);
  const uint64_t kind = random.Below(4);
  const double prevalence = kPrevalences[random.Below(8)];
  ColumnCase column;
  for (uint64_t i = 0; i < size; ++i) {
    column.labels.push_back(random.Unit() < prevalence);
    column.scores.push_back(random.Score(kind));
  }
  return column;
}

TableCase MakeTableCase(uint64_t number) {
  SplitMix64 random(number);
  const uint64_t rows = 1 + random.Below(40);
  const uint64_t columns = 2 + random.Below(4);
  const uint64_t kind = random.Below(4);
  const bool logits = random.Below(3) == 0;
  std::vector<double> prevalences;
  for (uint64_t k = 0; k < columns; ++k) {
    prevalences.push_back(kPrevalences[random.Below(8)]);
  }
  TableCase table = {
      .scores = {}, .labels = {}, .columns = static_cast<int64_t>(columns)};
  for (uint64_t cell = 0; cell < rows * columns; ++cell) {
    table.labels.push_back(random.Unit() < prevalences[cell % columns]);
    double score = random.Score(kind);
    if (logits) score = std::floor(1024.0 * score) / 16.0 - 32.0;
    table.scores.push_back(score);
  }
  return table;
}

ThresholdCounts CountsOf(const ColumnCase& column) {
  absl::StatusOr<ThresholdCounts> counts =
      CountAtThresholds(absl::MakeConstSpan(column.scores), column.labels);
  EXPECT_TRUE(counts.ok()) << counts.status();
  return *std::move(counts);
}

std::vector<GoldenCase> ReadGoldenCases(const std::string& name) {
  std::vector<GoldenCase> cases;
  for (const auto& row : ReadGoldenCsv("metrics/ranking/testdata/" + name)) {
    GoldenCase& golden = cases.emplace_back();
    golden.number = std::stoull(row[0]);
    for (size_t k = 1; k < row.size(); ++k) {
      golden.values.push_back(GoldenNumber(row[k]));
    }
  }
  Require(cases.size() >= 1000, "1,000 golden cases");
  return cases;
}

void ExpectGolden(double actual, double expected, double tolerance) {
  if (std::isnan(expected)) {
    EXPECT_TRUE(std::isnan(actual)) << actual;
  } else if (std::isinf(expected)) {
    EXPECT_EQ(actual, expected);
  } else {
    EXPECT_NEAR(actual, expected,
                tolerance * std::max(1.0, std::abs(expected)));
  }
}

}  // namespace cxr::metrics
