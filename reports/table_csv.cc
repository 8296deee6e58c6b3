// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/table_csv.h"

#include <cmath>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cxr/base/csv.h"

namespace cxr::reports {
namespace {

constexpr absl::string_view kHeader =
    "table,row,line,kind,protocol,column,status,text,value,low,high,interval,"
    "images,patients,positives,profile,seeds,seeds_ended_well,"
    "standard_deviation,synthetic,experiments,published,published_low,"
    "published_high,reason\n";

// So that it reads back as the same double; empty for NaN.
std::string Number(double value) {
  return std::isnan(value) ? "" : absl::StrFormat("%.17g", value);
}

// What the metric behind a cell says: seven cells.
void AddMetric(const spec::TableCell& cell, std::vector<std::string>& row) {
  const spec::MetricValue& metric = cell.metric();
  const bool has_interval = metric.has_interval();
  const auto count = [&](int64_t number) {
    return cell.has_metric() ? absl::StrCat(number) : "";
  };
  row.insert(
      row.end(),
      {has_interval ? Number(100 * metric.interval().low()) : "",
       has_interval ? Number(100 * metric.interval().high()) : "",
       metric.interval().kind(), count(metric.images()),
       count(metric.patients()), count(metric.positives()), metric.profile()});
}

void AddSeeds(const spec::TableCell& cell, std::vector<std::string>& row) {
  if (!cell.has_seeds()) {
    row.insert(row.end(), 3, "");
    return;
  }
  const spec::SeedBasis& seeds = cell.seeds();
  row.insert(
      row.end(),
      {absl::StrCat(seeds.declared()), absl::StrCat(seeds.ended_well_size()),
       seeds.has_standard_deviation() ? Number(100 * seeds.standard_deviation())
                                      : ""});
}

void AddPublished(const spec::TableCell& cell, std::vector<std::string>& row) {
  const spec::PublishedNumber& published = cell.published();
  const bool has_interval = published.has_interval();
  row.insert(row.end(),
             {cell.has_published() ? Number(published.value()) : "",
              has_interval ? Number(published.interval().low()) : "",
              has_interval ? Number(published.interval().high()) : ""});
}

std::string Line(const spec::TableReport& table, const spec::TableLine& line,
                 const spec::TableCell& cell) {
  std::vector<std::string> row = {
      table.name(),
      line.row(),
      line.label(),
      absl::AsciiStrToLower(spec::LineKind_Name(line.kind())),
      line.protocol(),
      cell.column(),
      absl::AsciiStrToLower(spec::CellStatus_Name(cell.status())),
      cell.text(),
      cell.has_value() ? Number(cell.value()) : ""};
  AddMetric(cell, row);
  AddSeeds(cell, row);
  row.push_back(cell.synthetic() ? "SYNTHETIC" : "");
  row.push_back(absl::StrJoin(cell.experiments(), " "));
  AddPublished(cell, row);
  row.push_back(cell.reason());
  return absl::StrCat(
      absl::StrJoin(row, ",",
                    [](std::string* out, const std::string& text) {
                      absl::StrAppend(out, CsvCell(text));
                    }),
      "\n");
}

}  // namespace

std::string TableCsv(const spec::TableReports& reports) {
  std::string text(kHeader);
  for (const spec::TableReport& table : reports.tables()) {
    for (const spec::TableLine& line : table.lines()) {
      for (const spec::TableCell& cell : line.cells()) {
        if (line.kind() != spec::HEADING && cell.status() != spec::EMPTY) {
          text += Line(table, line, cell);
        }
      }
    }
  }
  return text;
}

}  // namespace cxr::reports
