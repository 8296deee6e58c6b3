// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/numpy_random.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/types/span.h"
#include "gtest/gtest.h"
#include "metrics/golden_csv.h"

namespace cxr::metrics {
namespace {

std::vector<uint32_t> FirstDraws(uint32_t seed, uint64_t n, size_t count) {
  NumpyRandomState random(seed);
  std::vector<uint32_t> draws;
  for (size_t i = 0; i < count; ++i) draws.push_back(random.RandInt(n));
  return draws;
}

std::vector<uint32_t> FirstIntegers(uint64_t seed, uint64_t n, size_t count) {
  NumpyDefaultRng random(seed);
  std::vector<uint32_t> draws;
  for (size_t i = 0; i < count; ++i) draws.push_back(random.Integers(n));
  return draws;
}

template <typename Random>
std::vector<int32_t> Counted(Random* random, uint64_t n, int64_t draws) {
  std::vector<int32_t> counts(n);
  random->CountDraws(draws, absl::MakeSpan(counts));
  return counts;
}

template <typename Draw>
std::vector<int32_t> CountedOneByOne(Draw draw, uint64_t n, int64_t draws) {
  std::vector<int32_t> counts(n);
  for (int64_t i = 0; i < draws; ++i) ++counts[draw()];
  return counts;
}

// numpy.random.RandomState(3).randint(0, 2461, 6)
TEST(NumpyRandomTest, FirstDrawsOfSeedThree) {
  EXPECT_EQ(FirstDraws(3, 2461, 6),
            (std::vector<uint32_t>{1898, 1688, 1667, 968, 2304, 789}));
}

// testdata/make_numpy_random_golden.py
TEST(NumpyRandomTest, AgreesWithNumpy) {
  const auto rows =
      ReadGoldenCsv("metrics/interval/testdata/numpy_random_golden.csv");
  ASSERT_GE(rows.size(), 50u);
  for (const std::vector<std::string>& row : rows) {
    const auto seed = static_cast<uint32_t>(GoldenNumber(row[0]));
    const auto n = static_cast<uint64_t>(GoldenNumber(row[1]));
    const std::vector<uint32_t> draws = GoldenNumbers<uint32_t>(row[2]);
    EXPECT_EQ(FirstDraws(seed, n, draws.size()), draws)
        << "seed " << seed << ", n " << n;
  }
}

// As numpy: RandomState(3); randint(0, 1); randint(0, 2461) gives 1898.
TEST(NumpyRandomTest, OneChoiceDrawsNoBits) {
  NumpyRandomState random(3);
  EXPECT_EQ(random.RandInt(1), 0u);
  EXPECT_EQ(random.RandInt(2461), 1898u);
}

TEST(NumpyRandomTest, CountsAreThoseOfSingleDraws) {
  for (const uint64_t n : {1, 2, 3, 8, 1000, 1025, 2461}) {
    NumpyRandomState single(7);
    NumpyRandomState counting(7);
    for (const int64_t draws : {1, 5, 700, 3, 2000}) {
      EXPECT_EQ(Counted(&counting, n, draws),
                CountedOneByOne([&] { return single.RandInt(n); }, n, draws))
          << "n " << n;
    }
    EXPECT_EQ(single.RandInt(1u << 31), counting.RandInt(1u << 31));
  }
}

// rng = RandomState(5); rng.shuffle(numpy.arange(10)); rng.randint(0, 1000, 4)
TEST(NumpyRandomTest, SkipsTheBitsOfAShuffle) {
  NumpyRandomState random(5);
  random.SkipShuffle(10);
  std::vector<uint32_t> draws;
  for (int i = 0; i < 4; ++i) draws.push_back(random.RandInt(1000));
  EXPECT_EQ(draws, (std::vector<uint32_t>{624, 670, 720, 519}));
}

// numpy.random.default_rng(12345).choice(2461, 6)
TEST(DefaultRngTest, FirstDrawsOfSeed12345) {
  EXPECT_EQ(FirstIntegers(12345, 2461, 6),
            (std::vector<uint32_t>{1720, 559, 1940, 779, 502, 1962}));
}

// testdata/make_numpy_random_golden.py
TEST(DefaultRngTest, AgreesWithNumpy) {
  const auto rows =
      ReadGoldenCsv("metrics/interval/testdata/default_rng_golden.csv");
  ASSERT_GE(rows.size(), 100u);
  for (const std::vector<std::string>& row : rows) {
    uint64_t seed = 0;
    ASSERT_TRUE(absl::SimpleAtoi(row[0], &seed));
    const auto n = static_cast<uint64_t>(GoldenNumber(row[1]));
    const std::vector<uint32_t> draws = GoldenNumbers<uint32_t>(row[2]);
    EXPECT_EQ(FirstIntegers(seed, n, draws.size()), draws)
        << "seed " << seed << ", n " << n;
  }
}

// Odd numbers of draws leave half a word for the next call.
TEST(DefaultRngTest, CountsAreThoseOfSingleDraws) {
  for (const uint64_t n : {1, 2, 3, 1000, 2461}) {
    NumpyDefaultRng single(7);
    NumpyDefaultRng counting(7);
    for (const int64_t draws : {1, 5, 700, 3, 2000}) {
      EXPECT_EQ(Counted(&counting, n, draws),
                CountedOneByOne([&] { return single.Integers(n); }, n, draws))
          << "n " << n;
    }
    EXPECT_EQ(single.Integers(1u << 31), counting.Integers(1u << 31));
  }
}

TEST(DefaultRngTest, OneChoiceDrawsNoBits) {
  NumpyDefaultRng random(12345);
  EXPECT_EQ(random.Integers(1), 0u);
  EXPECT_EQ(random.Integers(2461), 1720u);
}

TEST(NumpyRandomDeathTest, SizesOutsideTheRangeEndTheProgram) {
  NumpyRandomState random(3);
  EXPECT_DEATH(random.RandInt(0), "randint takes");
  EXPECT_DEATH(random.RandInt((uint64_t{1} << 32) + 1), "randint takes");
  EXPECT_DEATH(random.CountDraws(1, {}), "randint takes");
  NumpyDefaultRng default_rng(3);
  EXPECT_DEATH(default_rng.Integers(0), "randint takes");
  EXPECT_DEATH(default_rng.CountDraws(1, {}), "randint takes");
}

}  // namespace
}  // namespace cxr::metrics
