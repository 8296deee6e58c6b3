// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/score_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "cxr/spec/run_record.pb.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

void AddValue(spec::MetricValue* value, const std::string& target,
              double number) {
  value->set_metric("auroc");
  value->set_target(target);
  value->set_value(number);
  value->set_images(100);
  value->set_profile("P");
}

void SetInterval(spec::Interval* interval, double low, double high,
                 const std::string& kind) {
  interval->set_low(low);
  interval->set_high(high);
  interval->set_kind(kind);
}

TEST(ScoreTextTest, ValuesAreATableWithTheirKindsOfIntervalBelow) {
  spec::ScoreReport report;
  report.set_task("classification");
  AddValue(report.add_values(), "edema", 0.75);
  SetInterval(report.mutable_values(0)->mutable_interval(), 0.7, 0.8125,
              "bootstrap");
  AddValue(report.add_values(), "macro", std::nan(""));
  AddValue(report.add_values(), "edema", 0.75);
  SetInterval(report.mutable_values(2)->mutable_interval(), 0.5, 1, "DeLong");
  EXPECT_EQ(
      ToText(report),
      "# Scores: classification\n"
      "\n"
      "## Values\n"
      "\n"
      "| metric | target |  value | interval           |   n | profile |\n"
      "| ------ | ------ | -----: | ------------------ | --: | ------- |\n"
      "| auroc  | edema  | 0.7500 | [0.7000, 0.8125] a | 100 | P       |\n"
      "| auroc  | macro  |    NaN |                    | 100 | P       |\n"
      "| auroc  | edema  | 0.7500 | [0.5000, 1.0000] b | 100 | P       |\n"
      "\n"
      "- a: bootstrap\n"
      "- b: DeLong\n");
}

TEST(ScoreTextTest, TheMedianOfResamplesStandsBesideTheInterval) {
  spec::ScoreReport report;
  AddValue(report.add_values(), "edema", 0.75);
  SetInterval(report.mutable_values(0)->mutable_interval(), 0.7, 0.8125,
              "bootstrap");
  report.mutable_values(0)->mutable_interval()->set_median(0.7625);
  AddValue(report.add_values(), "mass", 0.5);
  const std::string text = ToText(report);
  EXPECT_THAT(text, HasSubstr("| [0.7000, 0.8125] a | 0.7625 | 100 |"));
  EXPECT_THAT(text, HasSubstr("|                    |        | 100 |"));
}

TEST(ScoreTextTest, AnIntervalWithoutWidthHasAStar) {
  spec::ScoreReport report;
  AddValue(report.add_values(), "edema", 1.0);
  SetInterval(report.mutable_values(0)->mutable_interval(), 1, 1, "DeLong");
  EXPECT_THAT(ToText(report), HasSubstr("| [1.0000, 1.0000] a* |"));
  EXPECT_THAT(ToText(report),
              HasSubstr("- a: DeLong\n- *: without width, but no certainty\n"));
}

TEST(ScoreTextTest, RunsStandBesideTheirMean) {
  spec::ScoreReport report;
  spec::SeedValue* row = report.add_seeds();
  AddValue(row->mutable_mean(), "edema", 0.75);
  row->add_runs(0.5);
  row->add_runs(1.0);
  row->set_standard_deviation(0.25);
  SetInterval(row->mutable_mean_interval(), 0.7, 0.8, "t");
  SetInterval(row->mutable_prediction(), 0.25, 1.25, "new");
  const std::string text = ToText(report);
  EXPECT_THAT(text, HasSubstr("\n## Mean of runs\n"));
  EXPECT_THAT(text, HasSubstr("| 0.5000, 1.0000 | auroc  | edema  | 0.7500 |"));
  EXPECT_THAT(text, HasSubstr("|    0.2500 | [0.7000, 0.8000] a | "
                              "[0.2500, 1.2500] b |\n"));
  EXPECT_THAT(text, HasSubstr("- a: t\n- b: new\n"));
}

TEST(ScoreTextTest, AVerdictStandsBehindItsComparison) {
  spec::ScoreReport report;
  for (const bool equivalent : {true, false}) {
    spec::EquivalenceVerdict* verdict =
        report.add_comparisons()->mutable_equivalence();
    verdict->set_margin(0.02);
    verdict->set_p(equivalent ? 0.01 : 0.5);
    verdict->set_equivalent(equivalent);
  }
  const std::string text = ToText(report);
  EXPECT_THAT(text, HasSubstr(" 0.0100 | equivalent within 0.02 |\n"));
  EXPECT_THAT(text, HasSubstr(" 0.5000 | not shown within 0.02  |\n"));
}

TEST(ScoreTextTest, CountsAreShownIfAnyRowHasThem) {
  spec::ScoreReport report;
  AddValue(report.add_values(), "edema", 0.75);
  EXPECT_THAT(ToText(report), Not(HasSubstr("positives")));
  report.mutable_values(0)->set_positives(0);
  EXPECT_THAT(ToText(report), HasSubstr("positives"));
}

TEST(ScoreTextTest, ThresholdsShowTheirDigitsWhateverTheirScale) {
  spec::ScoreReport report;
  for (const double threshold : {2.5e-7, 12345.5, -0.03125}) {
    AddValue(report.add_values(), "edema", threshold);
    report.mutable_values(report.values_size() - 1)
        ->set_metric("youden_threshold");
  }
  const std::string text = ToText(report);
  EXPECT_THAT(text, HasSubstr("|  2.5e-07 |"));
  EXPECT_THAT(text, HasSubstr("|  12345.5 |"));
  EXPECT_THAT(text, HasSubstr("| -0.03125 |"));
}

TEST(ScoreTextTest, ABarInANameIsNoColumn) {
  spec::ScoreReport report;
  AddValue(report.add_values(), "a|b", 0.5);
  EXPECT_THAT(ToText(report), HasSubstr("| a\\|b   |"));
}

TEST(ScoreTextTest, AlignsNamesOutsideOfAscii) {
  spec::ScoreReport report;
  AddValue(report.add_values(), "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", 0.5);
  EXPECT_THAT(ToText(report),
              HasSubstr("| \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9   |"));
}

TEST(ScoreTextTest, GroupsShowTheirDifferenceToTheRest) {
  spec::ScoreReport report;
  spec::GroupValue* group = report.add_groups();
  group->set_column("sex");
  group->set_group("F");
  AddValue(group->mutable_value(), "edema", 0.75);
  group->set_difference(-0.125);
  SetInterval(group->mutable_difference_interval(), -0.25, 0, "bootstrap");
  const std::string text = ToText(report);
  EXPECT_THAT(text, HasSubstr("| sex    | F     | auroc  | edema  | 0.7500 |"));
  EXPECT_THAT(text, HasSubstr("|        -0.1250 | [-0.2500, 0.0000] a |"));
  EXPECT_THAT(text, HasSubstr("- a: bootstrap\n"));
}

TEST(ScoreTextTest, ComparisonsShowSmallPByItsSize) {
  spec::ScoreReport report;
  for (const double p : {0.25, 1e-7, 0.0}) {
    spec::ScoreComparison* row = report.add_comparisons();
    row->set_metric("auroc");
    row->set_target("edema");
    row->set_first(0.75);
    row->set_second(0.5);
    row->set_difference(0.25);
    row->set_test("DeLong");
    row->set_p(p);
  }
  report.mutable_comparisons(0)->set_adjusted_p(0.5);
  const std::string text = ToText(report);
  const std::string start =
      "| auroc  | edema  | 0.7500 | 0.5000 |     0.2500 |";
  EXPECT_THAT(text, HasSubstr(start + " DeLong |  0.2500 |     0.5000 |\n"));
  EXPECT_THAT(text, HasSubstr(start + " DeLong | 1.0e-07 |            |\n"));
  EXPECT_THAT(text, HasSubstr(start + " DeLong |  0.0000 |            |\n"));
}

TEST(ScoreTextTest, NotesAreAListAtTheEnd) {
  spec::ScoreReport report;
  report.set_task("segmentation");
  report.add_notes("one");
  report.add_notes("two");
  EXPECT_EQ(ToText(report),
            "# Scores: segmentation\n\n## Notes\n\n- one\n- two\n");
}

}  // namespace
}  // namespace cxr
