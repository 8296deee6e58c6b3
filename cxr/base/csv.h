// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_CSV_H_
#define CXR_BASE_CSV_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// Comma-separated tables (RFC 4180) read by column name.
//
//   CXR_ASSIGN_OR_RETURN(const CsvTable table, CsvTable::Load("labels.csv"));
//   CXR_ASSIGN_OR_RETURN(const int age, table.Column("Patient Age"));
//   for (const CsvTable::Row& row : table.rows()) Use(row.cells[age],
//   row.line);

namespace cxr {

class CsvTable {
 public:
  struct Row {
    int line = 0;  // 1-based line of the file on which the row starts.
    std::vector<std::string> cells;
  };

  // Quoted cells may hold commas, quotes (doubled) and line ends; a UTF-8 byte
  // order mark and CRLF line ends are accepted; empty lines are passed over.
  // DataLoss, naming `name` and the line, for an unclosed quote, a row whose
  // cell count differs from the header's, a repeated column or no header.
  static absl::StatusOr<CsvTable> Parse(absl::string_view text,
                                        absl::string_view name);
  static absl::StatusOr<CsvTable> Load(absl::string_view path);

  const std::vector<std::string>& header() const { return header_; }
  const std::vector<Row>& rows() const { return rows_; }

  // Index of the column called `column`; DataLoss naming file, column and the
  // columns that are there.
  absl::StatusOr<int> Column(absl::string_view column) const;

 private:
  std::string name_;
  std::vector<std::string> header_;
  std::vector<Row> rows_;
  absl::flat_hash_map<std::string, int> index_;
};

// `cell` as it must be written: quoted if it holds a comma, quote or line end.
std::string CsvCell(absl::string_view cell);

}  // namespace cxr

#endif  // CXR_BASE_CSV_H_
