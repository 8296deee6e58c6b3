// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/pretrain_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

StepReport Report(int64_t step) {
  StepReport report = {.step = step};
  report.total = 1.0 / 3;
  report.teacher_information = 0.5;
  report.gradient_norms = {{"backbone", 2.5}, {"dino_head", 0.1}};
  return report;
}

PretrainLog LogOf(int64_t steps) {
  PretrainLog log;
  for (int64_t step = 0; step < steps; ++step) log.Add(Report(step));
  return log;
}

TEST(PretrainLogTest, ALineAStepWithNumbersThatAreReadBackTheSame) {
  EXPECT_THAT(LogOf(2).csv(),
              AllOf(StartsWith("step,total,dino_local,dino_global,ibot,koleo,"),
                    HasSubstr(",norm_backbone,norm_dino_head\n0,"
                              "0.33333333333333331,"),
                    HasSubstr("\n1,0.33333333333333331,")));
}

TEST(PretrainLogTest, AResumedLogHasTheLinesBeforeItsStep) {
  ASSERT_OK_AND_ASSIGN(PretrainLog log, PretrainLog::Resume(LogOf(5).csv(), 3));
  EXPECT_EQ(log.csv(), LogOf(3).csv());
  log.Add(Report(3));
  EXPECT_EQ(log.csv(), LogOf(4).csv());
  ASSERT_OK_AND_ASSIGN(const PretrainLog none, PretrainLog::Resume("", 0));
  EXPECT_EQ(none.csv(), "");
}

TEST(PretrainLogTest, ALogOfTooFewStepsIsDamaged) {
  EXPECT_THAT(PretrainLog::Resume(LogOf(2).csv(), 3),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("3 steps")));
}

TEST(CheckFiniteTest, NamesTheStepAndWhatIsNot) {
  EXPECT_OK(CheckFinite(Report(3)));
  StepReport bad = Report(7);
  bad.koleo = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(CheckFinite(bad),
              StatusIs(absl::StatusCode::kOutOfRange,
                       AllOf(HasSubstr("step 7"), HasSubstr("koleo"))));
  bad = Report(8);
  bad.gradient_norms[1].second = std::numeric_limits<double>::infinity();
  EXPECT_THAT(CheckFinite(bad), StatusIs(absl::StatusCode::kOutOfRange,
                                         HasSubstr("norm of dino_head")));
}

TEST(PretrainLogTest, AScaledLossHasItsColumns) {
  StepReport report = Report(0);
  report.loss_scale = 512;
  report.is_skipped = true;
  PretrainLog log;
  log.Add(report);
  EXPECT_THAT(log.csv(),
              AllOf(HasSubstr(",teacher_temperature,loss_scale,skipped,norm_"),
                    HasSubstr(",512,1,2.5,")));
  report.is_skipped = false;
  log.Add(report);
  EXPECT_THAT(log.Notes(), ElementsAre(HasSubstr("1 of 2 steps")));
  EXPECT_THAT(LogOf(2).Notes(), IsEmpty());
  EXPECT_THAT(PretrainLog().Notes(), IsEmpty());
}

TEST(CheckFiniteTest, AStepThatWasLeftOutMayOverflow) {
  StepReport report = Report(3);
  report.gradient_norms[0].second = std::numeric_limits<double>::infinity();
  report.loss_scale = 65536;
  report.is_skipped = true;
  EXPECT_OK(CheckFinite(report));
  report.loss_scale = kSmallestLossScale / 2;
  EXPECT_THAT(CheckFinite(report),
              StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("diverged")));
  report.loss_scale = 65536;
  report.koleo = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(CheckFinite(report),
              StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("koleo")));
}

TEST(CollapseWatchTest, AStopDoesNotStartTheCountAnew) {
  PretrainLog log;
  StepReport same = Report(0);
  log.Add(same);
  same.teacher_information = 1e-9;
  for (int i = 1; i < CollapseWatch::kPatience; ++i) log.Add(same);
  ASSERT_OK_AND_ASSIGN(CollapseWatch watch, CollapseWatch::Resume(log.csv()));
  EXPECT_THAT(watch.Add(same),
              StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("collapsed")));
  log.Add(Report(0));
  ASSERT_OK_AND_ASSIGN(watch, CollapseWatch::Resume(log.csv()));
  EXPECT_OK(watch.Add(same));
  EXPECT_OK(CollapseWatch::Resume(""));
  EXPECT_THAT(CollapseWatch::Resume("step,teacher_information\n0,x\n"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("line 2")));
}

TEST(CollapseWatchTest, OneAnswerForLongIsACollapse) {
  CollapseWatch watch;
  StepReport same = Report(0);
  same.teacher_information = 1e-9;
  for (int i = 1; i < CollapseWatch::kPatience; ++i) {
    ASSERT_OK(watch.Add(same));
  }
  EXPECT_OK(watch.Add(Report(0)));  // It has recovered in time.
  for (int i = 1; i < CollapseWatch::kPatience; ++i) {
    ASSERT_OK(watch.Add(same));
  }
  EXPECT_THAT(watch.Add(same),
              StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("collapsed")));
}

TEST(PretrainJournalTest, StepsAreCountedWhateverTheirCurvesSay) {
  PretrainJournal journal;
  ASSERT_OK(journal.Resume(LogOf(3).csv(), 2));
  ASSERT_OK(journal.Add(Report(0)));
  EXPECT_EQ(journal.log().csv(), LogOf(3).csv());
  EXPECT_EQ(journal.last().step, 2);
  StepReport bad = Report(0);
  bad.total = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(journal.Add(bad),
              StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("step 3")));
  EXPECT_EQ(journal.log().steps(), 3);
}

}  // namespace
}  // namespace cxr
