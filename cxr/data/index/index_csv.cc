// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/index/index_csv.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/index/words.h"

namespace cxr {
namespace {

constexpr int kFixedColumns = 9;
constexpr absl::string_view kFixed[kFixedColumns] = {
    "row", "id", "patient", "study", "part", "view", "sex", "age", "fold"};

absl::Status Unexpected(absl::string_view place, absl::string_view found,
                        absl::string_view expected) {
  return absl::DataLossError(
      absl::StrCat(place, ": found '", found, "', expected ", expected));
}

std::string NumberText(int value, int unknown) {
  return value == unknown ? "" : absl::StrCat(value);
}

template <typename Enum>
absl::StatusOr<Enum> Word(std::optional<Enum> value, absl::string_view found,
                          absl::string_view place, absl::string_view expected) {
  if (!value.has_value()) {
    return Unexpected(place, found, expected);
  }
  return *value;
}

// A whole number, or `unknown` for an empty cell.
absl::StatusOr<int> Number(const std::string& cell, int unknown,
                           absl::string_view place) {
  int value = unknown;
  if (!cell.empty() && !absl::SimpleAtoi(cell, &value)) {
    return Unexpected(place, cell, "a number");
  }
  return value;
}

absl::StatusOr<float> LabelOf(const std::string& cell,
                              absl::string_view place) {
  float value = std::numeric_limits<float>::quiet_NaN();
  if (!cell.empty() && !absl::SimpleAtof(cell, &value)) {
    return Unexpected(place, cell, "a label");
  }
  return value;
}

absl::Status AddRow(const CsvTable::Row& row, absl::string_view name,
                    SelectedIndex& selected) {
  const std::string place = absl::StrCat(name, ":", row.line);
  const std::vector<std::string>& cells = row.cells;
  CXR_ASSIGN_OR_RETURN(const int original, Number(cells[0], -1, place));
  if (original < 0) {
    return Unexpected(place, cells[0], "the place of an image");
  }
  Example example{.id = cells[1], .patient_id = cells[2], .study_id = cells[3]};
  CXR_ASSIGN_OR_RETURN(example.part,
                       Word(PartOfText(cells[4]), cells[4], place, "a part"));
  CXR_ASSIGN_OR_RETURN(example.view,
                       Word(ViewOfText(cells[5]), cells[5], place, "a view"));
  CXR_ASSIGN_OR_RETURN(example.sex, Word(SexOfText(cells[6]), cells[6], place,
                                         "F, M or nothing"));
  CXR_ASSIGN_OR_RETURN(example.age_years, Number(cells[7], kUnknownAge, place));
  CXR_ASSIGN_OR_RETURN(example.fold, Number(cells[8], kNoFold, place));
  selected.rows.push_back(original);
  selected.index.folds = std::max(selected.index.folds, example.fold + 1);
  selected.index.examples.push_back(std::move(example));
  for (size_t i = kFixedColumns; i < cells.size(); ++i) {
    CXR_ASSIGN_OR_RETURN(const float label, LabelOf(cells[i], place));
    selected.index.labels.push_back(label);
  }
  return absl::OkStatus();
}

}  // namespace

std::string ToCsv(const SelectedIndex& selected) {
  const ImageIndex& index = selected.index;
  std::string text;
  for (int i = 0; i < kFixedColumns; ++i) {
    absl::StrAppend(&text, i == 0 ? "" : ",", kFixed[i]);
  }
  for (const std::string& name : index.label_names) {
    absl::StrAppend(&text, ",", CsvCell(name));
  }
  for (size_t i = 0; i < index.examples.size(); ++i) {
    const Example& example = index.examples[i];
    absl::StrAppend(&text, "\n", selected.rows[i], ",", CsvCell(example.id),
                    ",", CsvCell(example.patient_id), ",");
    absl::StrAppend(&text, CsvCell(example.study_id), ",",
                    PartText(example.part), ",", ViewText(example.view), ",",
                    SexText(example.sex), ",");
    absl::StrAppend(&text, NumberText(example.age_years, kUnknownAge), ",",
                    NumberText(example.fold, kNoFold));
    for (size_t k = 0; k < index.label_names.size(); ++k) {
      const float label = index.Label(static_cast<int>(i), static_cast<int>(k));
      absl::StrAppend(&text, ",", std::isnan(label) ? "" : absl::StrCat(label));
    }
  }
  return text + "\n";
}

absl::StatusOr<SelectedIndex> SelectedIndexFromCsv(absl::string_view text,
                                                   absl::string_view name) {
  CXR_ASSIGN_OR_RETURN(const CsvTable table, CsvTable::Parse(text, name));
  SelectedIndex selected;
  for (int i = 0; i < kFixedColumns; ++i) {
    CXR_ASSIGN_OR_RETURN(const int column, table.Column(kFixed[i]));
    if (column != i) {
      return absl::DataLossError(absl::StrCat(name, ":1: column ", kFixed[i],
                                              " stands in another place"));
    }
  }
  selected.index.label_names.assign(table.header().begin() + kFixedColumns,
                                    table.header().end());
  for (const CsvTable::Row& row : table.rows()) {
    CXR_RETURN_IF_ERROR(AddRow(row, name, selected));
  }
  return selected;
}

}  // namespace cxr
