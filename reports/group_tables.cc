// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/group_tables.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cxr/base/with_commas.h"
#include "reports/grid.h"
#include "reports/metric_text.h"

namespace cxr::reports {
namespace {

constexpr int kDecimals = 1;

// "sex=F" -> "sex", "F".
std::pair<std::string, std::string> Split(const std::string& group) {
  return absl::StrSplit(group, absl::MaxSplits('=', 1));
}

// "57.1 [50.2,63.0] (45)", positives last.
std::string ValueText(const spec::MetricValue* value) {
  return value == nullptr ? "-"
                          : absl::StrCat(PercentText(*value, kDecimals), " (",
                                         WithCommas(value->positives()), ")");
}

// One grouping: groups as they stand in the record.
class GroupTable {
 public:
  GroupTable(const spec::RunRecord& score, std::string title)
      : score_(score), title_(std::move(title)) {
    for (const spec::MetricValue& value : score.metrics()) {
      if (Split(value.group()).first != title_) continue;
      AddOnce(value.group(), &groups_);
      if (value.target() != "macro") AddOnce(value.target(), &targets_);
    }
  }

  std::string Render() const {
    Grid grid{.header = {"Target"}};
    for (const std::string& group : groups_) {
      grid.header.push_back(Split(group).second);
    }
    AddCounts("Images", &spec::MetricValue::images, &grid);
    AddCounts("Patients", &spec::MetricValue::patients, &grid);
    for (const std::string& target : targets_) {
      AddValues(target, "auroc", target, &grid);
    }
    AddValues("macro", "auroc", "macro", &grid);
    AddValues("macro, AUPRC", "auprc", "macro", &grid);
    return absl::StrCat("\n## AUROC % by ", title_, "\n\n", ToMarkdown(grid));
  }

 private:
  static void AddOnce(const std::string& name, std::vector<std::string>* to) {
    if (std::find(to->begin(), to->end(), name) == to->end()) {
      to->push_back(name);
    }
  }

  void AddCounts(absl::string_view heading,
                 int64_t (spec::MetricValue::*count)() const,
                 Grid* grid) const {
    std::vector<GridCell> row = {{.text = std::string(heading)}};
    for (const std::string& group : groups_) {
      const spec::MetricValue* value =
          FindMetricOf(score_, group, "auroc", "macro");
      row.push_back(
          {.text = value == nullptr ? "-" : WithCommas((value->*count)())});
    }
    grid->rows.push_back(std::move(row));
  }

  void AddValues(const std::string& heading, absl::string_view metric,
                 absl::string_view target, Grid* grid) const {
    std::vector<GridCell> row = {{.text = heading}};
    for (const std::string& group : groups_) {
      row.push_back(
          {.text = ValueText(FindMetricOf(score_, group, metric, target))});
    }
    grid->rows.push_back(std::move(row));
  }

  const spec::RunRecord& score_;
  const std::string title_;  // "sex"
  std::vector<std::string> groups_;
  std::vector<std::string> targets_;
};

}  // namespace

std::string RenderGroups(const spec::RunRecord& score) {
  std::vector<std::string> titles;
  for (const spec::MetricValue& value : score.metrics()) {
    const std::string title = Split(value.group()).first;
    if (!title.empty() &&
        std::count(titles.begin(), titles.end(), title) == 0) {
      titles.push_back(title);
    }
  }
  if (titles.empty()) return "";
  std::string text;
  for (const std::string& title : titles) {
    absl::StrAppend(&text, GroupTable(score, title).Render());
  }
  return absl::StrCat(
      text,
      "\nIn parentheses the number of positives. A group of images is "
      "scored as if it were all; without both classes of each target a "
      "value is undefined. AUPRC grows with the share of positives.\n");
}

}  // namespace cxr::reports
