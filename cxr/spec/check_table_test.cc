// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/check_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/published.pb.h"
#include "cxr/spec/table.pb.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kPublished[] =
    "columns: ['Model', 'A', 'B', 'Avg.']"
    "rows { key: 's' cells { text: 'S' } cells { text: '1' }"
    "  cells { text: '2' } cells { text: '3' } }";

std::vector<std::string> Problems(absl::string_view table,
                                  absl::string_view published = kPublished) {
  return TextsOf(CheckTable(ParseSpec<spec::TableSpec>(table),
                            ParseSpec<spec::PublishedValues>(published)));
}

// Columns A and B of two metrics and the mean of them.
std::string Mean(absl::string_view a, absl::string_view b) {
  return absl::StrCat("columns { metric: ", a, " } columns { metric: ", b,
                      " } columns { average { columns: ['A', 'B'] } }");
}

TEST(CheckTableTest, AFittingTableHasNoProblems) {
  EXPECT_THAT(
      Problems(absl::StrCat(Mean("MACRO_AUROC", "MACRO_AUROC"),
                            "rows { label: 'X' published_row: 's' cells {"
                            " column: 'A' } cells { column: 'Avg.' } }"
                            "rows { label: 'a control' }")),
      IsEmpty());
}

TEST(CheckTableTest, ATableMayShowNothingOfItsOwn) {
  EXPECT_THAT(Problems("rows { label: 'X' published_row: 's' }"), IsEmpty());
}

TEST(CheckTableTest, ARowHasCellsOrLinesThatCanBeToldApart) {
  EXPECT_THAT(
      Problems(absl::StrCat(
          Mean("MACRO_AUROC", "MACRO_AUROC"),
          "rows { label: 'X' lines { label: 'trained' cells { column: 'A' } }"
          "  lines { label: 'random' cells { column: 'A' }"
          "    cells { column: 'C' } } }"
          "rows { label: 'Y' cells { column: 'A' }"
          "  lines { label: 'l' } lines { label: 'l' } }")),
      ElementsAre("rows[0].lines[1].cells[1].column: no column 'C'; there are: "
                  "Model, A, B, Avg.",
                  "rows[1].lines: 'Y' has cells of its own, too; expected "
                  "either",
                  "rows[1].lines[1].label: 'l' stands there twice in 'Y'"));
}

TEST(CheckTableTest, FactsStandInColumnsOfFacts) {
  EXPECT_THAT(
      Problems("columns { facts: true } columns { metric: MACRO_AUROC }"
               "columns { facts: true }"
               "rows { label: 'X' cells { column: 'A' experiment: 'e' }"
               "  cells { column: 'B' found { experiments: 'e' } }"
               "  cells { column: 'Avg.' counted {"
               "    quantity: PARAMETERS experiments: ['e', 'f'] } } }"),
      ElementsAre("rows[0].cells[0]: 'A' is a column of facts, expected "
                  "counted or found",
                  "rows[0].cells[1]: 'B' is a column of a metric, expected "
                  "experiment or mean",
                  "rows[0].cells[2].counted.experiments: found 2, expected "
                  "one"));
}

TEST(CheckTableTest, ATableHasALayoutOrShowsOthers) {
  const auto parts = [](absl::string_view table) {
    return TextsOf(CheckParts(ParseSpec<spec::TableSpec>(table)));
  };
  EXPECT_THAT(parts("published: 'p'"), IsEmpty());
  EXPECT_THAT(parts("parts: 'a'"), IsEmpty());
  EXPECT_THAT(parts("title: 't'"),
              ElementsAre("published: is not set; expected the published "
                          "table, or parts"));
  EXPECT_THAT(parts("published: 'p' parts: 'a'"),
              ElementsAre("parts: a table that shows others has no columns, "
                          "rows, details or published values of its own"));
}

TEST(CheckTableTest, NamesAreThosePublished) {
  EXPECT_THAT(
      Problems("columns { metric: MACRO_AUROC }"
               "columns { metric: MACRO_AUROC }"
               "columns { average { columns: 'C' } }"
               "rows { label: 'X' published_row: 'z' cells { column: 'a' }"
               "  cells { column: 'A' } cells { column: 'A' } }"),
      ElementsAre("columns[2].average.columns[0]: no column 'C'; there are: "
                  "Model, A, B, Avg.",
                  "rows[0].published_row: no published row 'z'; there are: s",
                  "rows[0].cells[0].column: no column 'a'; there are: Model, "
                  "A, B, Avg.",
                  "rows[0].cells[2].column: 'A' stands there twice in 'X'"));
}

TEST(CheckTableTest, MetricsOfOneKindAreAveraged) {
  EXPECT_THAT(Problems(Mean("MACRO_AUPRC", "MACRO_AUPRC")), IsEmpty());
  EXPECT_THAT(Problems(Mean("DICE_LUNGS", "DICE_HEART")), IsEmpty());
  EXPECT_THAT(Problems(Mean("ROUGE_L", "CHEXBERT_MACRO_F1_5")), IsEmpty());
  EXPECT_THAT(Problems(Mean("MACRO_AUROC", "MACRO_AUPRC")),
              ElementsAre("columns[2].average.columns[1]: 'B' has no metric of "
                          "the same kind as 'A'; their mean is not defined"));
}

TEST(CheckTableTest, MeansAreNotAveraged) {
  EXPECT_THAT(Problems("columns { metric: MACRO_AUROC }"
                       "columns { average { columns: 'A' } }"
                       "columns { average { columns: ['A', 'B'] } }"),
              ElementsAre("columns[2].average.columns[1]: 'B' has no metric of "
                          "the same kind as 'A'; their mean is not defined"));
}

TEST(CheckTableTest, NumbersOfColumnsAgree) {
  EXPECT_THAT(Problems("columns { metric: MACRO_AUROC }"),
              ElementsAre("columns: found 1 columns, expected 3 as published"));
  EXPECT_THAT(Problems("", "columns: 'Model' rows { key: 's' }"),
              ElementsAre("published: its row 's' has 0 cells, expected 1"));
}

}  // namespace
}  // namespace cxr
