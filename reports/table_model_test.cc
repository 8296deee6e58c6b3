// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/table_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "reports/toy_table_testing.h"

namespace cxr::reports {
namespace {

using ::testing::ElementsAre;

// More is tested as text, in results_table_test.
class TableModelTest : public ToyTableTest {
 protected:
  spec::TableReport Built(const ResultsTableInput& input) const {
    absl::StatusOr<spec::TableReport> report = BuildTable(input);
    EXPECT_OK(report);
    return report.ok() ? *std::move(report) : spec::TableReport();
  }
  spec::TableReport Built() const { return Built(Input()); }

  // "label: text|text" of each line.
  static std::vector<std::string> Texts(const spec::TableReport& report) {
    std::vector<std::string> texts;
    for (const spec::TableLine& line : report.lines()) {
      std::string& text = texts.emplace_back(absl::StrCat(line.label(), ":"));
      for (const spec::TableCell& cell : line.cells()) {
        absl::StrAppend(&text, " ", cell.text());
      }
    }
    return texts;
  }

  // The row's own cells as one line, and another of untrained weights.
  void MakeLines() {
    spec::RowSpec& row = *table_.mutable_rows(0);
    spec::LineSpec& trained = *row.add_lines();
    trained.set_label("trained");
    *trained.mutable_cells() = row.cells();
    row.clear_cells();
    *row.add_lines() = Parse<spec::LineSpec>(
        "label: 'random weights' cells { column: 'A' experiment: 'r_a' }");
  }
};

TEST_F(TableModelTest, ARowHasALineForEachOfItsKinds) {
  MakeLines();
  results_["s_a"] = Macro(0.75, 0.5);
  results_["s_b"] = Macro(0.75, 0.25);
  results_["r_a"] = Macro(0.5, 0.5);
  results_["r_a"].records[0].add_identity()->set_path(
      "features.vit.weights.random.seed");
  const spec::TableReport report = Built();
  EXPECT_THAT(Texts(report),
              ElementsAre("Toy(S):   ",
                          "published: 83.30 [83.17,83.39] 46.03 (AUPRC) 86.05",
                          "demo, trained: 75.00 25.00 (AUPRC) 50.0",
                          "demo, random weights: 50.00 - -"));
}

TEST_F(TableModelTest, AComputedCellKnowsWhatWasPublishedAtItsPlace) {
  results_["s_a"] = Macro(0.75, 0.5);
  const spec::TableReport report = Built();
  const spec::TableLine& line = report.lines(2);
  EXPECT_EQ(line.kind(), spec::COMPUTED);
  EXPECT_EQ(line.row(), "Toy(S)");
  EXPECT_EQ(line.protocol(), "as_published");
  EXPECT_EQ(line.cells(0).published().value(), 83.3);
  EXPECT_EQ(line.cells(0).published().interval().low(), 83.17);
  EXPECT_EQ(line.cells(2).published().value(), 86.05);
  EXPECT_EQ(report.name(), "table_toy");
  EXPECT_EQ(report.rung(), "demo");
}

TEST_F(TableModelTest, ProtocolsStandSideBySide) {
  MakeLines();
  results_["s_a"] =
      Computed({Value("auroc", "Mass", 0.75), Value("auroc", "macro", 0.75)});
  ResultMap others;
  others["s_a"] = Computed({Value("auroc", "macro", 0.875)});
  spec::ProtocolSpec corrected;
  corrected.set_name("corrected");
  ResultsTableInput input = Input();
  input.protocols.push_back({corrected, others});
  const spec::TableReport report = Built(input);
  EXPECT_THAT(report.protocols(), ElementsAre("as_published", "corrected"));
  EXPECT_THAT(Texts(report),
              ElementsAre("Toy(S):   ",
                          "published: 83.30 [83.17,83.39] 46.03 (AUPRC) 86.05",
                          "demo, trained, as_published: 75.00 MISSING -",
                          "demo, trained, corrected: 87.50 MISSING -",
                          "demo, random weights, as_published: MISSING - -",
                          "demo, random weights, corrected: MISSING - -",
                          "Chance, as_published: 50.00 - -"));
}

TEST_F(TableModelTest, AMeanOfExperimentsIsACell) {
  *table_.mutable_rows(0)->mutable_cells(0) =
      Parse<spec::CellSpec>("column: 'A' mean { experiments: ['s_a', 's_b'] }");
  results_["s_a"] = Macro(0.75, 0.5);
  results_["s_b"] = Macro(0.5, 0.25);
  EXPECT_EQ(Built().lines(2).cells(0).text(), "62.50");
  results_.erase("s_b");
  EXPECT_EQ(Built().lines(2).cells(0).text(), "-");
  EXPECT_EQ(Built().lines(2).cells(0).reason(), "incomplete: no value of s_b");
}

TEST_F(TableModelTest, FactsAreTheSameByAnyRules) {
  *table_.mutable_columns(0) = Parse<spec::ColumnSpec>("facts: true");
  table_.mutable_columns(2)->clear_average();
  table_.mutable_columns(2)->set_facts(true);
  table_.mutable_rows(0)->clear_cells();
  *table_.mutable_rows(0)->add_lines() = Parse<spec::LineSpec>(
      "label: 'counted' cells { column: 'A' counted { quantity: PARAMETERS"
      "  experiments: 's' } }");
  spec::ProtocolSpec corrected;
  ResultsTableInput input = Input();
  input.declared["s"].mutable_backbone()->set_width(1);
  input.protocols.push_back({corrected, results_});
  EXPECT_THAT(Texts(Built(input)),
              ElementsAre("Toy(S):   ",
                          "published: 83.30 [83.17,83.39] 46.03 (AUPRC) 86.05",
                          "counted: 0 - -"));
}

}  // namespace
}  // namespace cxr::reports
