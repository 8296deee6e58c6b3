// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/run_position.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

constexpr int64_t kStop = 1200;

RunPosition At(int64_t step) {
  return {.steps = step, .schedule_step = step, .data_step = step};
}

spec::ResumeSpec Resume(spec::ResumedSchedules schedules,
                        spec::ResumedSampler sampler) {
  spec::ResumeSpec resume;
  resume.set_schedules(schedules);
  resume.set_sampler(sampler);
  return resume;
}

TEST(RunPositionTest, AStopSetsBackWhatTheSpecSays) {
  RunPosition expected = At(kStop);
  expected.resumed_after = {kStop};
  EXPECT_EQ(Resumed(At(kStop),
                    Resume(spec::SCHEDULES_CONTINUE, spec::SAMPLER_CONTINUES)),
            expected);
  expected.schedule_step = 0;
  EXPECT_EQ(Resumed(At(kStop), Resume(spec::SCHEDULES_RESTART_AS_RELEASED,
                                      spec::SAMPLER_CONTINUES)),
            expected);
  expected.data_step = 0;
  EXPECT_EQ(Resumed(At(kStop), Resume(spec::SCHEDULES_RESTART_AS_RELEASED,
                                      spec::SAMPLER_REPLAYS_AS_RELEASED)),
            expected);
  expected.schedule_step = kStop;
  EXPECT_EQ(Resumed(At(kStop), Resume(spec::SCHEDULES_CONTINUE,
                                      spec::SAMPLER_REPLAYS_AS_RELEASED)),
            expected);
}

TEST(RunPositionTest, AStepMovesAllCounts) {
  EXPECT_EQ(AfterStep({.steps = 7, .schedule_step = 3, .data_step = 5}),
            (RunPosition{.steps = 8, .schedule_step = 4, .data_step = 6}));
}

TEST(RunPositionTest, ComesBackFromWords) {
  for (const std::vector<int64_t>& stops :
       {std::vector<int64_t>(), {3}, {3, 5}}) {
    const RunPosition position = {
        .steps = 8, .schedule_step = 4, .data_step = 6, .resumed_after = stops};
    ASSERT_OK_AND_ASSIGN(const RunPosition found,
                         ToPosition(ToWords(position)));
    EXPECT_EQ(found, position);
  }
}

TEST(RunPositionTest, DamagedWordsAreSaidSo) {
  for (const auto& [name, value] : ToWords(At(3))) {
    auto words = ToWords(At(3));
    words[name] = "-1";
    EXPECT_THAT(ToPosition(words), StatusIs(absl::StatusCode::kDataLoss,
                                            HasSubstr("expected a count")));
    words.erase(name);
    EXPECT_THAT(ToPosition(words),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("which step")));
  }
}

TEST(RunPositionTest, StopsAreToldInWords) {
  RunPosition position = At(kStop);
  EXPECT_EQ(DescribeStops(position), "");
  position.resumed_after = {kStop};
  EXPECT_EQ(DescribeStops(position), "resumed 1 time, after step 1,200");
  position.resumed_after.push_back(3000);
  EXPECT_EQ(DescribeStops(position),
            "resumed 2 times, after steps 1,200 and 3,000");
}

}  // namespace
}  // namespace cxr
