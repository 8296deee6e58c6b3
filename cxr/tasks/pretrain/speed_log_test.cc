// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/speed_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "cxr/tasks/pretrain/testing.h"

namespace cxr {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

// A log whose steps took so long together.
SpeedLog LogOf(absl::Duration duration) {
  SpeedLog log(SmallPretraining(), /*steps=*/6);
  log.LeaveOut(-duration);
  log.Add(0, /*waiting_seconds=*/absl::ToDoubleSeconds(duration) / 2);
  return log;
}

TEST(SpeedLogTest, AStepIsALine) {
  const SpeedLog log = LogOf(absl::Seconds(1000));
  const std::vector<std::string> lines = absl::StrSplit(log.csv(), '\n');
  ASSERT_THAT(lines, SizeIs(3));
  const std::vector<std::string> cells = absl::StrSplit(lines[1], ',');
  ASSERT_THAT(cells, SizeIs(5));
  EXPECT_EQ(cells[0], "0");
  EXPECT_NEAR(std::stod(cells[1]), 1000, 10);
  EXPECT_NEAR(std::stod(cells[2]), 0.008, 1e-3);  // 8 images.
  EXPECT_NEAR(std::stod(cells[3]), 0.5, 0.01);
}

TEST(SpeedLogTest, ANoteSaysHowLongProcessesSummed) {
  const SpeedLog log = LogOf(absl::Seconds(1000));
  EXPECT_THAT(log.Note(1, 0), HasSubstr("50 % of the time waiting for images"));
  EXPECT_THAT(log.Note(1, 0), Not(HasSubstr("processes")));
  EXPECT_THAT(log.Note(2, 200), EndsWith(", 20 % in sums over 2 processes"));
}

}  // namespace
}  // namespace cxr
