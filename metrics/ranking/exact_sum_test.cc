// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/exact_sum.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace cxr::metrics {
namespace {

std::vector<double> RandomNumbers(int size) {
  std::mt19937_64 random(1);
  std::vector<double> numbers;
  for (int i = 0; i < size; ++i) {
    numbers.push_back(static_cast<double>(random() >> 11) * 0x1p-53 *
                      std::exp2(static_cast<double>(random() % 60) - 54.0));
  }
  return numbers;
}

TEST(ExactSumTest, GivesSingleNumbersBack) {
  for (const double number :
       {0.0, 1.0, 64.0, 0.1, 36.04365338911715, 0x1p-37, 0x1p-90, 1e-20}) {
    ExactSum sum;
    sum.Add(number);
    EXPECT_NEAR(sum.Value(), number, 0x1p-90 + number * 0x1p-52);
  }
}

TEST(ExactSumTest, LosesNumbersBelowItsStepOnly) {
  ExactSum sum;
  sum.Add(0x1p-91);
  sum.Add(0x1p-1000);
  sum.Add(5e-324);
  EXPECT_EQ(sum.Value(), 0.0);
  sum.Add(0x1.8p-90);
  EXPECT_EQ(sum.Value(), 0x1p-90);
}

TEST(ExactSumTest, DependsNeitherOnOrderNorOnParts) {
  std::vector<double> numbers = RandomNumbers(1000);
  ExactSum forward;
  for (const double number : numbers) forward.Add(number);
  std::shuffle(numbers.begin(), numbers.end(), std::mt19937(2));
  ExactSum parts[7];
  for (size_t i = 0; i < numbers.size(); ++i) parts[i % 7].Add(numbers[i]);
  ExactSum merged;
  for (const int k : {3, 1, 6, 0, 5, 2, 4}) merged.Merge(parts[k]);
  EXPECT_EQ(merged.Value(), forward.Value());
}

TEST(ExactSumTest, AgreesWithLongDouble) {
  ExactSum sum;
  long double expected = 0.0L;
  for (const double number : RandomNumbers(1000)) {
    sum.Add(number);
    expected += number;
  }
  EXPECT_NEAR(sum.Value(), static_cast<double>(expected),
              static_cast<double>(expected) * 1e-15);
}

TEST(ExactSumTest, HoldsAsManyAsPromised) {
  ExactSum sum;
  sum.Add(64.0);
  for (int doublings = 0; doublings < 31; ++doublings) sum.Merge(sum);
  EXPECT_EQ(sum.Value(), 64.0 * 0x1p31);
}

}  // namespace
}  // namespace cxr::metrics
