// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/study_table.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reports/footnotes.h"
#include "reports/grid.h"
#include "reports/metric_text.h"
#include "reports/seed_mean.h"

namespace cxr::reports {
namespace {

// Digits after the point of a percentage, as in the paper's tables.
constexpr int kDecimals = 2;
constexpr absl::string_view kMacro = "macro";

std::string ValueText(const ExperimentResult& result, absl::string_view metric,
                      Footnotes& notes) {
  const spec::MetricValue* value =
      FindMetric(result.records.back(), metric, kMacro);
  if (value == nullptr) {
    return "-";
  }
  std::string basis = BasisText(*value);
  std::string lost;
  if (result.seeds.has_value()) {
    basis = absl::StrCat(SeedsText(*result.seeds, metric, kMacro), "; ", basis);
    lost = LostSeedsText(*result.seeds);
  }
  return absl::StrCat(PercentText(*value, kDecimals),
                      lost.empty() ? "" : absl::StrCat(" (", lost, ")"), " ",
                      notes.Mark(absl::StrCat(basis, ".")));
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
  const std::string mark = notes.Mark(ComparabilityText(input.rung, result));
  return {{.text = absl::StrCat(ValueText(result, "auroc", notes), " ", mark)},
          {.text = ValueText(result, "auprc", notes)}};
}

// The points of a cell; of a mean over seeds "mean" in the axes of seeds.
std::vector<GridCell> Points(const StudyCell& cell, bool is_mean) {
  std::vector<GridCell> points;
  for (const CellPoint& point : cell.points) {
    points.push_back({.text = is_mean && point.axis->has_seeds()
                                  ? "mean"
                                  : PointName(*point.axis, point.index)});
  }
  return points;
}

// The place of the last cell of each name without seeds.
std::map<std::string, size_t> LastOfSeeds(const StudyTableInput& input) {
  std::map<std::string, size_t> last;
  for (size_t i = 0; i < input.cells.size(); ++i) {
    last[UnseededName(input.cells[i], input.study_name)] = i;
  }
  return last;
}

// The mean over the seeds of the name `name`, of which `cell` is one; nothing
// if there is none.
void AddMean(const StudyTableInput& input, const std::string& name,
             const StudyCell& cell, Grid& grid, Footnotes& notes) {
  const auto mean = input.results.find(name);
  if (mean == input.results.end() || !mean->second.seeds.has_value() ||
      mean->second.seeds->declared.size() < 2 ||
      mean->second.seeds->ended_well.empty()) {
    return;
  }
  std::vector<GridCell>& row = grid.rows.emplace_back();
  row = Points(cell, /*is_mean=*/true);
  for (GridCell& value : Values(input, name, notes)) {
    row.push_back(std::move(value));
  }
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
  const std::map<std::string, size_t> last = LastOfSeeds(input);
  for (size_t i = 0; i < input.cells.size(); ++i) {
    const StudyCell& cell = input.cells[i];
    std::vector<GridCell>& row = grid.rows.emplace_back();
    row = Points(cell, /*is_mean=*/false);
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
    const std::string name = UnseededName(cell, input.study_name);
    if (last.at(name) == i) {
      AddMean(input, name, cell, grid, notes);
    }
  }
  return absl::StrCat("# ", input.name, "\n\n", input.study.description(),
                      "\n\nRung ", input.rung.name(), ": ",
                      input.rung.description(), "  \nProtocol ",
                      input.protocol.name(), ": ", input.protocol.description(),
                      "\n\n", ToMarkdown(grid), "\n", notes.ToText());
}

}  // namespace cxr::reports
