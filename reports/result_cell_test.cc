// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/result_cell.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "reports/toy_table_testing.h"

namespace cxr::reports {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

spec::ColumnSpec Column() {
  return Parse<spec::ColumnSpec>("metric: MACRO_AUROC decimals: 1 suffix: '!'");
}

spec::TableCell Cell(const ResultMap& results) {
  return ResultCell(Column(), "A", "e", results);
}

// A result whose images were drawn.
ExperimentResult Drawn() {
  ExperimentResult result = Macro(0.75, 0.5);
  result.records[0].set_stage("data");
  result.records[0].set_notes(0, "data RSNA, SYNTHETIC");
  return result;
}

TEST(ResultCellTest, AValueKnowsItsEvidence) {
  ExperimentResult result = Macro(0.75, 0.5);
  result.records[0].set_stage("data");
  result.records[0].set_id("d");
  result.records[1].set_stage("score");
  result.records[1].set_id("s");
  const spec::TableCell cell = Cell({{"e", result}});
  EXPECT_EQ(cell.status(), spec::VALUE);
  EXPECT_EQ(cell.text(), "75.0!");
  EXPECT_EQ(cell.value(), 75);
  EXPECT_EQ(cell.metric().value(), 0.75);
  EXPECT_EQ(cell.metric().profile(), "TOY");
  EXPECT_THAT(cell.experiments(), ElementsAre("e"));
  EXPECT_THAT(cell.stage_ids(), ElementsAre("data:d", "score:s"));
  EXPECT_FALSE(cell.synthetic());
  EXPECT_THAT(cell.notes(),
              ElementsAre("A: 1,000 images of 264 patients, 491 positive "
                          "labels; profile TOY."));
}

TEST(ResultCellTest, DrawnImagesAreMarked) {
  const spec::TableCell cell = Cell({{"e", Drawn()}});
  EXPECT_TRUE(cell.synthetic());
  EXPECT_THAT(cell.notes(),
              ElementsAre("A: SYNTHETIC images; 1,000 images of 264 patients, "
                          "491 positive labels; profile TOY."));
}

TEST(ResultCellTest, ReasonsAreToldApart) {
  EXPECT_EQ(Cell({}).reason(), "not run");
  ExperimentResult result;
  result.missing = "data: licensed";
  EXPECT_EQ(Cell({{"e", result}}).text(), "MISSING(data)");
  EXPECT_EQ(Cell({{"e", result}}).reason(), "data: licensed");
  result = {};
  result.failed = "diverged";
  EXPECT_EQ(Cell({{"e", result}}).status(), spec::FAILED_RESULT);
  result = Computed({Value("auprc", "macro", 0.5)});
  EXPECT_EQ(Cell({{"e", result}}).reason(), "its record has no macro auroc");
}

TEST(ResultCellTest, AMeanOfSeedsSaysHowManyAreLost) {
  ExperimentResult run = Macro(0.5, 0.5);
  run.records[1].set_stage("score");
  run.records[1].set_id("of a run");
  ExperimentResult mean = Macro(0.75, 0.5);
  SeedRuns& seeds = mean.seeds.emplace();
  seeds.declared = {"e/0", "e/1", "e/2"};
  seeds.ended_well = {"e/0", "e/1"};
  seeds.failed["e/2"] = "NaN";
  seeds.values.push_back(Parse<spec::SeedValue>(
      "mean { metric: 'auroc' target: 'macro' } runs: [0.5, 1]"
      " standard_deviation: 0.35"));
  const spec::TableCell cell = Cell({{"e", mean}, {"e/0", run}, {"e/1", run}});
  EXPECT_EQ(cell.text(), "75.0! (2 of 3 seeds)");
  EXPECT_EQ(cell.seeds().declared(), 3);
  EXPECT_THAT(cell.seeds().ended_well(), ElementsAre("e/0", "e/1"));
  EXPECT_THAT(cell.seeds().values(), ElementsAre(0.5, 1));
  EXPECT_EQ(cell.seeds().standard_deviation(), 0.35);
  ASSERT_EQ(cell.seeds().lost_size(), 1);
  EXPECT_EQ(cell.seeds().lost(0).experiment(), "e/2");
  EXPECT_TRUE(cell.seeds().lost(0).failed());
  EXPECT_THAT(cell.stage_ids(), ElementsAre(":", "score:of a run"));
  EXPECT_THAT(
      cell.notes(),
      ElementsAre("A: mean of 2 seeds, standard deviation 35.00 points; 1 "
                  "failed of 3, e/2: NaN; 1,000 images of 264 patients, 491 "
                  "positive labels; profile TOY."));
}

TEST(MeanOfCellsTest, AMeanNeedsAllItsParts) {
  const spec::TableCell whole = Cell({{"e", Macro(0.75, 0.5)}});
  const spec::TableCell other = Cell({{"e", Macro(0.25, 0.5)}});
  spec::TableCell mean = MeanOfCells(Column(), "Avg.", {whole, other});
  EXPECT_EQ(mean.text(), "50.0!");
  EXPECT_EQ(mean.value(), 50);
  EXPECT_THAT(mean.notes(), IsEmpty());
  mean = MeanOfCells(Column(), "Avg.", {whole, Cell({})});
  EXPECT_EQ(mean.status(), spec::NOT_SHOWN);
  EXPECT_EQ(mean.text(), "-");
  EXPECT_EQ(mean.reason(), "incomplete: no value of A");
  const spec::TableCell undefined =
      Cell({{"e", Macro(std::numeric_limits<double>::quiet_NaN(), 0)}});
  EXPECT_EQ(MeanOfCells(Column(), "Avg.", {whole, undefined}).status(),
            spec::NOT_SHOWN);
  EXPECT_EQ(MeanOfCells(Column(), "Avg.", {EmptyCell("A")}).status(),
            spec::EMPTY);
}

TEST(MeanOfCellsTest, DrawnAndRealImagesHaveNoMean) {
  const spec::TableCell real =
      ResultCell(Column(), "R", "e", {{"e", Macro(0.75, 0.5)}});
  const spec::TableCell drawn = Cell({{"e", Drawn()}});
  const spec::TableCell mean = MeanOfCells(Column(), "Avg.", {real, drawn});
  EXPECT_EQ(mean.status(), spec::NOT_SHOWN);
  EXPECT_EQ(mean.text(), "-");
  EXPECT_THAT(mean.notes(),
              ElementsAre("Avg. is not shown: images of A are SYNTHETIC, those "
                          "of R are not: their mean would say nothing of "
                          "either."));
  const spec::TableCell all = MeanOfCells(Column(), "Avg.", {drawn, drawn});
  EXPECT_EQ(all.text(), "75.0!");
  EXPECT_THAT(all.notes(), ElementsAre("Avg.: a mean over SYNTHETIC images."));
}

}  // namespace
}  // namespace cxr::reports
