// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/epoch_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(EpochLogTest, ComesBackBitForBit) {
  const EpochLine first = {
      .round = 1, .epoch = 2, .member = 3, .training_loss = 0.1};
  EpochLine second = first;
  second.validation = -1.0 / 3;
  const std::string csv = ToCsv({first, second});
  EXPECT_EQ(csv,
            "round,epoch,member,training_loss,validation\n"
            "1,2,3,0.10000000000000001,\n"
            "1,2,3,0.10000000000000001,-0.33333333333333331\n");
  ASSERT_OK_AND_ASSIGN(const std::vector<EpochLine> lines,
                       EpochLinesFromCsv(csv, "epochs.csv"));
  EXPECT_THAT(lines, ElementsAre(first, second));
}

TEST(EpochLogTest, OtherTextIsDataLoss) {
  EXPECT_THAT(EpochLinesFromCsv("a,b\n1,2\n", "e.csv"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("e.csv:1")));
  EXPECT_THAT(
      EpochLinesFromCsv(
          "round,epoch,member,training_loss,validation\n0,1,0,x,\n", "e.csv"),
      StatusIs(absl::StatusCode::kDataLoss,
               "e.csv:2: found '0,1,0,x,', expected numbers"));
}

}  // namespace
}  // namespace cxr
