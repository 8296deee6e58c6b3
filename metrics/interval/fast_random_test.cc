// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/fast_random.h"

#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>
#include <vector>

#include "absl/types/span.h"
#include "gtest/gtest.h"

namespace cxr::metrics {
namespace {

// Sizes around the parts into which CountDraws splits its range.
constexpr int64_t kSizes[] = {1,    2,    3,    31,   1000,  4095,
                              4096, 4097, 8192, 9000, 25596, 70000};

std::vector<int32_t> Counts(uint64_t seed, uint64_t stream, int64_t size,
                            int64_t draws) {
  std::vector<int32_t> counts(size);
  FastRandom(seed, stream).CountDraws(draws, absl::MakeSpan(counts));
  return counts;
}

// In standard deviations of a chi-square of many degrees of freedom.
double ChiSquareDeviation(const std::vector<int64_t>& observed,
                          const std::vector<double>& expected) {
  double sum = 0.0;
  for (size_t i = 0; i < observed.size(); ++i) {
    const double difference = static_cast<double>(observed[i]) - expected[i];
    sum += difference * difference / expected[i];
  }
  const auto freedom = static_cast<double>(observed.size() - 1);
  return (sum - freedom) / std::sqrt(2.0 * freedom);
}

TEST(FastRandomTest, EveryDrawIsCounted) {
  for (const int64_t size : kSizes) {
    for (const int64_t draws : {int64_t{0}, int64_t{1}, int64_t{63}, size}) {
      const std::vector<int32_t> counts = Counts(1, 2, size, draws);
      EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), int64_t{0}),
                draws)
          << "size " << size;
    }
  }
}

TEST(FastRandomTest, CountsAreAdded) {
  std::vector<int32_t> counts = {5, 5};
  FastRandom(1, 2).CountDraws(10, absl::MakeSpan(counts));
  EXPECT_EQ(counts[0] + counts[1], 20);
  EXPECT_GE(counts[0], 5);
  EXPECT_GE(counts[1], 5);
}

TEST(FastRandomTest, AStreamIsAFunctionOfSeedAndNumber) {
  EXPECT_EQ(Counts(1, 2, 1000, 1000), Counts(1, 2, 1000, 1000));
  EXPECT_NE(Counts(1, 2, 1000, 1000), Counts(1, 3, 1000, 1000));
  EXPECT_NE(Counts(1, 2, 1000, 1000), Counts(2, 2, 1000, 1000));
  EXPECT_NE(Counts(1, 2, 1000, 1000), Counts(2, 1, 1000, 1000));
}

TEST(FastRandomTest, CellsAreAlike) {
  for (const int64_t size : kSizes) {
    if (size == 1) continue;
    std::vector<int64_t> sums(size);
    constexpr int kResamples = 400;
    for (int stream = 0; stream < kResamples; ++stream) {
      const std::vector<int32_t> counts = Counts(7, stream, size, size);
      for (int64_t i = 0; i < size; ++i) sums[i] += counts[i];
    }
    const std::vector<double> expected(size, kResamples);
    EXPECT_LT(std::abs(ChiSquareDeviation(sums, expected)), 4.0)
        << "size " << size;
  }
}

// All outcomes of 4 draws from 3 cells, by their multinomial probabilities.
TEST(FastRandomTest, SmallCountsAreMultinomial) {
  constexpr int kTrials = 81000;
  constexpr int kFactorial[] = {1, 1, 2, 6, 24};
  std::map<std::vector<int32_t>, int64_t> seen;
  for (int stream = 0; stream < kTrials; ++stream) {
    ++seen[Counts(3, stream, 3, 4)];
  }
  std::vector<int64_t> observed;
  std::vector<double> expected;
  for (const auto& [counts, times] : seen) {
    observed.push_back(times);
    expected.push_back(24.0 * kTrials / 81.0 /
                       (kFactorial[counts[0]] * kFactorial[counts[1]] *
                        kFactorial[counts[2]]));
  }
  EXPECT_EQ(observed.size(), 15u) << "outcomes";
  EXPECT_LT(std::abs(ChiSquareDeviation(observed, expected)), 4.0);
}

// How often a cell is drawn 0, 1, 2, ... times where the range is split.
TEST(FastRandomTest, LargeCountsAreBinomial) {
  constexpr int64_t kSize = 25596;
  constexpr int kResamples = 40;
  constexpr int kMost = 6;  // and more
  std::vector<int64_t> observed(kMost + 1);
  for (int stream = 0; stream < kResamples; ++stream) {
    for (const int32_t count : Counts(9, stream, kSize, kSize)) {
      ++observed[std::min(count, kMost)];
    }
  }
  const double p = 1.0 / kSize;
  std::vector<double> expected;
  double probability = std::pow(1.0 - p, kSize);
  double rest = 1.0;
  for (int k = 0; k < kMost; ++k) {
    expected.push_back(probability * kSize * kResamples);
    rest -= probability;
    probability *= static_cast<double>(kSize - k) / (k + 1.0) * p / (1.0 - p);
  }
  expected.push_back(rest * kSize * kResamples);
  EXPECT_LT(std::abs(ChiSquareDeviation(observed, expected)), 4.0);
}

// The sum over a quarter of the cells varies as a binomial of all draws does:
// parts are not drawn with fixed sizes.
TEST(FastRandomTest, PartsVaryAsTheyShould) {
  constexpr int64_t kSize = 20000;
  constexpr int64_t kPart = 5000;
  constexpr int kResamples = 2000;
  double squares = 0.0;
  for (int stream = 0; stream < kResamples; ++stream) {
    const std::vector<int32_t> counts = Counts(11, stream, kSize, kSize);
    const int64_t part =
        std::accumulate(counts.begin(), counts.begin() + kPart, int64_t{0});
    squares += std::pow(static_cast<double>(part - kPart), 2.0);
  }
  const double variance = kSize * 0.25 * 0.75;
  EXPECT_NEAR(squares / kResamples / variance, 1.0,
              4.0 * std::sqrt(2.0 / kResamples));
}

TEST(FastRandomTest, IntegersAreUniform) {
  for (const uint64_t n : {2, 3, 10, 1000}) {
    FastRandom random(13, n);
    std::vector<int64_t> observed(n);
    for (uint64_t i = 0; i < 1000 * n; ++i) ++observed[random.RandInt(n)];
    const std::vector<double> expected(n, 1000.0);
    EXPECT_LT(std::abs(ChiSquareDeviation(observed, expected)), 4.0);
  }
}

// A third of the range must be drawn again, or its lower half is likelier.
TEST(FastRandomTest, LargeRangesHaveNoBias) {
  constexpr uint64_t kLarge = uint64_t{3} << 30;
  FastRandom random(17, 0);
  std::vector<int64_t> observed(3);
  for (int i = 0; i < 30000; ++i) ++observed[random.RandInt(kLarge) % 3];
  EXPECT_LT(std::abs(ChiSquareDeviation(observed, {1e4, 1e4, 1e4})), 4.0);
}

TEST(FastRandomDeathTest, SizesOutsideTheRangeEndTheProgram) {
  FastRandom random(1, 1);
  EXPECT_DEATH(random.RandInt(0), "randint takes");
  EXPECT_DEATH(random.RandInt((uint64_t{1} << 32) + 1), "randint takes");
  EXPECT_DEATH(random.CountDraws(1, {}), "randint takes");
}

}  // namespace
}  // namespace cxr::metrics
