// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/check_table.h"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace cxr {
namespace {

class Checker {
 public:
  Checker(const spec::TableSpec& table, const spec::PublishedValues& published,
          absl::string_view file)
      : table_(table), published_(published), file_(file) {
    for (int i = 0;
         i < table.columns_size() && i + 1 < published.columns_size(); ++i) {
      columns_[published.columns(i + 1)] = &table.columns(i);
    }
    for (const spec::PublishedRow& row : published.rows()) {
      keys_.insert(row.key());
    }
  }

  std::vector<SpecIssue> Check() {
    for (const spec::PublishedRow& row : published_.rows()) {
      if (row.cells_size() != published_.columns_size()) {
        Add("published",
            absl::StrCat("its row '", row.key(), "' has ", row.cells_size(),
                         " cells, expected ", published_.columns_size()));
      }
    }
    if (table_.columns_size() > 0 &&
        table_.columns_size() + 1 != published_.columns_size()) {
      Add("columns",
          absl::StrCat("found ", table_.columns_size(), " columns, expected ",
                       published_.columns_size() - 1, " as published"));
      return std::move(issues_);
    }
    CheckAverages();
    CheckRows();
    return std::move(issues_);
  }

 private:
  void CheckAverages() {
    for (const spec::ColumnSpec& column : table_.columns()) {
      for (const std::string& header : column.average().columns()) {
        const auto it = columns_.find(header);
        if (it == columns_.end()) {
          AddUnknownColumn("columns.average.columns", header);
        } else if (it->second->metric() != spec::MACRO_AUROC) {
          Add("columns.average.columns",
              absl::StrCat("'", header,
                           "' is no AUROC; means of other metrics "
                           "are not defined"));
        }
      }
    }
  }

  void CheckRows() {
    for (const spec::RowSpec& row : table_.rows()) {
      if (row.has_published_row() && !keys_.contains(row.published_row())) {
        Add("rows.published_row",
            absl::StrCat("no published row '", row.published_row(),
                         "'; there are: ", absl::StrJoin(keys_, ", ")));
      }
      std::set<std::string> seen;
      for (const spec::CellSpec& cell : row.cells()) {
        if (!columns_.contains(cell.column())) {
          AddUnknownColumn("rows.cells.column", cell.column());
        } else if (!seen.insert(cell.column()).second) {
          Add("rows.cells.column",
              absl::StrCat("'", cell.column(), "' stands there twice in '",
                           row.label(), "'"));
        }
      }
    }
  }

  void AddUnknownColumn(std::string field, const std::string& header) {
    Add(std::move(field),
        absl::StrCat("no column '", header, "'; there are: ",
                     absl::StrJoin(published_.columns(), ", ")));
  }

  void Add(std::string field, std::string message) {
    issues_.push_back({.file = std::string(file_),
                       .field = std::move(field),
                       .message = std::move(message)});
  }

  const spec::TableSpec& table_;
  const spec::PublishedValues& published_;
  absl::string_view file_;
  std::map<std::string, const spec::ColumnSpec*> columns_;
  std::set<std::string> keys_;
  std::vector<SpecIssue> issues_;
};

}  // namespace

std::vector<SpecIssue> CheckTable(const spec::TableSpec& table,
                                  const spec::PublishedValues& published,
                                  absl::string_view file) {
  return Checker(table, published, file).Check();
}

}  // namespace cxr
