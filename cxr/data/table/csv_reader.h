// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_TABLE_CSV_READER_H_
#define CXR_DATA_TABLE_CSV_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

// Large comma-separated tables (RFC 4180), a row at a time, in bounded memory.
//
//   CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open("train.csv.gz"));
//   CXR_ASSIGN_OR_RETURN(const int sex, table.Column("Sex"));
//   while (true) {
//     CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
//     if (!more) break;
//     if (table.cells()[sex] == "X") return table.Unexpected(sex, "F or M");
//   }
//
// Quoted cells may hold commas, doubled quotes and line ends. A UTF-8 byte
// order mark, CRLF line ends, a missing last line end and gzip (recognised by
// its first bytes, several members too) are accepted; empty lines are passed
// over. A column may lack a name, and several may; names that stand there twice
// are an error.

namespace cxr {

class CsvReader {
 public:
  // Opens the table and reads its header. NotFound and the like from the disk;
  // DataLoss, naming file and line, for a table without a header, a repeated
  // column, damaged gzip.
  static absl::StatusOr<CsvReader> Open(absl::string_view path);

  // The same of text in memory; errors call it `name`.
  static absl::StatusOr<CsvReader> FromText(std::string text,
                                            absl::string_view name);

  CsvReader(CsvReader&&);
  CsvReader& operator=(CsvReader&&);
  ~CsvReader();

  const std::vector<std::string>& header() const;

  // Place of the column called `name`; DataLoss naming file, column and the
  // columns there are.
  absl::StatusOr<int> Column(absl::string_view name) const;
  // The same; nothing if there is none.
  std::optional<int> FindColumn(absl::string_view name) const;

  // Goes to the next row; false after the last. DataLoss, naming file and line,
  // for an unclosed quote, text after a closing quote, another number of cells
  // than in the header, a row of more than 256 MB, gzip that is damaged or cut
  // off.
  absl::StatusOr<bool> Next();

  // The cells of this row, quotes taken off; valid until the next Next().
  absl::Span<const absl::string_view> cells() const;

  // Whether the text of cells stays valid as long as the reader: it holds the
  // whole table (FromText, and gzip if file and text fit into 256 MB).
  bool keeps_text() const;

  // Line of the file on which this row starts, from 1.
  int64_t line() const;

  // Where the row's text, without its line end, lies in the table's text (that
  // behind gzip).
  int64_t offset() const;
  int64_t length() const;

  // "train.csv:17".
  std::string Place() const;

  // DataLoss: "train.csv:17: Sex: found 'X', expected F or M".
  absl::Status Unexpected(int column, absl::string_view expected) const;

 private:
  class Impl;
  explicit CsvReader(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace cxr

#endif  // CXR_DATA_TABLE_CSV_READER_H_
