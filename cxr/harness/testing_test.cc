// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

TEST(HarnessTestingTest, SmallExperimentsShareTheirFirstTwoStages) {
  const Plan plan =
      PlanForTest({SmallExperiment("x", "a"), SmallExperiment("y", "b")});
  EXPECT_EQ(plan.stages.size(), 8u);
  EXPECT_EQ(plan.stages_of.at("x")[1], plan.stages_of.at("y")[1]);
  EXPECT_NE(plan.stages_of.at("x")[2], plan.stages_of.at("y")[2]);
}

TEST(HarnessTestingTest, LinesComeBackInOrder) {
  const TempDir dir;
  EXPECT_TRUE(LinesOf(dir.File("a")).empty());
  AddLine(dir.File("a"), "one");
  AddLine(dir.File("a"), "two");
  EXPECT_THAT(LinesOf(dir.File("a")), ::testing::ElementsAre("one", "two"));
}

}  // namespace
}  // namespace cxr
