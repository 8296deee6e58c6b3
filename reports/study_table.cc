// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/study_table.h"

#include "absl/strings/str_cat.h"
#include "reports/footnotes.h"
#include "reports/grid.h"
#include "reports/metric_text.h"

namespace cxr::reports {
namespace {

// Digits after the point of a percentage, as in the paper's tables.
constexpr int kDecimals = 2;

std::string ValueText(const spec::RunRecord& score, absl::string_view metric,
                      Footnotes& notes) {
  const spec::MetricValue* value = FindMetric(score, metric, "macro");
  return value == nullptr
             ? "-"
             : absl::StrCat(PercentText(*value, kDecimals), " ",
                            notes.Mark(absl::StrCat(BasisText(*value), ".")));
}

// The cells of the two metrics.
std::vector<GridCell> Values(const StudyTableInput& input,
                             const std::string& cell, Footnotes& notes) {
  const auto it = input.results.find(cell);
  if (it == input.results.end()) {
    return {{.text = "not run"}, {.text = "not run"}};
  }
  const ExperimentResult& result = it->second;
  if (!result.missing.empty()) {
    const std::string text = absl::StrCat(
        MissingText(result.missing), " ",
        notes.Mark(absl::StrCat(MissingReason(result.missing), ".")));
    return {{.text = text}, {.text = text}};
  }
  if (result.records.empty()) {
    const std::string text = absl::StrCat("FAILED ", notes.Mark(result.failed));
    return {{.text = text}, {.text = text}};
  }
  const spec::RunRecord& score = result.records.back();
  const std::string mark = notes.Mark(ComparabilityText(input.rung, result));
  return {{.text = absl::StrCat(ValueText(score, "auroc", notes), " ", mark)},
          {.text = ValueText(score, "auprc", notes)}};
}

}  // namespace

std::string RenderStudy(const StudyTableInput& input) {
  Grid grid;
  if (!input.cells.empty()) {
    for (const CellPoint& point : input.cells[0].points) {
      grid.header.push_back(point.axis->name());
    }
  }
  grid.header.insert(grid.header.end(), {"Macro AUROC %", "Macro AUPRC %"});
  Footnotes notes;
  for (const StudyCell& cell : input.cells) {
    std::vector<GridCell>& row = grid.rows.emplace_back();
    for (const CellPoint& point : cell.points) {
      row.push_back({.text = PointName(*point.axis, point.index)});
    }
    for (GridCell& value : Values(input, cell.name, notes)) {
      row.push_back(std::move(value));
    }
    const auto same = input.same_as.find(cell.name);
    if (same != input.same_as.end()) {
      absl::StrAppend(&row.back().text, " ",
                      notes.Mark(absl::StrCat("Under these rules it computes "
                                              "what ",
                                              same->second, " does.")));
    }
  }
  return absl::StrCat("# ", input.name, "\n\n", input.study.description(),
                      "\n\nRung ", input.rung.name(), ": ",
                      input.rung.description(), "  \nProtocol ",
                      input.protocol.name(), ": ", input.protocol.description(),
                      "\n\n", ToMarkdown(grid), "\n", notes.ToText());
}

}  // namespace cxr::reports
