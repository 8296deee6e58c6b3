// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/operations_testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace cxr {
namespace {

using ::testing::ElementsAre;

TEST(OperationsTestingTest, CasesHoldImagesAndArguments) {
  const std::vector<RecordedOperation> cases =
      ReadRecordedOperations("center_crop");
  ASSERT_EQ(cases.size(), 7u);
  EXPECT_THAT(cases[0].arguments, ElementsAre(30.0, 30.0));
  EXPECT_EQ(cases[0].input.width, 37);
  EXPECT_EQ(cases[0].input.height, 53);
  EXPECT_EQ(cases[0].output.width, 30);
  EXPECT_EQ(cases[0].output.height, 30);
}

TEST(OperationsTestingTest, LevelsAreAllThereAre) {
  const GrayImage levels = ReadTestImage("operations/levels.png");
  EXPECT_EQ(std::set<int>(levels.pixels.begin(), levels.pixels.end()).size(),
            256u);
}

TEST(OperationsTestingTest, NoiseDependsOnItsSeed) {
  EXPECT_EQ(MakeNoise(9, 4, /*seed=*/1), MakeNoise(9, 4, /*seed=*/1));
  EXPECT_NE(MakeNoise(9, 4, /*seed=*/1), MakeNoise(9, 4, /*seed=*/2));
}

TEST(OperationsTestingDeathTest, UnknownOperationIsAProgrammersError) {
  EXPECT_DEATH(ReadRecordedOperations("sharpen"), "sharpen");
}

}  // namespace
}  // namespace cxr
