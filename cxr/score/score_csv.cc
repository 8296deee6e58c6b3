// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/score_csv.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/table/csv_reader.h"

namespace cxr {
namespace {

constexpr absl::string_view kIdColumn = "id";
constexpr double kLargestFloat = std::numeric_limits<float>::max();

// What reports call means over classes.
constexpr absl::string_view kNamesOfMeans[] = {"macro", "micro", "weighted"};

using RowReader = absl::FunctionRef<absl::Status(const CsvReader&)>;

// Bytes of the letter in UTF-8 (RFC 3629) at the start of a text that is not
// empty; 0 if there is none.
size_t LetterLength(absl::string_view text) {
  const auto byte = [text](size_t i) -> int {
    return i < text.size() ? static_cast<uint8_t>(text[i]) : 0;
  };
  const int lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  // Longer than needed, a half of a pair of UTF-16, or beyond U+10FFFF.
  const int second = byte(1);
  const bool is_none =
      (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
      (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
  return is_none ? 0 : length;
}

// DataLoss unless `text` is UTF-8, which JSON has to be.
absl::Status CheckUtf8(absl::string_view text, absl::string_view place,
                       absl::string_view column) {
  absl::string_view rest = text;
  while (!rest.empty()) {
    const size_t length = LetterLength(rest);
    if (length == 0) {
      return absl::DataLossError(absl::StrCat(place, ": ", column, ": found '",
                                              absl::CHexEscape(text),
                                              "', expected text in UTF-8"));
    }
    rest.remove_prefix(length);
  }
  return absl::OkStatus();
}

absl::Status CheckHeader(const CsvReader& table, absl::string_view path) {
  for (size_t i = 0; i < table.header().size(); ++i) {
    CXR_RETURN_IF_ERROR(CheckUtf8(table.header()[i], absl::StrCat(path, ":1"),
                                  absl::StrCat("column ", i + 1)));
  }
  return absl::OkStatus();
}

// Hands every row to `read` and keeps its id and line.
absl::Status ReadRows(CsvReader* table, IdRows* rows, RowReader read) {
  CXR_ASSIGN_OR_RETURN(const int id_column, table->Column(kIdColumn));
  absl::flat_hash_map<std::string, int64_t> line_of_id;
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table->Next());
    if (!more) break;
    const std::string id(table->cells()[id_column]);
    if (id.empty()) return table->Unexpected(id_column, "a name of the image");
    const auto [known, is_new] = line_of_id.emplace(id, table->line());
    if (!is_new) {
      return table->Unexpected(
          id_column, absl::StrCat("another than on line ", known->second));
    }
    CXR_RETURN_IF_ERROR(CheckUtf8(id, table->Place(), kIdColumn));
    CXR_RETURN_IF_ERROR(read(*table));
    rows->ids.push_back(id);
    rows->lines.push_back(table->line());
  }
  return rows->ids.empty()
             ? absl::DataLossError(absl::StrCat(
                   rows->file, ": found no rows, expected one an image"))
             : absl::OkStatus();
}

// Places of all columns but that of ids.
absl::StatusOr<std::vector<int>> ClassColumns(const CsvReader& table,
                                              absl::string_view path) {
  std::vector<int> columns;
  for (size_t i = 0; i < table.header().size(); ++i) {
    const std::string& name = table.header()[i];
    if (name.empty()) {
      return absl::DataLossError(
          absl::StrCat(path, ":1: column ", i + 1,
                       " has no name, expected that of a class"));
    }
    if (absl::c_linear_search(kNamesOfMeans, name)) {
      return absl::DataLossError(absl::StrCat(
          path, ":1: column ", i + 1, ": found '", name,
          "', which a report calls a mean, expected the name of a class"));
    }
    if (name != kIdColumn) columns.push_back(static_cast<int>(i));
  }
  if (columns.empty()) {
    return absl::DataLossError(
        absl::StrCat(path, ":1: found no column but id, expected one a class"));
  }
  return columns;
}

absl::StatusOr<double> ReadScore(const CsvReader& table, int column,
                                 ScoreType type) {
  double score = 0.0;
  const bool number = absl::SimpleAtod(table.cells()[column], &score);
  if (!number || !std::isfinite(score)) {
    return table.Unexpected(column, "a finite number");
  }
  if (type == ScoreType::kFloat && std::abs(score) > kLargestFloat) {
    return table.Unexpected(column, "a number in the range of float32");
  }
  return score;
}

std::optional<uint8_t> LabelOf(absl::string_view cell) {
  if (cell == "0" || cell == "0.0") return 0;
  if (cell == "1" || cell == "1.0") return 1;
  return std::nullopt;
}

// What a column that nobody asked for may be.
enum class UnusedRule { kAnything, kNoClass };

// Reads the table of truth as far as it is asked for.
class TruthReader {
 public:
  TruthReader(CsvReader* table, TruthTable* truth)
      : table_(*table), truth_(*truth) {}

  absl::Status FindColumns(const IdRows& predictions,
                           absl::Span<const std::string> text_columns) {
    std::vector<bool> used(table_.header().size(), false);
    for (const std::string& name : predictions.classes) {
      const std::optional<int> column = table_.FindColumn(name);
      if (!column.has_value()) {
        return absl::DataLossError(
            absl::StrCat(truth_.rows.file, ":1: found no column '", name,
                         "', expected all classes of ", predictions.file,
                         "; columns: ", absl::StrJoin(table_.header(), ", ")));
      }
      used[*column] = true;
      label_columns_.push_back(*column);
    }
    for (const std::string& name : text_columns) {
      CXR_ASSIGN_OR_RETURN(const int column, table_.Column(name));
      used[column] = true;
      text_columns_.push_back(column);
    }
    for (size_t i = 0; i < used.size(); ++i) {
      if (used[i] || table_.header()[i] == kIdColumn) continue;
      unused_columns_.push_back({.column = static_cast<int>(i)});
    }
    truth_.rows.classes = predictions.classes;
    truth_.labels.resize(label_columns_.size());
    truth_.texts.resize(text_columns_.size());
    return absl::OkStatus();
  }

  absl::Status ReadRow() {
    const absl::Span<const absl::string_view> cells = table_.cells();
    for (size_t k = 0; k < label_columns_.size(); ++k) {
      const std::optional<uint8_t> label = LabelOf(cells[label_columns_[k]]);
      if (!label.has_value()) {
        return table_.Unexpected(label_columns_[k], "0 or 1");
      }
      truth_.labels[k].push_back(*label);
    }
    for (size_t k = 0; k < text_columns_.size(); ++k) {
      CXR_RETURN_IF_ERROR(CheckUtf8(cells[text_columns_[k]], table_.Place(),
                                    table_.header()[text_columns_[k]]));
      truth_.texts[k].emplace_back(cells[text_columns_[k]]);
    }
    for (Unused& unused : unused_columns_) {
      unused.binary = unused.binary && LabelOf(cells[unused.column]);
    }
    return absl::OkStatus();
  }

  absl::Status TakeUnused(const IdRows& predictions, UnusedRule rule) {
    for (const Unused& unused : unused_columns_) {
      const std::string& name = table_.header()[unused.column];
      if (unused.binary && rule == UnusedRule::kNoClass) {
        return absl::DataLossError(
            absl::StrCat(predictions.file, ":1: found no column '", name,
                         "', expected all classes of ", truth_.rows.file,
                         ", where it holds 0 and 1 only (is it no class? then "
                         "take it out)"));
      }
      truth_.unused.push_back(name);
    }
    return absl::OkStatus();
  }

 private:
  struct Unused {
    int column = 0;
    bool binary = true;  // as far as read
  };

  const CsvReader& table_;
  TruthTable& truth_;
  std::vector<int> label_columns_;
  std::vector<int> text_columns_;
  std::vector<Unused> unused_columns_;
};

absl::StatusOr<TruthTable> ReadColumns(
    absl::string_view path, const IdRows& predictions,
    absl::Span<const std::string> text_columns, UnusedRule unused) {
  CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path));
  TruthTable truth = {.rows = {.file = std::string(path)}};
  CXR_RETURN_IF_ERROR(CheckHeader(table, path));
  CXR_RETURN_IF_ERROR(table.Column(kIdColumn).status());
  TruthReader reader(&table, &truth);
  CXR_RETURN_IF_ERROR(reader.FindColumns(predictions, text_columns));
  CXR_RETURN_IF_ERROR(
      ReadRows(&table, &truth.rows,
               [&reader](const CsvReader&) { return reader.ReadRow(); }));
  CXR_RETURN_IF_ERROR(reader.TakeUnused(predictions, unused));
  return truth;
}

// Of `missing`, rows that `others` does not have, the first one.
absl::Status NotThere(const IdRows& rows, absl::Span<const size_t> missing,
                      const IdRows& others) {
  const size_t row = missing[0];
  return absl::DataLossError(absl::StrCat(
      rows.file, ":", rows.lines[row], ": id: found '", rows.ids[row],
      "', expected ids of ", others.file, " only, where ", missing.size(),
      " of ", rows.ids.size(), " are not"));
}

}  // namespace

absl::StatusOr<PredictionTable> ReadPredictions(absl::string_view path,
                                                ScoreType type) {
  CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path));
  PredictionTable predictions = {.rows = {.file = std::string(path)}};
  CXR_RETURN_IF_ERROR(CheckHeader(table, path));
  CXR_RETURN_IF_ERROR(table.Column(kIdColumn).status());
  CXR_ASSIGN_OR_RETURN(const std::vector<int> columns,
                       ClassColumns(table, path));
  for (const int column : columns) {
    predictions.rows.classes.push_back(table.header()[column]);
  }
  predictions.scores.resize(columns.size());
  const auto read = [&](const CsvReader& row) {
    for (size_t k = 0; k < columns.size(); ++k) {
      CXR_ASSIGN_OR_RETURN(const double score,
                           ReadScore(row, columns[k], type));
      predictions.scores[k].push_back(score);
      if ((score < 0.0 || score > 1.0) && predictions.outside.empty()) {
        predictions.outside =
            absl::StrCat(row.Place(), ": ", predictions.rows.classes[k],
                         ": found ", row.cells()[columns[k]]);
      }
    }
    return absl::OkStatus();
  };
  CXR_RETURN_IF_ERROR(ReadRows(&table, &predictions.rows, read));
  return predictions;
}

absl::StatusOr<TruthTable> ReadTruth(
    absl::string_view path, const IdRows& predictions,
    absl::Span<const std::string> text_columns) {
  return ReadColumns(path, predictions, text_columns, UnusedRule::kNoClass);
}

absl::StatusOr<TruthTable> ReadTexts(
    absl::string_view path, absl::Span<const std::string> text_columns) {
  return ReadColumns(path, /*predictions=*/{}, text_columns,
                     UnusedRule::kAnything);
}

absl::StatusOr<std::vector<int64_t>> MatchIds(const IdRows& rows,
                                              const IdRows& others) {
  absl::flat_hash_map<absl::string_view, int64_t> place;
  for (size_t i = 0; i < others.ids.size(); ++i) {
    place.emplace(others.ids[i], static_cast<int64_t>(i));
  }
  std::vector<int64_t> matched;
  std::vector<size_t> missing;
  std::vector<bool> met(others.ids.size(), false);
  for (size_t i = 0; i < rows.ids.size(); ++i) {
    const auto found = place.find(rows.ids[i]);
    if (found == place.end()) {
      missing.push_back(i);
      continue;
    }
    met[found->second] = true;
    matched.push_back(found->second);
  }
  if (!missing.empty()) return NotThere(rows, missing, others);
  for (size_t i = 0; i < met.size(); ++i) {
    if (!met[i]) missing.push_back(i);
  }
  if (!missing.empty()) return NotThere(others, missing, rows);
  return matched;
}

}  // namespace cxr
