// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/worst_cases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The second of two targets; the first would give another order.
Predictions Some() {
  return {.targets = {"Mass", "Edema"},
          .ids = {"a", "b", "c", "d", "e", "f"},
          .labels = {0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1},
          .logits = {9, -1, 0, 2, 8, 3, 1, -4, 7, 3, 2, 0.5}};
}

TEST(WorstCasesTest, TheSurestMistakesStandFirst) {
  const WorstCases worst = FindWorstCases(Some(), /*target=*/1, /*count=*/9);
  EXPECT_THAT(worst.false_alarms, ElementsAre(2, 4, 0));
  EXPECT_THAT(worst.misses, ElementsAre(3, 5, 1));
}

TEST(WorstCasesTest, NoMoreThanAskedForAreGiven) {
  const WorstCases worst = FindWorstCases(Some(), /*target=*/1, /*count=*/1);
  EXPECT_THAT(worst.false_alarms, ElementsAre(2));
  EXPECT_THAT(worst.misses, ElementsAre(3));
  EXPECT_THAT(FindWorstCases(Some(), 1, 0).misses, IsEmpty());
}

}  // namespace
}  // namespace cxr
