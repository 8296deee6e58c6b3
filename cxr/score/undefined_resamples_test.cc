// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/undefined_resamples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cxr {
namespace {

TEST(UndefinedResamplesTest, AnAffectedIntervalSaysHowManyRemained) {
  const std::string text = LeftOutText({.resamples = 990}, 1000);
  EXPECT_EQ(text, ", 990 of them with both classes, the others left out");
  EXPECT_TRUE(SaysLeftOut("95 % percentile bootstrap" + text));
}

TEST(UndefinedResamplesTest, AnIntervalOfAllResamplesSaysNothing) {
  EXPECT_EQ(LeftOutText({.resamples = 1000}, 1000), "");
  EXPECT_FALSE(SaysLeftOut("95 % percentile bootstrap"));
}

TEST(UndefinedResamplesTest, TheNoteTellsTheRuleOfRecords) {
  EXPECT_THAT(std::string(LeftOutNote()),
              testing::HasSubstr("records of runs draw another one"));
}

}  // namespace
}  // namespace cxr
