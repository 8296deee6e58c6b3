// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/pretrain_speed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/cost/stage_cost.h"
#include "cxr/tasks/pretrain/testing.h"

namespace cxr {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int64_t kSteps = 6;  // Of 8 images, as SmallPretraining has them.
const absl::Time kBegin = absl::FromUnixSeconds(1000);

// Operations of a step.
double StepFlops() { return PretrainCost(SmallPretraining()).flops / kSteps; }

TEST(PretrainSpeedTest, AStepIsImagesAndOperationsOverItsSeconds) {
  // The device would do a step in one second.
  PretrainSpeed speed(SmallPretraining(), kSteps, StepFlops(), kBegin);
  speed.Add(0, /*waiting_seconds=*/0.5, kBegin + absl::Seconds(2));
  speed.LeaveOut(absl::Seconds(100));
  speed.Add(1, /*waiting_seconds=*/1.5, kBegin + absl::Seconds(106));
  ASSERT_OK_AND_ASSIGN(const CsvTable table,
                       CsvTable::Parse(speed.csv(), "speed"));
  ASSERT_EQ(table.rows().size(), 2u);
  const auto& first = table.rows()[0].cells;
  EXPECT_EQ(first[1], "2.000000");
  EXPECT_EQ(first[2], "4.000");
  EXPECT_EQ(first[3], "0.2500");
  EXPECT_EQ(first[5], "0.5000");
  const auto& second = table.rows()[1].cells;
  EXPECT_EQ(second[1], "4.000000");
  EXPECT_EQ(second[3], "0.2500");
  EXPECT_EQ(second[5], "0.2500");
  EXPECT_THAT(speed.Note(1, 0),
              HasSubstr("2.67 images a second, 25 % of the time "
                        "waiting for images"));
  EXPECT_THAT(speed.Note(1, 0),
              HasSubstr("33 % of what the device is said to do"));
}

TEST(PretrainSpeedTest, WhatNobodyStatesIsEmpty) {
  PretrainSpeed speed(SmallPretraining(), kSteps, std::nullopt, kBegin);
  speed.Add(0, 0, kBegin + absl::Seconds(1));
  ASSERT_OK_AND_ASSIGN(const CsvTable table,
                       CsvTable::Parse(speed.csv(), "speed"));
  EXPECT_EQ(table.rows()[0].cells[5], "");
  EXPECT_THAT(speed.Note(1, 0), Not(HasSubstr("device")));
  EXPECT_THAT(speed.Note(1, 0), Not(HasSubstr("sums")));
  EXPECT_THAT(speed.Note(2, 0.01),
              HasSubstr("% waiting for sums over 2 processes"));
  EXPECT_THAT(speed.Note(2, std::nullopt), EndsWith(", 2 processes"));
}

}  // namespace
}  // namespace cxr
