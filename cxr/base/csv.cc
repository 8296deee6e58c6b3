// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/csv.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

// Splits text into rows of cells, one at a time.
class Scanner {
 public:
  Scanner(absl::string_view text, absl::string_view name)
      : text_(text), name_(name) {}

  bool done() const { return at_ >= text_.size(); }

  absl::StatusOr<CsvTable::Row> NextRow() {
    CsvTable::Row row;
    row.line = line_;
    while (true) {
      CXR_ASSIGN_OR_RETURN(std::string cell, NextCell());
      row.cells.push_back(std::move(cell));
      if (done() || text_[at_] != ',') {
        break;
      }
      ++at_;
    }
    if (!done()) {  // The line's end: NextCell stops only there or at ','.
      ++at_;
      ++line_;
    }
    return row;
  }

 private:
  absl::StatusOr<std::string> NextCell() {
    if (!done() && text_[at_] == '"') {
      return QuotedCell();
    }
    const size_t begin = at_;
    while (!done() && text_[at_] != ',' && text_[at_] != '\n') {
      ++at_;
    }
    absl::string_view cell = text_.substr(begin, at_ - begin);
    if (done() || text_[at_] == '\n') {
      absl::ConsumeSuffix(&cell, "\r");
    }
    return std::string(cell);
  }

  absl::StatusOr<std::string> QuotedCell() {
    const int opened = line_;
    std::string cell;
    for (++at_; !done(); ++at_) {
      if (text_[at_] != '"') {
        line_ += text_[at_] == '\n' ? 1 : 0;
        cell.push_back(text_[at_]);
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        cell.push_back('"');
        ++at_;
      } else {
        ++at_;
        return EndOfQuotedCell(std::move(cell));
      }
    }
    return absl::DataLossError(
        absl::StrCat(name_, ":", opened, ": quote is never closed"));
  }

  absl::StatusOr<std::string> EndOfQuotedCell(std::string cell) {
    if (!done() && text_[at_] == '\r') {
      ++at_;
    }
    if (!done() && text_[at_] != ',' && text_[at_] != '\n') {
      return absl::DataLossError(absl::StrCat(
          name_, ":", line_, ": found '", std::string(1, text_[at_]),
          "' after a closing quote, expected ',' or line end"));
    }
    return cell;
  }

  absl::string_view text_;
  absl::string_view name_;
  size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

absl::StatusOr<CsvTable> CsvTable::Parse(absl::string_view text,
                                         absl::string_view name) {
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
  CsvTable table;
  table.name_ = std::string(name);
  Scanner scanner(text, name);
  while (!scanner.done()) {
    CXR_ASSIGN_OR_RETURN(Row row, scanner.NextRow());
    if (row.cells.size() == 1 && row.cells[0].empty()) {
      continue;
    }
    if (table.header_.empty()) {
      table.header_ = std::move(row.cells);
      continue;
    }
    if (row.cells.size() != table.header_.size()) {
      return absl::DataLossError(absl::StrCat(
          name, ":", row.line, ": found ", row.cells.size(),
          " cells, expected ", table.header_.size(), " as in the header"));
    }
    table.rows_.push_back(std::move(row));
  }
  if (table.header_.empty()) {
    return absl::DataLossError(absl::StrCat(name, ": no header line"));
  }
  for (size_t i = 0; i < table.header_.size(); ++i) {
    if (!table.index_.emplace(table.header_[i], static_cast<int>(i)).second) {
      return absl::DataLossError(absl::StrCat(
          name, ":1: column '", table.header_[i], "' stands there twice"));
    }
  }
  return table;
}

absl::StatusOr<CsvTable> CsvTable::Load(absl::string_view path) {
  CXR_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  return Parse(text, path);
}

absl::StatusOr<int> CsvTable::Column(absl::string_view column) const {
  const auto it = index_.find(std::string(column));
  if (it == index_.end()) {
    return absl::DataLossError(absl::StrCat(name_, ":1: no column '", column,
                                            "', found ",
                                            absl::StrJoin(header_, ", ")));
  }
  return it->second;
}

std::string CsvCell(absl::string_view cell) {
  if (cell.find_first_of(",\"\r\n") == absl::string_view::npos) {
    return std::string(cell);
  }
  return absl::StrCat("\"", absl::StrReplaceAll(cell, {{"\"", "\"\""}}), "\"");
}

}  // namespace cxr
