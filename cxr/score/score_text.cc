// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/score_text.h"

#include <google/protobuf/repeated_field.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "cxr/score/interval_notes.h"
#include "cxr/spec/run_record.pb.h"

namespace cxr {
namespace {

enum class Align { kLeft, kRight };

std::string Number(double value) {
  return std::isnan(value) ? "NaN" : absl::StrFormat("%.4f", value);
}

// A threshold is on the scale of scores, which may be any.
std::string ValueText(const spec::MetricValue& value) {
  return absl::StrContains(value.metric(), "threshold") &&
                 !std::isnan(value.value())
             ? absl::StrFormat("%.6g", value.value())
             : Number(value.value());
}

// A very small p is told by its size.
std::string PValue(double p) {
  return p > 0.0 && p < 1e-4 ? absl::StrFormat("%.1e", p) : Number(p);
}

// Letters of a text in UTF-8.
size_t Width(absl::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char byte) { return (byte & 0xC0) != 0x80; });
}

// A table of Markdown that is also one on a screen.
class Table {
 public:
  void AddColumn(absl::string_view title, Align align) {
    columns_.push_back({.align = align, .cells = {std::string(title)}});
  }

  void AddRow(const std::vector<std::string>& cells) {
    for (size_t i = 0; i < columns_.size(); ++i) {
      columns_[i].cells.push_back(
          absl::StrReplaceAll(cells[i], {{"|", "\\|"}, {"\n", " "}}));
    }
  }

  // Leaves out a column that says nothing.
  void DropEmptyColumns() {
    std::erase_if(columns_, [](const Column& column) {
      return std::all_of(column.cells.begin() + 1, column.cells.end(),
                         [](const std::string& cell) { return cell.empty(); });
    });
  }

  std::string ToMarkdown() const {
    std::string text;
    for (size_t row = 0; row < columns_[0].cells.size(); ++row) {
      for (const Column& column : columns_) {
        absl::StrAppend(&text, "| ", Padded(column, row), " ");
      }
      absl::StrAppend(&text, "|\n");
      if (row == 0) absl::StrAppend(&text, Rule());
    }
    return text;
  }

 private:
  struct Column {
    Align align = Align::kLeft;
    std::vector<std::string> cells;  // the title first
  };

  static size_t WidthOf(const Column& column) {
    size_t width = 3;
    for (const std::string& cell : column.cells) {
      width = std::max(width, Width(cell));
    }
    return width;
  }

  static std::string Padded(const Column& column, size_t row) {
    const std::string& cell = column.cells[row];
    const std::string space(WidthOf(column) - Width(cell), ' ');
    return column.align == Align::kLeft ? absl::StrCat(cell, space)
                                        : absl::StrCat(space, cell);
  }

  std::string Rule() const {
    std::string text;
    for (const Column& column : columns_) {
      const std::string dashes(WidthOf(column) - 1, '-');
      absl::StrAppend(&text, "| ", column.align == Align::kLeft ? "-" : "",
                      dashes, column.align == Align::kRight ? ":" : "", " ");
    }
    return absl::StrCat(text, "|\n");
  }

  std::vector<Column> columns_;
};

// Intervals of a table, which say how they were made by a letter.
class IntervalKinds {
 public:
  std::string Cell(bool has_interval, const spec::Interval& interval) {
    if (!has_interval) return "";
    starred_ = starred_ || HasNoWidth(interval);
    return absl::StrCat("[", Number(interval.low()), ", ",
                        Number(interval.high()), "] ", Letter(interval.kind()),
                        HasNoWidth(interval) ? "*" : "");
  }

  std::string Legend() const {
    std::string text;
    for (size_t i = 0; i < kinds_.size(); ++i) {
      absl::StrAppend(&text, i == 0 ? "\n" : "", "- ", Name(i), ": ", kinds_[i],
                      "\n");
    }
    if (starred_) {
      absl::StrAppend(&text, "- *: without width, but no certainty\n");
    }
    return text;
  }

 private:
  std::string Letter(const std::string& kind) {
    const auto found = std::find(kinds_.begin(), kinds_.end(), kind);
    const size_t place = found - kinds_.begin();
    if (found == kinds_.end()) kinds_.push_back(kind);
    return Name(place);
  }

  // a, b, ... z, then a1, b1, ...
  static std::string Name(size_t place) {
    const std::string letter(1, static_cast<char>('a' + place % 26));
    return place < 26 ? letter : absl::StrCat(letter, place / 26);
  }

  std::vector<std::string> kinds_;
  bool starred_ = false;
};

// The middle of the resamples, as the paper prints it.
std::string Median(const spec::Interval& interval) {
  return interval.has_median() ? Number(interval.median()) : "";
}

std::string Count(bool has_count, int64_t count) {
  return has_count ? absl::StrCat(count) : "";
}

void AddValueColumns(Table* table) {
  table->AddColumn("metric", Align::kLeft);
  table->AddColumn("target", Align::kLeft);
  table->AddColumn("value", Align::kRight);
  table->AddColumn("interval", Align::kLeft);
  table->AddColumn("median", Align::kRight);
  table->AddColumn("n", Align::kRight);
  table->AddColumn("patients", Align::kRight);
  table->AddColumn("positives", Align::kRight);
  table->AddColumn("profile", Align::kLeft);
}

std::vector<std::string> ValueCells(const spec::MetricValue& value,
                                    IntervalKinds* kinds) {
  return {value.metric(),
          value.target(),
          ValueText(value),
          kinds->Cell(value.has_interval(), value.interval()),
          Median(value.interval()),
          Count(value.has_images(), value.images()),
          Count(value.has_patients(), value.patients()),
          Count(value.has_positives(), value.positives()),
          value.profile()};
}

std::string Section(absl::string_view title, Table table,
                    const IntervalKinds& kinds) {
  table.DropEmptyColumns();
  return absl::StrCat("\n## ", title, "\n\n", table.ToMarkdown(),
                      kinds.Legend());
}

std::string ValuesText(const spec::ScoreReport& report) {
  if (report.values().empty()) return "";
  Table table;
  IntervalKinds kinds;
  AddValueColumns(&table);
  for (const spec::MetricValue& value : report.values()) {
    table.AddRow(ValueCells(value, &kinds));
  }
  return Section("Values", std::move(table), kinds);
}

std::string Joined(const google::protobuf::RepeatedField<double>& numbers) {
  std::string text;
  for (const double number : numbers) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", Number(number));
  }
  return text;
}

// Runs stand in front of what was made of them.
std::string SeedsText(const spec::ScoreReport& report) {
  if (report.seeds().empty()) return "";
  Table table;
  IntervalKinds kinds;
  table.AddColumn("runs", Align::kLeft);
  AddValueColumns(&table);
  for (const absl::string_view title :
       {"deviation", "error by runs", "by images"}) {
    table.AddColumn(title, Align::kRight);
  }
  table.AddColumn("mean of runs", Align::kLeft);
  table.AddColumn("one more run", Align::kLeft);
  for (const spec::SeedValue& row : report.seeds()) {
    std::vector<std::string> cells = {Joined(row.runs())};
    for (std::string& cell : ValueCells(row.mean(), &kinds)) {
      cells.push_back(std::move(cell));
    }
    cells.push_back(Number(row.standard_deviation()));
    cells.push_back(
        row.has_run_standard_error() ? Number(row.run_standard_error()) : "");
    cells.push_back(row.has_image_standard_error()
                        ? Number(row.image_standard_error())
                        : "");
    cells.push_back(kinds.Cell(row.has_mean_interval(), row.mean_interval()));
    cells.push_back(kinds.Cell(row.has_prediction(), row.prediction()));
    table.AddRow(cells);
  }
  return Section("Mean of runs", std::move(table), kinds);
}

std::string VerdictText(const spec::EquivalenceVerdict& verdict) {
  return absl::StrCat(
      verdict.equivalent() ? "equivalent within " : "not shown within ",
      verdict.margin());
}

std::string GroupsText(const spec::ScoreReport& report) {
  if (report.groups().empty()) return "";
  Table table;
  IntervalKinds kinds;
  table.AddColumn("column", Align::kLeft);
  table.AddColumn("group", Align::kLeft);
  AddValueColumns(&table);
  table.AddColumn("minus the rest", Align::kRight);
  table.AddColumn("interval of that", Align::kLeft);
  for (const spec::GroupValue& group : report.groups()) {
    std::vector<std::string> cells = {group.column(), group.group()};
    for (std::string& cell : ValueCells(group.value(), &kinds)) {
      cells.push_back(std::move(cell));
    }
    cells.push_back(group.has_difference() ? Number(group.difference()) : "");
    cells.push_back(kinds.Cell(group.has_difference_interval(),
                               group.difference_interval()));
    table.AddRow(cells);
  }
  return Section("Groups", std::move(table), kinds);
}

std::string ComparisonsText(const spec::ScoreReport& report) {
  if (report.comparisons().empty()) return "";
  Table table;
  IntervalKinds kinds;
  for (const absl::string_view title : {"metric", "target"}) {
    table.AddColumn(title, Align::kLeft);
  }
  for (const absl::string_view title : {"first", "second", "difference"}) {
    table.AddColumn(title, Align::kRight);
  }
  table.AddColumn("interval", Align::kLeft);
  table.AddColumn("median", Align::kRight);
  table.AddColumn("test", Align::kLeft);
  table.AddColumn("p", Align::kRight);
  table.AddColumn("adjusted p", Align::kRight);
  table.AddColumn("p of equivalence", Align::kRight);
  table.AddColumn("verdict", Align::kLeft);
  for (const spec::ScoreComparison& row : report.comparisons()) {
    table.AddRow({row.metric(), row.target(), Number(row.first()),
                  Number(row.second()), Number(row.difference()),
                  kinds.Cell(row.has_interval(), row.interval()),
                  Median(row.interval()), row.test(),
                  row.has_p() ? PValue(row.p()) : "",
                  row.has_adjusted_p() ? PValue(row.adjusted_p()) : "",
                  row.has_equivalence() ? PValue(row.equivalence().p()) : "",
                  row.has_equivalence() ? VerdictText(row.equivalence()) : ""});
  }
  return Section("Comparisons", std::move(table), kinds);
}

std::string NotesText(const spec::ScoreReport& report) {
  std::string text = report.notes().empty() ? "" : "\n## Notes\n\n";
  for (const std::string& note : report.notes()) {
    absl::StrAppend(&text, "- ", note, "\n");
  }
  return text;
}

}  // namespace

std::string ToText(const spec::ScoreReport& report) {
  return absl::StrCat("# Scores: ", report.task(), "\n", ValuesText(report),
                      SeedsText(report), GroupsText(report),
                      ComparisonsText(report), NotesText(report));
}

}  // namespace cxr
