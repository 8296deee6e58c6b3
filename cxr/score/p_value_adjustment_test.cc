// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/p_value_adjustment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;

TEST(PValueAdjustmentTest, NamesLeadToTheirAdjustment) {
  EXPECT_EQ(*AdjustmentCalled("holm"), PValueAdjustment::kHolm);
  EXPECT_EQ(*AdjustmentCalled("benjamini_hochberg"),
            PValueAdjustment::kBenjaminiHochberg);
  EXPECT_EQ(AdjustmentText(PValueAdjustment::kHolm), "Holm");
  EXPECT_EQ(AdjustmentText(PValueAdjustment::kBenjaminiHochberg),
            "Benjamini-Hochberg");
  EXPECT_THAT(AdjustmentCalled("bonferroni"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "--adjust: found 'bonferroni', expected holm or "
                       "benjamini_hochberg"));
}

TEST(PValueAdjustmentTest, TheTwoDiffer) {
  // By hand: the smallest of three times 3; the second times 2 or 3 / 2.
  const double p_values[] = {0.0625, 0.5, 0.125};
  EXPECT_THAT(*Adjust(PValueAdjustment::kHolm, p_values),
              ElementsAre(DoubleEq(0.1875), DoubleEq(0.5), DoubleEq(0.25)));
  EXPECT_THAT(*Adjust(PValueAdjustment::kBenjaminiHochberg, p_values),
              ElementsAre(DoubleEq(0.1875), DoubleEq(0.5), DoubleEq(0.1875)));
}

}  // namespace
}  // namespace cxr
