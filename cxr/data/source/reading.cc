// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/reading.h"

#include <initializer_list>
#include <limits>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
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

constexpr absl::string_view kGzip = ".gz";

// Names of the tables called `pattern` in `folder`; of one that is there with
// and without ".gz" the latter alone.
std::vector<std::string> TablesIn(absl::string_view folder,
                                  absl::string_view pattern) {
  const size_t star = pattern.find('*');
  if (star == absl::string_view::npos) {
    const auto table = FindOptionalFile(folder, {std::string(pattern)});
    return table.has_value() ? std::vector<std::string>{*table}
                             : std::vector<std::string>{};
  }
  const absl::string_view start = pattern.substr(0, star);
  const absl::string_view end = pattern.substr(star + 1);
  std::vector<std::string> tables;
  for (std::string& name :
       ListFolder(folder).value_or(std::vector<std::string>{})) {
    const absl::string_view plain = absl::StripSuffix(name, kGzip);
    if (plain.size() >= start.size() + end.size() &&
        absl::StartsWith(plain, start) && absl::EndsWith(plain, end) &&
        (tables.empty() || tables.back() != plain)) {
      tables.push_back(std::move(name));
    }
  }
  return tables;
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

uint32_t HashOf(absl::string_view id) {
  return static_cast<uint32_t>(absl::Hash<absl::string_view>()(id));
}

}  // namespace

absl::StatusOr<std::string> FindFile(absl::string_view folder,
                                     absl::Span<const std::string> names) {
  std::optional<std::string> found = FindOptionalFile(folder, names);
  if (!found.has_value()) {
    return absl::NotFoundError(
        absl::StrCat(folder, ": found none of ", absl::StrJoin(names, ", "),
                     ", expected one of them, with or without .gz at its end"));
  }
  return *std::move(found);
}

std::optional<std::string> FindOptionalFile(
    absl::string_view folder, absl::Span<const std::string> names) {
  for (const std::string& name : names) {
    for (const absl::string_view ending : {absl::string_view(), kGzip}) {
      std::string file = absl::StrCat(name, ending);
      if (Exists(JoinPath(folder, file))) {
        return file;
      }
    }
  }
  return std::nullopt;
}

absl::StatusOr<std::string> FindTable(absl::string_view folder,
                                      absl::string_view pattern) {
  std::vector<std::string> found = TablesIn(folder, pattern);
  if (found.empty()) {
    CXR_ASSIGN_OR_RETURN(const std::vector<std::string> inside,
                         ListFolder(folder));
    for (const std::string& name : inside) {
      for (const std::string& table :
           TablesIn(JoinPath(folder, name), pattern)) {
        found.push_back(JoinPath(name, table));
      }
    }
  }
  if (found.empty()) {
    return absl::NotFoundError(absl::StrCat(
        folder, ": found no ", pattern,
        ", with or without .gz, expected one there or in a folder in it"));
  }
  if (found.size() > 1) {
    return absl::DataLossError(absl::StrCat(folder, ": found ",
                                            absl::StrJoin(found, " and "),
                                            ", expected one of them alone"));
  }
  return found.front();
}

std::string FolderOf(absl::string_view file) {
  const size_t slash = file.rfind('/');
  return std::string(
      file.substr(0, slash == absl::string_view::npos ? 0 : slash));
}

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
  if (IsBlank(text)) {
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
    AddRemark("blank views", table.Place(), remarks);
  }
  if (view == View::kOther) {
    AddRemark("views that are neither frontal nor lateral, taken as other",
              absl::StrCat(table.Place(), ": ", table.cells()[column]),
              remarks);
  }
  return view;
}

ExampleIds::ExampleIds(const std::vector<Example>* examples)
    : examples_(examples),
      entries_(/*bucket_count=*/0, Hash{}, Equal{examples}) {}

void ExampleIds::StartTable(absl::string_view path) {
  tables_.push_back({.path = std::string(path),
                     .first_example = static_cast<int>(lines_.size())});
}

absl::Status ExampleIds::AddLast(int64_t line) {
  CXR_CHECK(!tables_.empty() && lines_.size() + 1 == examples_->size())
      << lines_.size() << " examples added of " << examples_->size() << ", in "
      << tables_.size() << " tables";
  const int last = static_cast<int>(lines_.size());
  lines_.push_back(line);
  const std::string& id = examples_->back().id;
  if (id.empty()) {
    return absl::DataLossError(
        absl::StrCat(Place(last), ": found an image without an id"));
  }
  const auto [earlier, is_new] =
      entries_.insert({.hash = HashOf(id), .place = last});
  if (!is_new) {
    return absl::DataLossError(absl::StrCat(
        Place(last), ": found ", id, ", which stands at ",
        Place(earlier->place), " already, expected every image once"));
  }
  return absl::OkStatus();
}

std::optional<int> ExampleIds::Find(absl::string_view id) const {
  const auto it = entries_.find(Wanted{.hash = HashOf(id), .id = id});
  return it == entries_.end() ? std::nullopt : std::optional<int>(it->place);
}

std::string ExampleIds::Place(int example) const {
  size_t table = tables_.size() - 1;
  while (tables_[table].first_example > example) {
    --table;
  }
  return absl::StrCat(tables_[table].path, ":", lines_[example]);
}

}  // namespace cxr
