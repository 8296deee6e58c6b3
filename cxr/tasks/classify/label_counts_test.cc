// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/label_counts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace cxr {
namespace {

using ::testing::ElementsAre;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

// Two targets of five images.
LabelledImages Images() {
  return {.targets = {"A", "B, C"},
          .labels = {1, 0, 0, 0, kNan, 0, 1, kNan, 1, kNan},
          .rounds = {{.training = {0, 1, 2}, .test = {3, 4}}}};
}

TEST(LabelCountsTest, CountsByPartAndTarget) {
  EXPECT_THAT(CountLabels(Images()),
              ElementsAre(LabelCount{"training", "A", 1, 1, 1},
                          LabelCount{"training", "B, C", 0, 3, 0},
                          LabelCount{"test", "A", 2, 0, 0},
                          LabelCount{"test", "B, C", 0, 0, 2}));
}

TEST(LabelCountsTest, CountsFoldsTogether) {
  LabelledImages images = Images();
  images.rounds = {{.training = {3, 4}, .test = {0, 1, 2}},
                   {.training = {0, 1, 2}, .test = {3, 4}}};
  EXPECT_THAT(CountLabels(images),
              ElementsAre(LabelCount{"all", "A", 3, 1, 1},
                          LabelCount{"all", "B, C", 0, 3, 2}));
}

TEST(LabelCountsTest, WritesOneLineACount) {
  EXPECT_EQ(ToCsv(CountLabels(Images())),
            "part,target,positive,negative,left_out\n"
            "training,A,1,1,1\n"
            "training,\"B, C\",0,3,0\n"
            "test,A,2,0,0\n"
            "test,\"B, C\",0,0,2\n");
}

TEST(LabelCountsTest, TellsTargetsWithoutBothClasses) {
  EXPECT_THAT(PartNotes(Images()),
              ElementsAre("training 3, test 2 images",
                          "training: all 3 labels of B, C are negative",
                          "test: all 2 labels of A are positive",
                          "test: B, C has no label"));
}

}  // namespace
}  // namespace cxr
