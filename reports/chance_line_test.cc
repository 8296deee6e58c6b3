// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/chance_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/toy_table_testing.h"

namespace cxr::reports {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Targets with 100 and 300 positives of 1,000 images of 264 patients.
ExperimentResult TwoTargets(int positives = 100) {
  std::vector<spec::MetricValue> values;
  for (const std::string metric : {"auroc", "auprc"}) {
    values.push_back(Value(metric, "Mass", 0.9));
    values.back().set_positives(positives);
    values.push_back(Value(metric, "Edema", 0.9));
    values.back().set_positives(300);
    values.push_back(Value(metric, "macro", 0.9));
  }
  return Computed(values);
}

spec::TableCell Chance(const std::string& metric, const ResultMap& results,
                       const std::vector<std::string>& names = {"e"}) {
  return ChanceCell(
      Parse<spec::ColumnSpec>(absl::StrCat("decimals: 2 metric: ", metric)),
      "A", names, results);
}

TEST(ChanceLineTest, AConstantAnswerRanksNothing) {
  const spec::TableCell cell = Chance("MACRO_AUROC", {{"e", TwoTargets()}});
  EXPECT_EQ(cell.text(), "50.00");
  EXPECT_EQ(cell.value(), 50);
  EXPECT_THAT(cell.notes(), IsEmpty());
}

// scikit-learn 1.6.1: average_precision_score([0] * 9 + [1], [0.5] * 10) is
// 0.1, the part of positives.
TEST(ChanceLineTest, ItsPrecisionIsThePartOfPositives) {
  const spec::TableCell cell = Chance("MACRO_AUPRC", {{"e", TwoTargets()}});
  EXPECT_EQ(cell.text(), "20.00");
  EXPECT_THAT(cell.notes(),
              ElementsAre("A: the part of positives among 1,000 images, mean "
                          "of 2 targets."));
}

TEST(ChanceLineTest, PatientsCountWhereTheyAreScored) {
  ExperimentResult result = TwoTargets();
  spec::IdentityPart& part = *result.records[1].add_identity();
  part.set_path("score.classification.level");
  part.set_value("PATIENT_MAX");
  const spec::TableCell cell = Chance("MACRO_AUPRC", {{"e", result}});
  EXPECT_EQ(cell.text(), "75.76");  // (100 + 300) / 2 / 264
  EXPECT_THAT(cell.notes(),
              ElementsAre("A: the part of positives among 264 patients, mean "
                          "of 2 targets."));
}

TEST(ChanceLineTest, OtherImagesHaveAnotherChance) {
  const ResultMap results = {{"e", TwoTargets()}, {"f", TwoTargets(101)}};
  EXPECT_EQ(Chance("MACRO_AUPRC", results, {"e", "f"}).status(),
            spec::NOT_SHOWN);
  EXPECT_EQ(Chance("MACRO_AUROC", results, {"e", "f"}).text(), "50.00");
  EXPECT_EQ(Chance("MACRO_AUPRC", results, {"gone", "f"}).text(), "20.05");
}

TEST(ChanceLineTest, WithoutRecordsOrTargetsThereIsNone) {
  EXPECT_EQ(Chance("MACRO_AUROC", {}).status(), spec::EMPTY);
  EXPECT_EQ(Chance("DICE_LUNGS", {{"e", TwoTargets()}}).status(), spec::EMPTY);
  EXPECT_EQ(Chance("MACRO_AUROC", {{"e", Computed({})}}).status(), spec::EMPTY);
}

}  // namespace
}  // namespace cxr::reports
