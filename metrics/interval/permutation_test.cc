// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/permutation.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metrics/golden_csv.h"
#include "metrics/interval/golden_inputs_testing.h"
#include "metrics/interval/normal.h"
#include "metrics/ranking/ranked_column.h"

namespace cxr::metrics {
namespace {

using ::testing::HasSubstr;

using Numbers = std::vector<double>;
using Scores = absl::Span<const double>;
using Swapped = absl::Span<const int32_t>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

ResamplingUnits Examples(int64_t n) { return *ResamplingUnits::Examples(n); }

// `size` examples after each other make a cluster.
ResamplingUnits Clusters(int64_t n, int64_t size) {
  std::vector<int32_t> clusters;
  for (int64_t i = 0; i < n; ++i) {
    clusters.push_back(static_cast<int32_t>(i / size));
  }
  return *ResamplingUnits::Clusters(clusters);
}

double MeanDifference(Scores first, Scores second) {
  return (std::accumulate(first.begin(), first.end(), 0.0) -
          std::accumulate(second.begin(), second.end(), 0.0)) /
         static_cast<double>(first.size());
}

PermutationTest Get(absl::StatusOr<PermutationTest> test) {
  EXPECT_TRUE(test.ok()) << test.status();
  return *test;
}

Numbers DrawNormal(int64_t n, GoldenInputs* inputs) {
  Numbers numbers;
  for (int64_t i = 0; i < n; ++i) {
    numbers.push_back(NormalQuantile(inputs->Uniform()));
  }
  return numbers;
}

// testdata/make_inference_golden.py
TEST(PermutationTest, EnumerationAgreesWithScipy) {
  GoldenInputs inputs(5);
  int cases = 0;
  for (const auto& row :
       ReadGoldenCsv("metrics/interval/testdata/permutation_golden.csv")) {
    SCOPED_TRACE(testing::PrintToString(row));
    const int64_t units = inputs.Integer(2, 8);
    const int64_t size = inputs.Integer(1, 3);
    Numbers differences = inputs.Integers(units * size, -6, 9);
    for (double& difference : differences) difference /= 16.0;
    constexpr Alternative kAlternatives[] = {
        Alternative::kTwoSided, Alternative::kGreater, Alternative::kLess};
    const PermutationOptions options = {
        .resamples = 256, .alternative = kAlternatives[cases % 3]};
    const ResamplingUnits clusters = Clusters(units * size, size);
    const PermutationTest flips =
        Get(SignFlipTest(differences, clusters, options));
    EXPECT_TRUE(flips.exact);
    EXPECT_EQ(flips.resamples, 1 << units);
    EXPECT_NEAR(flips.observed, GoldenNumber(row[0]), 1e-14);
    EXPECT_EQ(flips.p, GoldenNumber(row[1]));
    const PermutationTest swaps =
        Get(ScoreSwapTest(differences, Numbers(units * size, 0.0), clusters,
                          options, MeanDifference));
    EXPECT_NEAR(swaps.observed, flips.observed, 1e-14);
    EXPECT_EQ(swaps.as_extreme, flips.as_extreme);
    ++cases;
  }
  EXPECT_EQ(cases, 1000);
}

// All of one sign: only the observed signs and their opposite are as extreme.
TEST(PermutationTest, ClosedFormsOfTenPositiveDifferences) {
  const Numbers differences = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  PermutationOptions options = {.resamples = 1024};
  EXPECT_EQ(Get(SignFlipTest(differences, Examples(10), options)).p,
            2.0 / 1024);
  options.alternative = Alternative::kGreater;
  EXPECT_EQ(Get(SignFlipTest(differences, Examples(10), options)).p,
            1.0 / 1024);
  options.alternative = Alternative::kLess;
  EXPECT_EQ(Get(SignFlipTest(differences, Examples(10), options)).p, 1.0);
  options.resamples = 1023;
  const PermutationTest drawn =
      Get(SignFlipTest(differences, Examples(10), options));
  EXPECT_FALSE(drawn.exact);
  EXPECT_EQ(drawn.resamples, 1023);
  EXPECT_EQ(drawn.p, 1.0) << "(1023 + 1) / (1023 + 1)";
}

TEST(PermutationTest, FlipsAreTheSwapsOfTheSameSeed) {
  GoldenInputs inputs(41);
  for (const int64_t size : {1, 2, 5}) {
    const Numbers differences = DrawNormal(150, &inputs);
    const PermutationOptions options = {.resamples = 700, .seed = 5};
    const PermutationTest flips =
        Get(SignFlipTest(differences, Clusters(150, size), options));
    const PermutationTest swaps =
        Get(ScoreSwapTest(differences, Numbers(150, 0.0), Clusters(150, size),
                          options, MeanDifference));
    EXPECT_EQ(flips.as_extreme, swaps.as_extreme);
    EXPECT_GT(flips.as_extreme, 0);
    EXPECT_EQ(flips.p, (flips.as_extreme + 1) / 701.0);
  }
}

TEST(PermutationTest, ThreadsChangeNothingAndSeedsDo) {
  GoldenInputs inputs(42);
  const Numbers differences = DrawNormal(300, &inputs);
  const auto run = [&](int threads, uint64_t seed) {
    const PermutationOptions options = {
        .resamples = 5000, .seed = seed, .threads = threads};
    const int64_t flips =
        Get(SignFlipTest(differences, Examples(300), options)).as_extreme;
    const auto statistic = [&](Swapped swapped) {
      double sum = 0.0;
      for (size_t i = 0; i < swapped.size(); ++i) {
        sum += swapped[i] == 1 ? -differences[i] : differences[i];
      }
      return sum / 300.0;
    };
    EXPECT_EQ(Get(SwapTest(Examples(300), options, statistic)).as_extreme,
              flips);
    return flips;
  };
  const int64_t alone = run(1, 7);
  EXPECT_EQ(run(2, 7), alone);
  EXPECT_EQ(run(5, 7), alone);
  EXPECT_NE(run(1, 8), alone);
}

// The difference of the areas of two systems after a swap is that of two
// resamples of the scores of both.
TEST(PermutationTest, RanksTheScoresOfBothSystemsOnce) {
  GoldenInputs inputs(43);
  constexpr int kExamples = 12;
  const Numbers first = inputs.Integers(kExamples, 0, 9);
  const Numbers second = inputs.Integers(kExamples, 0, 9);
  std::vector<uint8_t> labels;
  for (int i = 0; i < kExamples; ++i) labels.push_back(i % 3 == 0);
  const auto auroc = [](Scores scores, absl::Span<const uint8_t> of) {
    return RankedColumn::Create(scores, of)->Auroc();
  };
  const PermutationOptions options = {.resamples = 4096, .threads = 2};
  const PermutationTest sorted_each_time = Get(ScoreSwapTest(
      first, second, Examples(kExamples), options,
      [&](Scores a, Scores b) { return auroc(a, labels) - auroc(b, labels); }));

  Numbers stacked = first;
  stacked.insert(stacked.end(), second.begin(), second.end());
  std::vector<uint8_t> twice = labels;
  twice.insert(twice.end(), labels.begin(), labels.end());
  const RankedColumn column = *RankedColumn::Create(stacked, twice);
  const PermutationTest sorted_once =
      Get(SwapTest(Examples(kExamples), options, [&](Swapped swapped) {
        std::vector<int32_t> counts(2 * kExamples);
        std::vector<int32_t> others(2 * kExamples);
        for (int i = 0; i < kExamples; ++i) {
          counts[i] = others[kExamples + i] = 1 - swapped[i];
          counts[kExamples + i] = others[i] = swapped[i];
        }
        return column.Auroc(counts) - column.Auroc(others);
      }));
  EXPECT_TRUE(sorted_once.exact);
  EXPECT_NEAR(sorted_once.observed, sorted_each_time.observed, 1e-15);
  EXPECT_EQ(sorted_once.as_extreme, sorted_each_time.as_extreme);
  EXPECT_LT(sorted_once.p, 1.0);
}

void ExpectUniform(const Numbers& p_values, absl::Span<const double> levels) {
  const double n = static_cast<double>(p_values.size());
  for (const double level : levels) {
    double rejected = 0.0;
    for (const double p : p_values) rejected += p <= level + 1e-12;
    EXPECT_NEAR(rejected / n, level, 4.0 * std::sqrt(level * (1 - level) / n))
        << level;
  }
}

TEST(PermutationTest, PValuesAreUniformIfSystemsAreAlike) {
  GoldenInputs inputs(44);
  Numbers exact;
  Numbers drawn;
  Numbers one_sided;
  for (uint64_t study = 0; study < 1000; ++study) {
    PermutationOptions options = {.resamples = 1024, .seed = study};
    exact.push_back(
        Get(SignFlipTest(DrawNormal(10, &inputs), Examples(10), options)).p);
    options.resamples = 199;
    const Numbers differences = DrawNormal(40, &inputs);
    drawn.push_back(Get(SignFlipTest(differences, Clusters(40, 2), options)).p);
    options.alternative = Alternative::kLess;
    one_sided.push_back(
        Get(SignFlipTest(differences, Examples(40), options)).p);
  }
  const Numbers levels = {0.025, 0.05, 0.25, 0.5, 0.75, 0.95};
  ExpectUniform(drawn, levels);
  ExpectUniform(one_sided, levels);
  ExpectUniform(exact, {0.03125, 0.125, 0.25, 0.5, 0.875});
}

TEST(PermutationTest, SumsOfLargeNumbersStillTie) {
  Numbers differences(20, 0.1e9);
  differences[0] = -0.3e9;
  differences[1] = 0.7e9;
  Numbers tenths(20, 1.0);
  tenths[0] = -3.0;
  tenths[1] = 7.0;
  const PermutationOptions options = {.resamples = 1 << 20};
  EXPECT_EQ(Get(SignFlipTest(differences, Examples(20), options)).as_extreme,
            Get(SignFlipTest(tenths, Examples(20), options)).as_extreme);
}

TEST(PermutationTest, UndefinedStatisticsAreExtreme) {
  const PermutationOptions options = {.resamples = 8};
  const auto one_undefined = [](Swapped swapped) {
    if (swapped[0] == 0) return 1.0;
    return swapped[1] == 0 ? 0.0 : kNan;
  };
  EXPECT_EQ(Get(SwapTest(Examples(3), options, one_undefined)).as_extreme, 6);
  const PermutationTest undefined =
      Get(SwapTest(Examples(3), options, [](Swapped) { return kNan; }));
  EXPECT_TRUE(std::isnan(undefined.p));
  EXPECT_TRUE(std::isnan(undefined.observed));
}

TEST(PermutationTest, BadInputIsNamed) {
  const auto expect = [](const Numbers& differences,
                         const PermutationOptions& options,
                         const std::string& text) {
    const absl::Status status =
        SignFlipTest(differences, Examples(2), options).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr(text));
  };
  expect({1, 2}, {.resamples = 0}, "resamples: 0");
  expect({1, 2}, {.resamples = 1, .threads = 0}, "threads: 0");
  expect({1, kNan}, {.resamples = 1}, "differences[1]: nan");
  expect({1, 2, 3}, {.resamples = 1}, "3 values, expected one for each of 2");
  const absl::Status status = ScoreSwapTest({1.0, 2.0}, {1.0}, Examples(2),
                                            {.resamples = 1}, MeanDifference)
                                  .status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("second: 1 values"));
}

}  // namespace
}  // namespace cxr::metrics
