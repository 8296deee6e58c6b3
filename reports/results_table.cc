// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/results_table.h"

#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cxr/base/status_macros.h"
#include "reports/footnotes.h"
#include "reports/grid.h"
#include "reports/metric_text.h"
#include "reports/published_grid.h"

namespace cxr::reports {
namespace {

constexpr absl::string_view kPaperRung = "paper";
constexpr absl::string_view kNone = "-";

// As records name it.
std::string MetricName(spec::TableMetric metric) {
  switch (metric) {
    case spec::MACRO_AUROC:
      return "auroc";
    case spec::MACRO_AUPRC:
      return "auprc";
    default:  // No record of this version has one of them.
      return absl::AsciiStrToLower(spec::TableMetric_Name(metric));
  }
}

const ExperimentResult* Find(const ResultMap& results,
                             const std::string& experiment) {
  const auto it = results.find(experiment);
  return it == results.end() ? nullptr : &it->second;
}

class Renderer {
 public:
  explicit Renderer(const ResultsTableInput& input) : input_(input) {}

  absl::StatusOr<ResultsTable> Render() {
    CXR_ASSIGN_OR_RETURN(const Grid grid, MainGrid());
    std::string& text = report_.markdown;
    text = absl::StrCat("# ", WithFamily(input_.table.title(), input_.family),
                        "\n\n", Situation(), "\n\n", ToMarkdown(grid), "\n",
                        notes_.ToText());
    for (const std::string& note : input_.published.notes()) {
      absl::StrAppend(&text, "Published: ", note, "  \n");
    }
    if (input_.rung.name() != kPaperRung &&
        input_.table.has_paper_scale_needs()) {
      absl::StrAppend(&text, "At the paper's scale (--rung=paper) it needs ",
                      input_.table.paper_scale_needs(), "  \n");
    }
    for (const spec::DetailSpec& detail : input_.table.details()) {
      AddDetail(detail);
    }
    AddSanityChecks();
    return std::move(report_);
  }

 private:
  // What kind of numbers the table holds.
  std::string Situation() const {
    if (input_.table.rows_size() == 0) {
      return "As published; this version computes nothing of this table.";
    }
    return absl::StrCat("Rung ", input_.rung.name(), ": ",
                        input_.rung.description(), "  \nProtocol ",
                        input_.protocol.name(), ": ",
                        input_.protocol.description());
  }

  absl::StatusOr<Grid> MainGrid() {
    const spec::TableSpec& table = input_.table;
    CXR_ASSIGN_OR_RETURN(Grid printed,
                         PublishedGrid(input_.published, input_.family));
    if (table.rows_size() == 0) {
      return printed;
    }
    if (table.columns_size() + 1 != input_.published.columns_size()) {
      return absl::InvalidArgumentError(absl::StrCat(
          "the table has ", table.columns_size(),
          " columns, the published one ", input_.published.columns_size() - 1));
    }
    Grid grid;
    grid.header.assign(input_.published.columns().begin(),
                       input_.published.columns().end());
    for (const spec::RowSpec& row : table.rows()) {
      CXR_RETURN_IF_ERROR(AddRow(row, grid));
    }
    return grid;
  }

  absl::Status AddRow(const spec::RowSpec& row, Grid& grid) {
    const std::string label = WithFamily(row.label(), input_.family);
    if (!row.has_published_row()) {
      grid.rows.push_back(ComputedRow(row, label));
      return absl::OkStatus();
    }
    std::vector<GridCell>& heading = grid.rows.emplace_back();
    heading.resize(grid.header.size());
    heading[0] = {.text = label, .bold = true};
    CXR_ASSIGN_OR_RETURN(std::vector<GridCell> published,
                         PublishedRow(row.published_row()));
    grid.rows.push_back(std::move(published));
    grid.rows.push_back(ComputedRow(row, input_.rung.name()));
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<GridCell>> PublishedRow(const std::string& key) {
    for (const spec::PublishedRow& row : input_.published.rows()) {
      if (row.key() != key) {
        continue;
      }
      std::vector<GridCell> cells = {{.text = "published"}};
      for (int i = 1; i < row.cells_size(); ++i) {
        cells.push_back({.text = PublishedWithInterval(row.cells(i))});
      }
      return cells;
    }
    return absl::InvalidArgumentError(
        absl::StrCat("no published row has the key '", key, "'"));
  }

  std::string PublishedWithInterval(const spec::PublishedCell& cell) {
    if (!cell.has_number() || !cell.number().has_interval()) {
      return PublishedText(cell, input_.family).text;
    }
    const spec::PublishedNumber& number = cell.number();
    return absl::StrFormat("%.*f [%.*f,%.*f]%s", number.decimals(),
                           number.value(), number.decimals(),
                           number.interval().low(), number.decimals(),
                           number.interval().high(), cell.suffix());
  }

  std::vector<GridCell> ComputedRow(const spec::RowSpec& row,
                                    std::string label) {
    std::map<std::string, std::string> experiments;
    std::set<std::string> row_notes;
    bool random_weights = false;
    for (const spec::CellSpec& cell : row.cells()) {
      experiments[cell.column()] = cell.experiment();
      AddRowNote(cell.experiment(), row_notes);
      const ExperimentResult* result = Find(input_.results, cell.experiment());
      random_weights |= result != nullptr && HasRandomWeights(*result);
    }
    absl::StrAppend(&label, random_weights ? ", random weights" : "");
    for (const std::string& note : row_notes) {
      absl::StrAppend(&label, " ", notes_.Mark(note));
    }
    std::vector<GridCell> cells = {{.text = std::move(label)}};
    for (int i = 0; i < input_.table.columns_size(); ++i) {
      const spec::ColumnSpec& column = input_.table.columns(i);
      const std::string& header = input_.published.columns(i + 1);
      if (column.has_average()) {
        cells.push_back({.text = AverageText(column, experiments)});
      } else if (experiments.contains(header)) {
        cells.push_back(
            {.text = ComputedText(column, header, experiments[header])});
      } else {
        cells.push_back({.text = std::string(kNone)});
      }
    }
    return cells;
  }

  // What keeps the row's values from being compared with published ones.
  void AddRowNote(const std::string& experiment,
                  std::set<std::string>& row_notes) {
    const ExperimentResult* result = Find(input_.results, experiment);
    if (result == nullptr || result->records.empty()) {
      return;
    }
    row_notes.insert(ComparabilityText(input_.rung, *result));
  }

  std::string ComputedText(const spec::ColumnSpec& column,
                           const std::string& header,
                           const std::string& experiment) {
    const ExperimentResult* result = Find(input_.results, experiment);
    if (result == nullptr) {
      return absl::StrCat("MISSING ", notes_.Mark("not run."));
    }
    if (!result->missing.empty()) {
      return absl::StrCat(
          MissingText(result->missing), " ",
          notes_.Mark(absl::StrCat(MissingReason(result->missing), ".")));
    }
    if (result->records.empty()) {
      return absl::StrCat("FAILED ", notes_.Mark(absl::StrCat(experiment, ": ",
                                                              result->failed)));
    }
    const spec::MetricValue* value = FindMetric(
        result->records.back(), MetricName(column.metric()), "macro");
    if (value == nullptr) {
      return absl::StrCat(
          "FAILED ",
          notes_.Mark(absl::StrCat(experiment, ": its record has no macro ",
                                   MetricName(column.metric()))));
    }
    return absl::StrCat(
        PercentText(*value, column.decimals()), column.suffix(), " ",
        notes_.Mark(absl::StrCat(header, ": ", BasisText(*value), ".")));
  }

  // The metric of the column under a header.
  spec::TableMetric MetricOf(const std::string& header) const {
    for (int i = 0; i < input_.table.columns_size(); ++i) {
      if (input_.published.columns(i + 1) == header) {
        return input_.table.columns(i).metric();
      }
    }
    return spec::TABLE_METRIC_UNSPECIFIED;
  }

  std::string AverageText(
      const spec::ColumnSpec& column,
      const std::map<std::string, std::string>& experiments) const {
    double sum = 0;
    for (const std::string& header : column.average().columns()) {
      const auto it = experiments.find(header);
      const ExperimentResult* result =
          it == experiments.end() ? nullptr : Find(input_.results, it->second);
      if (result == nullptr || result->records.empty()) {
        return std::string(kNone);  // Incomplete: a mean would mislead.
      }
      const spec::MetricValue* value = FindMetric(
          result->records.back(), MetricName(MetricOf(header)), "macro");
      if (value == nullptr || std::isnan(value->value())) {
        return std::string(kNone);
      }
      sum += value->value();
    }
    return absl::StrFormat("%.*f", column.decimals(),
                           100 * sum / column.average().columns_size());
  }

  // The AUROC of every target, one column an experiment.
  void AddDetail(const spec::DetailSpec& detail) {
    Grid grid{.header = {"Target", "Positives"}};
    std::vector<const spec::RunRecord*> scores;
    for (const spec::HeadedExperiment& item : detail.experiments()) {
      const ExperimentResult* result = Find(input_.results, item.experiment());
      if (result != nullptr && !result->records.empty()) {
        grid.header.push_back(WithFamily(item.heading(), input_.family));
        scores.push_back(&result->records.back());
      }
    }
    if (scores.empty()) {
      return;
    }
    for (const spec::MetricValue& first : scores[0]->metrics()) {
      if (first.metric() != "auroc") {
        continue;
      }
      std::vector<GridCell> row = {{.text = first.target()},
                                   {.text = PositivesText(first)}};
      for (const spec::RunRecord* score : scores) {
        const spec::MetricValue* value =
            FindMetric(*score, "auroc", first.target());
        row.push_back({.text = value == nullptr ? std::string(kNone)
                                                : PercentText(*value, 1)});
      }
      grid.rows.push_back(std::move(row));
    }
    absl::StrAppend(&report_.markdown, "\n## ",
                    WithFamily(detail.title(), input_.family), "\n\n",
                    ToMarkdown(grid));
  }

  void AddSanityChecks() {
    if (input_.table.sanity_checks_size() == 0) {
      return;
    }
    absl::StrAppend(&report_.markdown,
                    "\n## Sanity: tasks that any working pipeline solves "
                    "(AUROC %)\n\n");
    for (const spec::SanityCheckSpec& check : input_.table.sanity_checks()) {
      std::vector<std::string> values;
      for (const spec::HeadedExperiment& item : check.experiments()) {
        values.push_back(CheckText(check, item));
      }
      absl::StrAppend(&report_.markdown, "- ", check.label(), ", expected ",
                      absl::StrFormat("%.0f", 100 * check.minimum_auroc()),
                      " or more: ", absl::StrJoin(values, ", "), "\n");
    }
  }

  // The value of a check; remembers it if it is too small for a rung that
  // judges.
  std::string CheckText(const spec::SanityCheckSpec& check,
                        const spec::HeadedExperiment& item) {
    const std::string heading = WithFamily(item.heading(), input_.family);
    const ExperimentResult* result = Find(input_.results, item.experiment());
    const spec::MetricValue* value =
        result == nullptr || result->records.empty()
            ? nullptr
            : FindMetric(result->records.back(), "auroc", "macro");
    if (value == nullptr) {
      return absl::StrCat(heading, " MISSING");
    }
    std::string text = absl::StrCat(heading, " ", PercentText(*value, 1));
    // Written so that NaN fails.
    if (input_.rung.judges_sanity_checks() &&
        !(value->value() >= check.minimum_auroc())) {
      absl::StrAppend(&text, " BELOW");
      report_.failed_checks.push_back(absl::StrCat(check.label(), ": ", text));
    }
    return text;
  }

  const ResultsTableInput& input_;
  ResultsTable report_;
  Footnotes notes_;
};

}  // namespace

absl::StatusOr<ResultsTable> RenderResultsTable(
    const ResultsTableInput& input) {
  return Renderer(input).Render();
}

}  // namespace cxr::reports
