// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/hierarchical.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metrics/golden_csv.h"
#include "metrics/interval/golden_case_testing.h"

namespace cxr::metrics {
namespace {

using ::testing::HasSubstr;

using Counts = absl::Span<const int32_t>;
using Estimate = absl::StatusOr<HierarchicalEstimate>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// testdata/make_design_golden.py
TEST(HierarchicalTest, AgreesWithALoopOverNumpyDraws) {
  const auto rows =
      ReadGoldenCsv("metrics/interval/testdata/hierarchical_golden.csv");
  ASSERT_GE(rows.size(), 1000u);
  for (const std::vector<std::string>& row : rows) {
    SCOPED_TRACE("case " + row[0]);
    const int number = static_cast<int>(GoldenNumber(row[0]));
    const DesignCase examples = MakeDesignCase(number);
    const auto units = ResamplingUnits::Examples(std::ssize(examples.labels));
    const Estimate estimate = HierarchicalBootstrap(
        *units,
        {.resamples = 80,
         .confidence = 0.9,
         .seed = static_cast<uint64_t>(number),
         .generator = RandomGenerator::kNumpyDefaultRng,
         .threads = 1 + number / 2 % 2},
        {.seeds = 4,
         .examples = number % 2 == 0 ? ExamplesAcrossSeeds::kJoint
                                     : ExamplesAcrossSeeds::kIndependent},
        [&](int64_t seed, Counts counts) {
          return GoldenAuroc(examples.labels, examples.scores[seed], counts);
        });
    ASSERT_TRUE(estimate.ok()) << estimate.status();
    EXPECT_NEAR(estimate->value, GoldenNumber(row[1]), 1e-12);
    EXPECT_NEAR(estimate->standard_error, GoldenNumber(row[2]), 1e-12);
    EXPECT_NEAR(estimate->interval.low, GoldenNumber(row[3]), 1e-12);
    EXPECT_NEAR(estimate->interval.high, GoldenNumber(row[4]), 1e-12);
    EXPECT_NEAR(estimate->seed_variance, GoldenNumber(row[5]), 1e-12);
    EXPECT_NEAR(estimate->example_variance, GoldenNumber(row[6]), 1e-12);
  }
}

// Examples 0..n-1, and seeds that add 0, 10 and 40 to their mean: variances
// have closed forms.
struct Additive {
  int64_t examples = 50;
  std::vector<double> offsets = {0.0, 10.0, 40.0};
  double seed_variance = 2600.0 / 9.0 / 3.0;  // of the offsets, by S
  double ExampleVariance() const {            // of a mean of 0..n-1
    const auto n = static_cast<double>(examples);
    return (n * n - 1.0) / 12.0 / n;
  }
};

Estimate EstimateAdditive(const Additive& additive,
                          ExamplesAcrossSeeds examples) {
  std::vector<int32_t> scores;
  for (int32_t i = 0; i < additive.examples; ++i) scores.push_back(i);
  const auto units = ResamplingUnits::Examples(additive.examples);
  return HierarchicalBootstrap(
      *units,
      {.resamples = 20000,
       .confidence = 0.95,
       .seed = 5,
       .generator = RandomGenerator::kFast,
       .threads = 2},
      {.seeds = 3, .examples = examples}, [&](int64_t seed, Counts counts) {
        return additive.offsets[seed] + GoldenMean(scores, counts);
      });
}

TEST(HierarchicalTest, JointVariancesOfAnAdditiveModel) {
  const Additive additive;
  const Estimate estimate =
      EstimateAdditive(additive, ExamplesAcrossSeeds::kJoint);
  ASSERT_TRUE(estimate.ok()) << estimate.status();
  EXPECT_NEAR(estimate->value, 24.5 + 50.0 / 3.0, 1e-12);
  EXPECT_NEAR(estimate->seed_variance, additive.seed_variance, 1e-9);
  EXPECT_NEAR(estimate->example_variance / additive.ExampleVariance(), 1.0,
              0.04);
  EXPECT_NEAR(std::pow(estimate->standard_error, 2.0) /
                  (additive.seed_variance + additive.ExampleVariance()),
              1.0, 0.04);
}

TEST(HierarchicalTest, IndependentExamplesAverageOut) {
  const Additive additive;
  const Estimate estimate =
      EstimateAdditive(additive, ExamplesAcrossSeeds::kIndependent);
  ASSERT_TRUE(estimate.ok()) << estimate.status();
  const double example_variance = additive.ExampleVariance() / 3.0;
  EXPECT_NEAR(estimate->seed_variance / additive.seed_variance, 1.0, 0.01);
  EXPECT_NEAR(estimate->example_variance / example_variance, 1.0, 0.04);
  EXPECT_NEAR(std::pow(estimate->standard_error, 2.0) /
                  (additive.seed_variance + example_variance),
              1.0, 0.04);
}

// randint(0, 1) takes no random bits.
TEST(HierarchicalTest, OneSeedIsTheOrdinaryBootstrap) {
  const std::vector<int32_t> scores = {3, 1, 4, 1, 5, 9, 2, 6};
  const std::vector<int32_t> patients = {0, 0, 1, 2, 2, 2, 3, 3};
  const BootstrapOptions options = {
      .resamples = 100, .confidence = 0.9, .seed = 7};
  const auto units = ResamplingUnits::Clusters(patients);
  const absl::StatusOr<BootstrapInterval> plain = ClusteredBootstrap(
      patients, options,
      [&](Counts counts) { return GoldenMean(scores, counts); });
  ASSERT_TRUE(plain.ok()) << plain.status();
  for (const ExamplesAcrossSeeds examples :
       {ExamplesAcrossSeeds::kJoint, ExamplesAcrossSeeds::kIndependent}) {
    const Estimate estimate = HierarchicalBootstrap(
        *units, options, {.seeds = 1, .examples = examples},
        [&](int64_t, Counts counts) { return GoldenMean(scores, counts); });
    ASSERT_TRUE(estimate.ok()) << estimate.status();
    EXPECT_EQ(estimate->interval.low, plain->low);
    EXPECT_EQ(estimate->interval.median, plain->median);
    EXPECT_EQ(estimate->interval.high, plain->high);
    EXPECT_EQ(estimate->seed_variance, 0.0);
    EXPECT_NEAR(estimate->example_variance,
                std::pow(estimate->standard_error, 2.0), 1e-12);
  }
}

TEST(HierarchicalTest, AnUndefinedSeedLeavesTheResampleOut) {
  const auto units = ResamplingUnits::Examples(3);
  const auto statistic = [](int64_t seed, Counts counts) {
    return seed == 1 && counts[0] == 0 ? kNan : 1.0;
  };
  BootstrapOptions options = {.resamples = 200,
                              .confidence = 0.9,
                              .seed = 7,
                              .undefined = UndefinedResample::kSkip};
  const Estimate skipped =
      HierarchicalBootstrap(*units, options, {.seeds = 2}, statistic);
  ASSERT_TRUE(skipped.ok()) << skipped.status();
  EXPECT_NEAR(skipped->interval.resamples, 200 * 19 / 27, 25);
  options.undefined = UndefinedResample::kRedraw;
  const Estimate redrawn =
      HierarchicalBootstrap(*units, options, {.seeds = 2}, statistic);
  ASSERT_TRUE(redrawn.ok()) << redrawn.status();
  EXPECT_EQ(redrawn->interval.resamples, 200);
  EXPECT_GT(redrawn->interval.redraws, 50);
  EXPECT_EQ(redrawn->seed_variance, 0.0);
}

TEST(HierarchicalTest, NoSeedIsRefused) {
  const auto units = ResamplingUnits::Examples(3);
  const absl::Status status =
      HierarchicalBootstrap(*units,
                            {.resamples = 1, .confidence = 0.9, .seed = 7},
                            {.seeds = 0}, [](int64_t, Counts) { return 0.0; })
          .status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("seeds: 0"));
}

}  // namespace
}  // namespace cxr::metrics
