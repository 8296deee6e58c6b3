// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/epoch_log.h"

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cxr/base/csv.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

constexpr char kHeader[] = "round,epoch,member,training_loss,validation";

absl::StatusOr<EpochLine> ParseLine(const CsvTable::Row& row,
                                    absl::string_view name) {
  EpochLine line;
  const std::vector<std::string>& cells = row.cells;
  bool good = absl::SimpleAtoi(cells[0], &line.round) &&
              absl::SimpleAtoi(cells[1], &line.epoch) &&
              absl::SimpleAtoi(cells[2], &line.member) &&
              absl::SimpleAtod(cells[3], &line.training_loss);
  if (!cells[4].empty()) {
    good &= absl::SimpleAtod(cells[4], &line.validation.emplace());
  }
  if (good) return line;
  return absl::DataLossError(absl::StrCat(name, ":", row.line, ": found '",
                                          absl::StrJoin(cells, ","),
                                          "', expected numbers"));
}

}  // namespace

std::string ToCsv(absl::Span<const EpochLine> lines) {
  std::string csv = absl::StrCat(kHeader, "\n");
  for (const EpochLine& line : lines) {
    absl::StrAppendFormat(&csv, "%d,%d,%d,%.17g,", line.round, line.epoch,
                          line.member, line.training_loss);
    if (line.validation.has_value()) {
      absl::StrAppendFormat(&csv, "%.17g", *line.validation);
    }
    csv += "\n";
  }
  return csv;
}

absl::StatusOr<std::vector<EpochLine>> EpochLinesFromCsv(
    absl::string_view text, absl::string_view name) {
  CXR_ASSIGN_OR_RETURN(const CsvTable table, CsvTable::Parse(text, name));
  if (absl::StrJoin(table.header(), ",") != kHeader) {
    return absl::DataLossError(
        absl::StrCat(name, ":1: expected the columns ", kHeader));
  }
  std::vector<EpochLine> lines;
  for (const CsvTable::Row& row : table.rows()) {
    CXR_ASSIGN_OR_RETURN(EpochLine line, ParseLine(row, name));
    lines.push_back(line);
  }
  return lines;
}

}  // namespace cxr
