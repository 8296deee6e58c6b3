// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/golden_testing.h"

#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest-spi.h"
#include "gtest/gtest.h"

namespace cxr::metrics {
namespace {

using ::testing::ElementsAre;

// Printed from testdata/golden_cases.py.
TEST(GoldenTestingTest, CasesAreThoseOfTheScripts) {
  const ColumnCase few = MakeColumnCase(7, 12);
  EXPECT_THAT(few.scores, ElementsAre(0.875, 0.875, 1.0, 0.125));
  EXPECT_THAT(few.labels, ElementsAre(0, 0, 0, 0));
  const ColumnCase column = MakeColumnCase(7);
  EXPECT_EQ(column.scores.size(), 88u);
  EXPECT_EQ(std::accumulate(column.scores.begin(), column.scores.end(), 0.0),
            35.0);
  EXPECT_EQ(std::accumulate(column.labels.begin(), column.labels.end(), 0), 7);
  const TableCase table = MakeTableCase(6);
  EXPECT_EQ(table.columns, 3);
  EXPECT_EQ(table.scores.size(), 99u);
  EXPECT_EQ(std::accumulate(table.scores.begin(), table.scores.end(), 0.0),
            130.8125);
  EXPECT_EQ(std::accumulate(table.labels.begin(), table.labels.end(), 0), 51);
}

TEST(GoldenTestingTest, FilesHoldAThousandCases) {
  EXPECT_GE(ReadGoldenCases("averages_golden.csv").size(), 1000u);
}

TEST(GoldenTestingTest, DifferencesBeyondTheToleranceFail) {
  ExpectGolden(1.0 + 1e-13, 1.0);
  ExpectGolden(1e6 + 1e-7, 1e6);
  ExpectGolden(std::nan(""), std::nan(""));
  EXPECT_NONFATAL_FAILURE(ExpectGolden(1.0 + 1e-11, 1.0), "exceeds");
  EXPECT_NONFATAL_FAILURE(ExpectGolden(1.0, std::nan("")), "isnan");
  EXPECT_NONFATAL_FAILURE(ExpectGolden(std::nan(""), 1.0), "exceeds");
}

}  // namespace
}  // namespace cxr::metrics
