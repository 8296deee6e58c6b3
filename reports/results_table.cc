// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/results_table.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"
#include "reports/table_details.h"
#include "reports/table_markdown.h"
#include "reports/table_model.h"

namespace cxr::reports {
namespace {

constexpr absl::string_view kPaperRung = "paper";

// What kind of numbers the table holds.
std::string Situation(const ResultsTableInput& input) {
  if (input.table.rows_size() == 0) {
    return "As published; this version computes nothing of this table.";
  }
  std::string text =
      absl::StrCat("Rung ", input.rung.name(), ": ", input.rung.description());
  for (const ProtocolResults& results : input.protocols) {
    absl::StrAppend(&text, "  \nProtocol ", results.protocol.name(), ": ",
                    results.protocol.description());
  }
  return text;
}

}  // namespace

absl::StatusOr<ResultsTable> RenderResultsTable(
    const ResultsTableInput& input) {
  ResultsTable table;
  CXR_ASSIGN_OR_RETURN(table.report, BuildTable(input));
  table.markdown =
      absl::StrCat("# ", table.report.title(), "\n\n", Situation(input), "\n\n",
                   TableGrid(table.report));
  for (const std::string& note : table.report.published_notes()) {
    absl::StrAppend(&table.markdown, "Published: ", note, "  \n");
  }
  if (input.rung.name() != kPaperRung && input.table.has_paper_scale_needs()) {
    absl::StrAppend(&table.markdown,
                    "At the paper's scale (--rung=paper) it needs ",
                    input.table.paper_scale_needs(), "  \n");
  }
  SanityChecks checks = CheckSanity(input);
  absl::StrAppend(&table.markdown, DifferencesText(table.report),
                  DetailsText(input), checks.markdown);
  table.failed_checks = std::move(checks.failed);
  return table;
}

}  // namespace cxr::reports
