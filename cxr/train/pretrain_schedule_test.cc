// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/pretrain_schedule.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

// Cells of one row by the column's name.
class GoldenRow {
 public:
  GoldenRow(const CsvTable& table, const CsvTable::Row& row)
      : table_(table), row_(row) {}

  double operator()(absl::string_view column) const {
    const absl::StatusOr<int> index = table_.Column(column);
    EXPECT_OK(index);
    double value = 0;
    EXPECT_TRUE(absl::SimpleAtod(row_.cells[static_cast<size_t>(index.value())],
                                 &value));
    return value;
  }
  int64_t Count(absl::string_view column) const {
    return static_cast<int64_t>((*this)(column));
  }

 private:
  const CsvTable& table_;
  const CsvTable::Row& row_;
};

PretrainScheduleOptions OptionsOf(const GoldenRow& row) {
  return {
      .steps_per_epoch = row.Count("steps_per_epoch"),
      .epochs = row.Count("epochs"),
      .warmup_epochs = row("warmup_epochs"),
      .learning_rate = row("learning_rate"),
      .min_learning_rate = row("min_learning_rate"),
      .weight_decay = row("weight_decay"),
      .weight_decay_end = row("weight_decay_end"),
      .momentum_start = row("momentum_start"),
      .momentum_end = row("momentum_end"),
      .teacher_temperature_start = row("teacher_temperature_start"),
      .teacher_temperature_end = row("teacher_temperature_end"),
      .teacher_warmup_epochs = row("teacher_warmup_epochs"),
      .freeze_prototypes_epochs = row("freeze_prototypes_epochs"),
  };
}

TEST(PretrainScheduleTest, EqualsThePublishedFormula) {
  ASSERT_OK_AND_ASSIGN(const CsvTable table,
                       CsvTable::Load(TestData(
                           "cxr/train/testdata/pretrain_schedule_golden.csv")));
  ASSERT_GE(table.rows().size(), 50u);
  for (const CsvTable::Row& cells : table.rows()) {
    SCOPED_TRACE(cells.line);
    const GoldenRow row(table, cells);
    const PretrainRates rates = RatesAt(OptionsOf(row), row.Count("step"));
    EXPECT_NEAR(rates.learning_rate, row("expected_learning_rate"), 1e-18);
    EXPECT_NEAR(rates.prototype_learning_rate,
                row("expected_prototype_learning_rate"), 1e-18);
    EXPECT_NEAR(rates.weight_decay, row("expected_weight_decay"), 1e-15);
    EXPECT_NEAR(rates.momentum, row("expected_momentum"), 1e-15);
    EXPECT_NEAR(rates.teacher_temperature, row("expected_teacher_temperature"),
                1e-16);
  }
}

constexpr PretrainScheduleOptions kOptions = {.steps_per_epoch = 10,
                                              .epochs = 4,
                                              .warmup_epochs = 1,
                                              .learning_rate = 0.5,
                                              .min_learning_rate = 0.1,
                                              .weight_decay = 0.04,
                                              .weight_decay_end = 0.2,
                                              .momentum_start = 0.9,
                                              .momentum_end = 1,
                                              .teacher_temperature_start = 0.04,
                                              .teacher_temperature_end = 0.07,
                                              .teacher_warmup_epochs = 2,
                                              .freeze_prototypes_epochs = 1};

TEST(PretrainScheduleTest, WarmUpGoesFromZeroToTheRateInclusive) {
  EXPECT_EQ(RatesAt(kOptions, 0).learning_rate, 0);
  EXPECT_EQ(RatesAt(kOptions, 9).learning_rate, 0.5);
  EXPECT_EQ(RatesAt(kOptions, 10).learning_rate, 0.5);
  EXPECT_LT(RatesAt(kOptions, 11).learning_rate, 0.5);
}

TEST(PretrainScheduleTest, HalfWayBetweenIsTheMean) {
  EXPECT_DOUBLE_EQ(RatesAt(kOptions, 25).learning_rate, 0.3);
  EXPECT_DOUBLE_EQ(RatesAt(kOptions, 20).weight_decay, 0.12);
  EXPECT_DOUBLE_EQ(RatesAt(kOptions, 20).momentum, 0.95);
}

TEST(PretrainScheduleTest, PrototypesAreFrozenForTheirEpochs) {
  EXPECT_EQ(RatesAt(kOptions, 9).prototype_learning_rate, 0);
  EXPECT_EQ(RatesAt(kOptions, 10).prototype_learning_rate, 0.5);
}

TEST(PretrainScheduleTest, TheTeacherWarmsUpAndStaysWarm) {
  EXPECT_EQ(RatesAt(kOptions, 0).teacher_temperature, 0.04);
  EXPECT_EQ(RatesAt(kOptions, 19).teacher_temperature, 0.07);
  EXPECT_EQ(RatesAt(kOptions, 20).teacher_temperature, 0.07);
  EXPECT_EQ(RatesAt(kOptions, 39).teacher_temperature, 0.07);
}

TEST(PretrainScheduleTest, BeyondTheLastStepAreTheEnds) {
  for (const int64_t step : {40, 41, 100000}) {
    EXPECT_EQ(RatesAt(kOptions, step).learning_rate, 0.1);
    EXPECT_EQ(RatesAt(kOptions, step).prototype_learning_rate, 0.1);
    EXPECT_EQ(RatesAt(kOptions, step).weight_decay, 0.2);
    EXPECT_EQ(RatesAt(kOptions, step).momentum, 1);
  }
}

TEST(PretrainScheduleTest, AWarmUpLongerThanTheRunIsCutOff) {
  PretrainScheduleOptions options = kOptions;
  options.warmup_epochs = 8;
  EXPECT_DOUBLE_EQ(RatesAt(options, 39).learning_rate, 0.5 * 39 / 79);
}

TEST(PretrainScheduleDeathTest, NegativeSteps) {
  EXPECT_DEATH(RatesAt(kOptions, -1), "step -1 of 4 epochs");
}

}  // namespace
}  // namespace cxr
