// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/numpy_random.h"

#include <cstdint>
#include <string>
#include <vector>

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

TEST(NumpyRandomDeathTest, SizesOutsideTheRangeEndTheProgram) {
  NumpyRandomState random(3);
  EXPECT_DEATH(random.RandInt(0), "randint takes");
  EXPECT_DEATH(random.RandInt((uint64_t{1} << 32) + 1), "randint takes");
}

}  // namespace
}  // namespace cxr::metrics
