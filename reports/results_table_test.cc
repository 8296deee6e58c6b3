// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/results_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/testing.h"
#include "reports/toy_table_testing.h"

namespace cxr::reports {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

class ResultsTableTest : public ToyTableTest {
 protected:
  absl::StatusOr<ResultsTable> Render() const {
    return RenderResultsTable(Input());
  }

  // The text, runs of blanks as one: tests speak of cells, not of padding.
  std::string Text() const {
    const absl::StatusOr<ResultsTable> report = Render();
    EXPECT_OK(report);
    std::string text = report.ok() ? report->markdown : "";
    while (absl::StrReplaceAll({{"  ", " "}}, &text) > 0) {
    }
    return text;
  }
};

// Written down by hand from the description of the format.
TEST_F(ResultsTableTest, AWholeTable) {
  results_["s_a"] =
      Computed({Value("auroc", "Mass", 0.5), Value("auroc", "Edema", 0.75),
                WithInterval(Value("auroc", "macro", 0.625), 0.6, 0.6789)});
  results_["s_b"].missing = "data: B is licensed";
  *table_.add_details() = Parse<spec::DetailSpec>(
      "title: 'Targets of {family}' "
      "experiments { heading: 'S' experiment: 's_a' }");
  table_.set_paper_scale_needs("much.");
  results_["v"] = Macro(0.99, 0.99);
  AddCheck(0.9);
  ASSERT_OK_AND_ASSIGN(const ResultsTable report, Render());
  EXPECT_EQ(
      report.markdown,
      "# Toy: toy\n"
      "\n"
      "Rung demo: small.  \nProtocol as_published: as it was.\n"
      "\n"
      "| Model      | A                       | B                 | Avg.  |\n"
      "| ---------- | ----------------------- | ----------------- | ----- |\n"
      "| **Toy(S)** |                         |                   |       |\n"
      "| published  | 83.30 [83.17,83.39]     | 46.03 (AUPRC)     | 86.05 |\n"
      "| demo (a)   | 62.50 [60.00,67.89] (b) | MISSING(data) (c) | -     |\n"
      "| Chance (d) | 50.00                   | -                 | -     |\n"
      "\n"
      "(a) NOT_COMPARABLE(rung demo): random weights.  \n"
      "(b) A: 1,000 images of 264 patients, 491 positive labels; 95 % toy; "
      "profile TOY.  \n"
      "(c) B is licensed.  \n"
      "(d) The same answer for every image.  \n"
      "Published: printed by hand.  \n"
      "At the paper's scale (--rung=paper) it needs much.  \n"
      "\n"
      "## Targets of Toy\n"
      "\n"
      "| Target | Positives    | S                |\n"
      "| ------ | ------------ | ---------------- |\n"
      "| Mass   | 491 of 1,000 | 50.0             |\n"
      "| Edema  | 491 of 1,000 | 75.0             |\n"
      "| macro  | 491 labels   | 62.5 [60.0,67.9] |\n"
      "\n"
      "## Sanity: tasks that any working pipeline solves (AUROC %)\n"
      "\n"
      "- view, expected 90 or more: Toy 99.0\n");
  EXPECT_THAT(report.failed_checks, IsEmpty());
}

TEST_F(ResultsTableTest, TheSameInputGivesTheSameBytes) {
  results_["s_a"] = Macro(0.8, 0.3);
  ASSERT_OK_AND_ASSIGN(const ResultsTable first, Render());
  ASSERT_OK_AND_ASSIGN(const ResultsTable second, Render());
  EXPECT_EQ(first.markdown, second.markdown);
}

TEST_F(ResultsTableTest, EachColumnShowsItsMetric) {
  results_["s_a"] = Macro(0.8, 0.3);
  results_["s_b"] = Macro(0.7, 0.25);
  EXPECT_THAT(Text(), HasSubstr("| demo (a) | 80.00 (b) | 25.00 (AUPRC) (c) |"
                                " 52.5 |"));
}

TEST_F(ResultsTableTest, UndefinedValuesAreSaidAndNotAveraged) {
  results_["s_a"] = Macro(kNan, 0.3);
  results_["s_b"] = Macro(0.7, 0.25);
  EXPECT_THAT(Text(), HasSubstr("| undefined (b) | 25.00 (AUPRC) (c) | - |"));
}

TEST_F(ResultsTableTest, FailuresAreToldApart) {
  results_["s_a"].failed = "x.png: truncated";
  results_["s_b"] = Computed({Value("auroc", "macro", 0.8)});
  const std::string text = Text();
  EXPECT_THAT(text, HasSubstr("| FAILED (b) | FAILED (c) | - |"));
  EXPECT_THAT(text, HasSubstr("(b) s_a: x.png: truncated"));
  EXPECT_THAT(text, HasSubstr("(c) s_b: its record has no macro auprc"));
}

TEST_F(ResultsTableTest, ExperimentsWithoutAResultWereNotRun) {
  const std::string text = Text();
  EXPECT_THAT(text, HasSubstr("| demo | MISSING (a) | MISSING (a) | - |"));
  EXPECT_THAT(text, HasSubstr("(a) not run. \n"));
}

TEST_F(ResultsTableTest, EqualFootnotesShareALetter) {
  results_["s_a"].missing = "data: X is licensed";
  results_["s_b"].missing = "data: X is licensed";
  const std::string text = Text();
  EXPECT_THAT(text, HasSubstr("| MISSING(data) (a) | MISSING(data) (a) |"));
  EXPECT_THAT(text, Not(HasSubstr("(b)")));
}

TEST_F(ResultsTableTest, AnAverageNeedsAllItsColumns) {
  table_.mutable_columns(2)->mutable_average()->clear_columns();
  table_.mutable_columns(2)->mutable_average()->add_columns("A");
  results_["s_a"] = Macro(0.8123, 0.3);
  results_["s_b"].missing = "data: B is licensed";
  EXPECT_THAT(Text(), HasSubstr("| MISSING(data) (c) | 81.2 |"));
  table_.mutable_columns(2)->mutable_average()->add_columns("B");
  EXPECT_THAT(Text(), HasSubstr("| MISSING(data) (c) | - |"));
}

TEST_F(ResultsTableTest, OnlyThePapersRungIsComparable) {
  results_["s_a"] = Macro(0.8, 0.3);
  EXPECT_THAT(Text(), HasSubstr("(a) NOT_COMPARABLE(rung demo): random"));
  table_.set_paper_scale_needs("much.");
  rung_.set_name("paper");
  const std::string text = Text();
  EXPECT_THAT(text, Not(HasSubstr("NOT_COMPARABLE")));
  EXPECT_THAT(text, Not(HasSubstr("At the paper's scale")));
  EXPECT_THAT(text, HasSubstr("| paper (a) | 80.00 (b) |"));
  EXPECT_THAT(text, HasSubstr("(a) random weights. \n"));
}

TEST_F(ResultsTableTest, ARowOfUntrainedBackbonesSaysSo) {
  results_["s_a"] = Macro(0.8, 0.3);
  results_["s_a"].records[0].add_identity()->set_path(
      "features.vit.weights.random.seed");
  EXPECT_THAT(Text(), HasSubstr("| demo, random weights (a) | 80.00"));
}

TEST_F(ResultsTableTest, ARowTellsEveryKindOfEvidenceInIt) {
  results_["s_a"] = Computed({Value("auroc", "macro", 0.8)}, "one kind");
  results_["s_b"] = Computed({Value("auprc", "macro", 0.8)}, "another kind");
  EXPECT_THAT(Text(), HasSubstr("| demo (a) (b) |"));
}

TEST_F(ResultsTableTest, AControlHasNoPublishedRow) {
  table_.mutable_rows(0)->clear_published_row();
  table_.mutable_rows(0)->set_label("no backbone");
  table_.mutable_rows(0)->mutable_cells()->RemoveLast();
  results_["s_a"] = Macro(0.8, 0.3);
  const std::string text = Text();
  EXPECT_THAT(text, HasSubstr("| no backbone (a) | 80.00 (b) | - | - |"));
  EXPECT_THAT(text, Not(HasSubstr("| published")));
}

TEST_F(ResultsTableTest, ATableWithoutRowsIsThePublishedOne) {
  table_.clear_rows();
  table_.clear_columns();
  const std::string text = Text();
  EXPECT_THAT(text,
              HasSubstr("| Toy(S) | **83.30** | 46.03 (AUPRC) | 86.05 |"));
  EXPECT_THAT(text, HasSubstr("As published; this version computes nothing"));
  EXPECT_THAT(text, Not(HasSubstr("Rung")));
}

TEST_F(ResultsTableTest, DetailsLeaveOutWhatWasNotRun) {
  *table_.add_details() = Parse<spec::DetailSpec>(
      "title: 'Targets' "
      "experiments { heading: 'S' experiment: 's_a' } "
      "experiments { heading: 'B' experiment: 'b_a' } "
      "experiments { heading: 'Pixels' experiment: 'p_a' }");
  EXPECT_THAT(Text(), Not(HasSubstr("## Targets")));
  results_["b_a"] =
      Computed({Value("auroc", "Mass", 0.5), Value("auroc", "Edema", kNan)});
  results_["p_a"] = Computed({Value("auroc", "Mass", 0.25)});
  EXPECT_THAT(Text(), HasSubstr("| Target | Positives | B | Pixels |\n"
                                "| ------ | ------------ | --------- | ------ "
                                "|\n"
                                "| Mass | 491 of 1,000 | 50.0 | 25.0 |\n"
                                "| Edema | 491 of 1,000 | undefined | - |\n"));
}

TEST_F(ResultsTableTest, AValueBelowItsBoundFailsTheCheck) {
  results_["v"] = Macro(0.8996, 1);
  AddCheck(0.9);
  ASSERT_OK_AND_ASSIGN(const ResultsTable report, Render());
  EXPECT_THAT(report.markdown,
              HasSubstr("- view, expected 90 or more: Toy 90.0 BELOW\n"));
  EXPECT_THAT(report.failed_checks, ElementsAre("view: Toy 90.0 BELOW"));
}

TEST_F(ResultsTableTest, AValueAtItsBoundPassesTheCheck) {
  results_["v"] = Macro(0.75, 0);
  AddCheck(0.75);
  ASSERT_OK_AND_ASSIGN(const ResultsTable report, Render());
  EXPECT_THAT(report.markdown, HasSubstr("or more: Toy 75.0\n"));
  EXPECT_THAT(report.failed_checks, IsEmpty());
}

TEST_F(ResultsTableTest, AnUndefinedValueFailsTheCheck) {
  results_["v"] = Macro(kNan, 1);
  AddCheck(0.9);
  ASSERT_OK_AND_ASSIGN(const ResultsTable report, Render());
  EXPECT_THAT(report.failed_checks, ElementsAre("view: Toy undefined BELOW"));
}

TEST_F(ResultsTableTest, ACheckThatWasNotRunIsMissingAndNotFailed) {
  AddCheck(0.9);
  ASSERT_OK_AND_ASSIGN(const ResultsTable report, Render());
  EXPECT_THAT(report.markdown, HasSubstr("or more: Toy MISSING\n"));
  EXPECT_THAT(report.failed_checks, IsEmpty());
}

TEST_F(ResultsTableTest, ColumnsMustBeThePublishedOnes) {
  table_.mutable_columns()->RemoveLast();
  EXPECT_THAT(Render(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "the table has 2 columns, the published one 3"));
}

TEST_F(ResultsTableTest, RowsMustBePublishedOnes) {
  table_.mutable_rows(0)->set_published_row("xl");
  EXPECT_THAT(Render(), StatusIs(absl::StatusCode::kInvalidArgument,
                                 "no published row has the key 'xl'"));
}

TEST_F(ResultsTableTest, PublishedRowsMustFitTheirHeader) {
  published_.mutable_rows(0)->add_cells()->set_text("one too many");
  EXPECT_THAT(Render(), StatusIs(absl::StatusCode::kInvalidArgument,
                                 "published row 's' has 5 cells, expected 4"));
}

}  // namespace
}  // namespace cxr::reports
