// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/index/index_csv.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

constexpr int kFixedColumns = 7;
constexpr absl::string_view kFixed[kFixedColumns] = {
    "row", "id", "patient", "view", "sex", "age", "fold"};

absl::string_view ViewText(View view) {
  switch (view) {
    case View::kUnknown:
      return "";
    case View::kPa:
      return "PA";
    case View::kAp:
      return "AP";
  }
  return "";
}

absl::string_view SexText(Sex sex) {
  switch (sex) {
    case Sex::kUnknown:
      return "";
    case Sex::kFemale:
      return "F";
    case Sex::kMale:
      return "M";
  }
  return "";
}

absl::Status Unexpected(absl::string_view place, absl::string_view found,
                        absl::string_view expected) {
  return absl::DataLossError(
      absl::StrCat(place, ": found '", found, "', expected ", expected));
}

absl::StatusOr<View> ViewOf(absl::string_view text, absl::string_view place) {
  for (const View view : {View::kUnknown, View::kPa, View::kAp}) {
    if (text == ViewText(view)) {
      return view;
    }
  }
  return Unexpected(place, text, "PA, AP or nothing");
}

absl::StatusOr<Sex> SexOf(absl::string_view text, absl::string_view place) {
  for (const Sex sex : {Sex::kUnknown, Sex::kFemale, Sex::kMale}) {
    if (text == SexText(sex)) {
      return sex;
    }
  }
  return Unexpected(place, text, "F, M or nothing");
}

std::string NumberText(int value, int unknown) {
  return value == unknown ? "" : absl::StrCat(value);
}

bool Wanted(const Example& example, const spec::DataSpec& spec) {
  for (const int view : spec.views()) {
    if (view == spec::ANY_VIEW ||
        (view == spec::PA && example.view == View::kPa) ||
        (view == spec::AP && example.view == View::kAp)) {
      return true;
    }
  }
  return false;
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
  Example example{.id = cells[1], .patient_id = cells[2]};
  CXR_ASSIGN_OR_RETURN(example.view, ViewOf(cells[3], place));
  CXR_ASSIGN_OR_RETURN(example.sex, SexOf(cells[4], place));
  CXR_ASSIGN_OR_RETURN(example.age_years, Number(cells[5], kUnknownAge, place));
  CXR_ASSIGN_OR_RETURN(example.fold, Number(cells[6], kNoFold, place));
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

absl::StatusOr<SelectedIndex> Select(const ImageIndex& all,
                                     const spec::DataSpec& spec) {
  SelectedIndex selected{.index = {.source = all.source,
                                   .label_names = all.label_names,
                                   .folds = all.folds}};
  std::set<std::string> patients;
  for (size_t i = 0; i < all.examples.size(); ++i) {
    const Example& example = all.examples[i];
    if (!Wanted(example, spec)) {
      continue;
    }
    const bool full =
        spec.max_patients() > 0 && std::ssize(patients) >= spec.max_patients();
    if (full && !patients.contains(example.patient_id)) {
      continue;
    }
    patients.insert(example.patient_id);
    selected.rows.push_back(static_cast<int>(i));
    selected.index.examples.push_back(example);
    const auto labels =
        all.labels.begin() + static_cast<int64_t>(i * all.label_names.size());
    selected.index.labels.insert(
        selected.index.labels.end(), labels,
        labels + static_cast<int64_t>(all.label_names.size()));
  }
  if (selected.rows.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat(all.source, ": no image has a view that is asked for"));
  }
  return selected;
}

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
                    ",", CsvCell(example.patient_id), ",",
                    ViewText(example.view));
    absl::StrAppend(&text, ",", SexText(example.sex), ",",
                    NumberText(example.age_years, kUnknownAge), ",",
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
