// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/table_details.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "reports/grid.h"
#include "reports/metric_text.h"
#include "reports/published_grid.h"
#include "reports/result_cell.h"

namespace cxr::reports {
namespace {

// Null if the experiment has no record.
const spec::RunRecord* ScoreOf(const ResultMap& results,
                               const std::string& experiment) {
  const ExperimentResult* result = FindResult(results, experiment);
  return result == nullptr || result->records.empty() ? nullptr
                                                      : &result->records.back();
}

// A heading, with the protocol where there are two.
std::string Heading(const ResultsTableInput& input,
                    const spec::HeadedExperiment& item,
                    const ProtocolResults& results) {
  const std::string heading = WithFamily(item.heading(), input.family);
  return input.protocols.size() == 1
             ? heading
             : absl::StrCat(heading, ", ", results.protocol.name());
}

std::string DetailText(const ResultsTableInput& input,
                       const spec::DetailSpec& detail) {
  Grid grid{.header = {"Target", "Positives"}};
  std::vector<const spec::RunRecord*> scores;
  for (const spec::HeadedExperiment& item : detail.experiments()) {
    for (const ProtocolResults& results : input.protocols) {
      const spec::RunRecord* score =
          ScoreOf(results.results, item.experiment());
      if (score != nullptr) {
        grid.header.push_back(Heading(input, item, results));
        scores.push_back(score);
      }
    }
  }
  if (scores.empty()) {
    return "";
  }
  for (const spec::MetricValue& first : scores[0]->metrics()) {
    if (first.metric() != "auroc" || first.has_group()) {
      continue;
    }
    std::vector<GridCell> row = {{.text = first.target()},
                                 {.text = PositivesText(first)}};
    for (const spec::RunRecord* score : scores) {
      const spec::MetricValue* value =
          FindMetric(*score, "auroc", first.target());
      row.push_back({.text = value == nullptr ? std::string(kNothing)
                                              : PercentText(*value, 1)});
    }
    grid.rows.push_back(std::move(row));
  }
  return absl::StrCat("\n## ", WithFamily(detail.title(), input.family), "\n\n",
                      ToMarkdown(grid));
}

// The value of a check; remembers it if it is too small for a rung that judges.
std::string CheckText(const ResultsTableInput& input,
                      const spec::SanityCheckSpec& check,
                      const spec::HeadedExperiment& item,
                      const ProtocolResults& results,
                      std::vector<std::string>* failed) {
  const std::string heading = Heading(input, item, results);
  const spec::RunRecord* score = ScoreOf(results.results, item.experiment());
  const spec::MetricValue* value =
      score == nullptr ? nullptr : FindMetric(*score, "auroc", "macro");
  if (value == nullptr) {
    return absl::StrCat(heading, " MISSING");
  }
  std::string text = absl::StrCat(heading, " ", PercentText(*value, 1));
  // Written so that NaN fails.
  if (input.rung.judges_sanity_checks() &&
      !(value->value() >= check.minimum_auroc())) {
    absl::StrAppend(&text, " BELOW");
    failed->push_back(absl::StrCat(check.label(), ": ", text));
  }
  return text;
}

}  // namespace

std::string DetailsText(const ResultsTableInput& input) {
  std::string text;
  for (const spec::DetailSpec& detail : input.table.details()) {
    text += DetailText(input, detail);
  }
  return text;
}

SanityChecks CheckSanity(const ResultsTableInput& input) {
  SanityChecks checks;
  if (input.table.sanity_checks_size() == 0) {
    return checks;
  }
  checks.markdown =
      "\n## Sanity: tasks that any working pipeline solves (AUROC %)\n\n";
  for (const spec::SanityCheckSpec& check : input.table.sanity_checks()) {
    std::vector<std::string> values;
    for (const spec::HeadedExperiment& item : check.experiments()) {
      for (const ProtocolResults& results : input.protocols) {
        values.push_back(
            CheckText(input, check, item, results, &checks.failed));
      }
    }
    absl::StrAppend(&checks.markdown, "- ", check.label(), ", expected ",
                    absl::StrFormat("%.0f", 100 * check.minimum_auroc()),
                    " or more: ", absl::StrJoin(values, ", "), "\n");
  }
  return checks;
}

}  // namespace cxr::reports
