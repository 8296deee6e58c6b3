// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Intervals of scipy.stats.bootstrap on the same draws, all designs and kinds.

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "gtest/gtest.h"
#include "metrics/golden_csv.h"
#include "metrics/interval/bootstrap.h"
#include "metrics/interval/golden_case_testing.h"
#include "metrics/interval/random_stream.h"
#include "metrics/interval/resampling_units.h"

namespace cxr::metrics {
namespace {

using Counts = absl::Span<const int32_t>;
using Values = absl::Span<double>;

constexpr int kScikitLearnDesign = 5;

std::vector<int32_t> ParityOf(std::vector<int32_t> numbers) {
  for (int32_t& number : numbers) number %= 2;
  return numbers;
}

absl::StatusOr<ResamplingUnits> MakeUnits(const IntervalCase& examples) {
  switch (examples.design) {
    case 3:
      return ResamplingUnits::Clusters(examples.clusters);
    case 4:
    case kScikitLearnDesign:
      return ResamplingUnits::StratifiedExamples(examples.labels);
    case 6:
      return ResamplingUnits::StratifiedClusters(examples.clusters,
                                                 ParityOf(examples.clusters));
    default:
      return ResamplingUnits::Examples(std::ssize(examples.scores));
  }
}

RandomGenerator GeneratorOf(const IntervalCase& examples) {
  if (examples.design == kScikitLearnDesign) {
    return RandomGenerator::kScikitLearnResample;
  }
  return examples.default_rng ? RandomGenerator::kNumpyDefaultRng
                              : RandomGenerator::kNumpyRandomState;
}

void ExpectNear(double value, const std::string& golden) {
  const double expected = GoldenNumber(golden);
  if (std::isnan(expected)) {
    EXPECT_TRUE(std::isnan(value)) << value;
  } else {
    EXPECT_NEAR(value, expected, 1e-12 * std::fmax(1.0, std::abs(expected)));
  }
}

void ExpectCase(const std::vector<std::string>& row, int threads) {
  const int number = static_cast<int>(GoldenNumber(row[0]));
  const IntervalCase examples = MakeIntervalCase(number);
  const absl::StatusOr<ResamplingUnits> units = MakeUnits(examples);
  ASSERT_TRUE(units.ok()) << units.status();
  const BootstrapOptions options = {.resamples = examples.resamples,
                                    .confidence = examples.confidence,
                                    .seed = static_cast<uint64_t>(number),
                                    .generator = GeneratorOf(examples),
                                    .threads = threads};
  const int design = examples.design;
  const bool auroc = design == 2 || design == 4 || design == kScikitLearnDesign;
  const auto fill = [&](Counts counts, Values values) {
    values[0] = auroc ? GoldenAuroc(examples.labels, examples.scores, counts)
                      : GoldenMean(examples.scores, counts);
  };
  size_t field = 3;
  for (const IntervalKind kind :
       {IntervalKind::kPercentile, IntervalKind::kBasic, IntervalKind::kBca}) {
    const absl::StatusOr<std::vector<BootstrapEstimate>> estimates =
        Bootstrap(*units, options, kind, {.size = 1, .fill = fill});
    ASSERT_TRUE(estimates.ok()) << estimates.status();
    const BootstrapEstimate& estimate = estimates->front();
    EXPECT_EQ(estimate.interval.redraws, GoldenNumber(row[1]));
    ExpectNear(estimate.standard_error, row[2]);
    ExpectNear(estimate.interval.low, row[field++]);
    ExpectNear(estimate.interval.high, row[field++]);
  }
}

// testdata/make_interval_golden.py
TEST(BootstrapGoldenTest, AgreesWithScipyOnAThousandCases) {
  const auto rows =
      ReadGoldenCsv("metrics/interval/testdata/interval_golden.csv");
  ASSERT_GE(rows.size(), 1000u);
  int undefined = 0;
  for (const std::vector<std::string>& row : rows) {
    SCOPED_TRACE("case " + row[0]);
    ExpectCase(row, /*threads=*/1);
    if (HasFailure()) return;
    undefined += row.back() == "nan" ? 1 : 0;
  }
  EXPECT_GT(undefined, 20) << "cases whose BCa interval scipy leaves undefined";
}

TEST(BootstrapGoldenTest, AgreesWithScipyOnSeveralThreads) {
  const auto rows =
      ReadGoldenCsv("metrics/interval/testdata/interval_golden.csv");
  for (size_t i = 0; i < rows.size(); i += 10) {
    SCOPED_TRACE("case " + rows[i][0]);
    ExpectCase(rows[i], /*threads=*/3);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace cxr::metrics
