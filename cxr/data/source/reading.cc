// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/reading.h"

#include <cstddef>
#include <initializer_list>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

constexpr float kNotMentioned = std::numeric_limits<float>::quiet_NaN();

bool IsAnyOf(absl::string_view text,
             std::initializer_list<absl::string_view> words) {
  for (const absl::string_view word : words) {
    if (absl::EqualsIgnoreCase(text, word)) {
      return true;
    }
  }
  return false;
}

// The years of an age of so many units; nothing if there is no such unit.
std::optional<int> YearsOf(int count, absl::string_view unit) {
  constexpr int kMonthsAYear = 12;
  constexpr int kWeeksAYear = 52;
  constexpr int kDaysAYear = 365;
  if (IsAnyOf(unit, {"", "Y", "+", "or more"})) {
    return count;
  }
  if (IsAnyOf(unit, {"M"})) {
    return count / kMonthsAYear;
  }
  if (IsAnyOf(unit, {"W"})) {
    return count / kWeeksAYear;
  }
  if (IsAnyOf(unit, {"D"})) {
    return count / kDaysAYear;
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<std::vector<int>> FindColumns(
    const CsvReader& table, absl::Span<const std::string> names) {
  std::vector<int> columns;
  for (const std::string& name : names) {
    CXR_ASSIGN_OR_RETURN(columns.emplace_back(), table.Column(name));
  }
  return columns;
}

bool IsBlank(absl::string_view cell) {
  return cell.empty() || cell == "nan" || cell == "NaN";
}

absl::StatusOr<float> LabelCell(const CsvReader& table, int column) {
  const absl::string_view cell = table.cells()[column];
  if (IsBlank(cell)) {
    return kNotMentioned;
  }
  // As nearly all are written: no need to parse a number.
  if (cell == "0.0" || cell == "0") {
    return kNegative;
  }
  if (cell == "1.0" || cell == "1") {
    return kPositive;
  }
  float value = 0.0f;
  if (!absl::SimpleAtof(cell, &value) ||
      (value != kNegative && value != kPositive && value != kUncertain)) {
    return table.Unexpected(column, "1, 0, -1 or nothing");
  }
  return value;
}

absl::Status AppendLabels(const CsvReader& table, absl::Span<const int> columns,
                          std::vector<float>* labels) {
  for (const int column : columns) {
    CXR_ASSIGN_OR_RETURN(const float label, LabelCell(table, column));
    labels->push_back(label);
  }
  return absl::OkStatus();
}

std::optional<int> ParseAge(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (IsBlank(text)) {
    return kUnknownAge;
  }
  size_t digits = 0;
  while (digits < text.size() && absl::ascii_isdigit(text[digits])) {
    ++digits;
  }
  int count = 0;
  if (!absl::SimpleAtoi(text.substr(0, digits), &count)) {
    return std::nullopt;
  }
  absl::string_view rest = text.substr(digits);
  if (absl::ConsumePrefix(&rest, ".0")) {
    return rest.empty() ? std::optional<int>(count) : std::nullopt;
  }
  rest = absl::StripAsciiWhitespace(rest);
  if (absl::ConsumePrefix(&rest, "-") || absl::ConsumePrefix(&rest, "to ")) {
    int oldest = 0;
    return absl::SimpleAtoi(rest, &oldest) && oldest >= count
               ? std::optional<int>(count)
               : std::nullopt;
  }
  return YearsOf(count, rest);
}

absl::StatusOr<int> AgeCell(const CsvReader& table, int column,
                            std::vector<Remark>* remarks) {
  const std::optional<int> years = ParseAge(table.cells()[column]);
  if (!years.has_value()) {
    return table.Unexpected(column, "an age in years");
  }
  if (*years > kMaxAgeYears) {
    AddRemark(absl::StrCat("ages above ", kMaxAgeYears, ", taken as unknown"),
              table.Place(), remarks);
    return kUnknownAge;
  }
  return *years;
}

absl::StatusOr<Sex> SexCell(const CsvReader& table, int column,
                            std::vector<Remark>* remarks) {
  const absl::string_view cell = table.cells()[column];
  if (IsAnyOf(cell, {"M", "Male"})) {
    return Sex::kMale;
  }
  if (IsAnyOf(cell, {"F", "Female"})) {
    return Sex::kFemale;
  }
  if (IsBlank(cell) || IsAnyOf(cell, {"U", "O", "Unknown", "Other"})) {
    AddRemark("sexes that are neither male nor female, taken as unknown",
              table.Place(), remarks);
    return Sex::kUnknown;
  }
  return table.Unexpected(column, "M, F, Male, Female, Unknown or Other");
}

View ParseView(absl::string_view text) {
  if (IsAnyOf(text, {"PA"})) {
    return View::kPa;
  }
  if (IsAnyOf(text, {"AP"})) {
    return View::kAp;
  }
  if (IsBlank(text) || IsAnyOf(text, {"UNK"})) {
    return View::kUnknown;
  }
  if (IsAnyOf(text, {"L", "LL", "RL", "Lateral"})) {
    return View::kLateral;
  }
  if (IsAnyOf(text, {"AP_horizontal", "AP Supine"})) {
    return View::kApSupine;
  }
  return IsAnyOf(text, {"Frontal"}) ? View::kFrontal : View::kOther;
}

View ViewCell(const CsvReader& table, int column,
              std::vector<Remark>* remarks) {
  const View view = ParseView(table.cells()[column]);
  if (view == View::kUnknown) {
    AddRemark("views blank or UNK, taken as unknown", table.Place(), remarks);
  }
  if (view == View::kOther) {
    AddRemark("views that are neither frontal nor lateral, taken as other",
              absl::StrCat(table.Place(), ": ", table.cells()[column]),
              remarks);
  }
  return view;
}

}  // namespace cxr
