// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/table_model.h"

#include <google/protobuf/repeated_field.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/status_macros.h"
#include "reports/chance_line.h"
#include "reports/fact_cell.h"
#include "reports/published_grid.h"
#include "reports/result_cell.h"

namespace cxr::reports {
namespace {

constexpr absl::string_view kRandomWeights = "random weights";
constexpr absl::string_view kChance = "Chance";
constexpr absl::string_view kChanceNote = "The same answer for every image.";

using CellSpecs = google::protobuf::RepeatedPtrField<spec::CellSpec>;

// A published value with the interval that was printed elsewhere.
std::string WithInterval(const spec::PublishedCell& cell,
                         const spec::FamilySpec& family) {
  if (!cell.has_number() || !cell.number().has_interval()) {
    return PublishedText(cell, family).text;
  }
  const spec::PublishedNumber& number = cell.number();
  return absl::StrFormat("%.*f [%.*f,%.*f]%s", number.decimals(),
                         number.value(), number.decimals(),
                         number.interval().low(), number.decimals(),
                         number.interval().high(), cell.suffix());
}

// The experiments that a cell shows the results of.
std::vector<std::string> ResultsOf(const spec::CellSpec& cell) {
  if (cell.has_mean()) {
    return {cell.mean().experiments().begin(), cell.mean().experiments().end()};
  }
  if (cell.has_found()) {
    return {cell.found().experiments().begin(),
            cell.found().experiments().end()};
  }
  return cell.has_experiment() ? std::vector<std::string>{cell.experiment()}
                               : std::vector<std::string>();
}

class Builder {
 public:
  explicit Builder(const ResultsTableInput& input) : input_(input) {}

  absl::StatusOr<spec::TableReport> Build() {
    report_.set_name(input_.name);
    report_.set_title(WithFamily(input_.table.title(), input_.family));
    report_.set_rung(input_.rung.name());
    for (const ProtocolResults& results : input_.protocols) {
      report_.add_protocols(results.protocol.name());
    }
    *report_.mutable_columns() = input_.published.columns();
    *report_.mutable_published_notes() = input_.published.notes();
    *report_.mutable_differences() = {input_.differences.begin(),
                                      input_.differences.end()};
    if (input_.table.rows_size() == 0) {
      CXR_RETURN_IF_ERROR(AddPublishedTable());
      return std::move(report_);
    }
    if (input_.table.columns_size() + 1 != input_.published.columns_size()) {
      return absl::InvalidArgumentError(absl::StrCat(
          "the table has ", input_.table.columns_size(),
          " columns, the published one ", input_.published.columns_size() - 1));
    }
    for (const spec::RowSpec& row : input_.table.rows()) {
      CXR_RETURN_IF_ERROR(AddRow(row));
    }
    for (const ProtocolResults& results : input_.protocols) {
      AddChance(results);
    }
    return std::move(report_);
  }

 private:
  const std::string& Header(int column) const {
    return input_.published.columns(column + 1);
  }

  absl::Status AddPublishedTable() {
    for (const spec::PublishedRow& row : input_.published.rows()) {
      CXR_RETURN_IF_ERROR(CheckWidth(row));
      const GridCell label = PublishedText(row.cells(0), input_.family);
      spec::TableLine& line = AddLine(spec::PUBLISHED, label.text, label.text);
      line.set_bold(label.bold);
      for (int i = 0; i < row.cells_size() - 1; ++i) {
        spec::TableCell& cell = AddPublished(row, i, line);
        const GridCell printed = PublishedText(row.cells(i + 1), input_.family);
        cell.set_text(printed.text);
        cell.set_bold(printed.bold);
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckWidth(const spec::PublishedRow& row) const {
    return row.cells_size() == input_.published.columns_size()
               ? absl::OkStatus()
               : absl::InvalidArgumentError(absl::StrCat(
                     "published row '", row.key(), "' has ", row.cells_size(),
                     " cells, expected ", input_.published.columns_size()));
  }

  spec::TableLine& AddLine(spec::LineKind kind, std::string row,
                           std::string label) {
    spec::TableLine& line = *report_.add_lines();
    line.set_kind(kind);
    line.set_row(std::move(row));
    line.set_label(std::move(label));
    return line;
  }

  // The published cell of the column `column`.
  spec::TableCell& AddPublished(const spec::PublishedRow& row, int column,
                                spec::TableLine& line) {
    const spec::PublishedCell& published = row.cells(column + 1);
    spec::TableCell& cell = *line.add_cells();
    cell.set_column(Header(column));
    cell.set_status(published.has_number() ? spec::VALUE : spec::TEXT);
    cell.set_text(WithInterval(published, input_.family));
    if (published.has_number()) {
      cell.set_value(published.number().value());
      *cell.mutable_published() = published.number();
    }
    return cell;
  }

  // Null without a published row; InvalidArgument if there is no such row.
  absl::StatusOr<const spec::PublishedRow*> PublishedOf(
      const spec::RowSpec& row) const {
    if (!row.has_published_row()) {
      return nullptr;
    }
    for (const spec::PublishedRow& published : input_.published.rows()) {
      if (published.key() == row.published_row()) {
        CXR_RETURN_IF_ERROR(CheckWidth(published));
        return &published;
      }
    }
    return absl::InvalidArgumentError(absl::StrCat(
        "no published row has the key '", row.published_row(), "'"));
  }

  absl::Status AddRow(const spec::RowSpec& row) {
    CXR_ASSIGN_OR_RETURN(const spec::PublishedRow* published, PublishedOf(row));
    const std::string label = WithFamily(row.label(), input_.family);
    if (published == nullptr && row.lines_size() == 0) {
      AddComputed(row.cells(), label, label, nullptr);
      return absl::OkStatus();
    }
    spec::TableLine& heading = AddLine(spec::HEADING, label, label);
    heading.set_bold(true);
    for (int i = 0; i < input_.table.columns_size(); ++i) {
      heading.add_cells()->set_column(Header(i));
    }
    if (published != nullptr) {
      spec::TableLine& line = AddLine(spec::PUBLISHED, label, "published");
      for (int i = 0; i < input_.table.columns_size(); ++i) {
        AddPublished(*published, i, line);
      }
    }
    if (row.cells_size() > 0) {
      AddComputed(row.cells(), label, input_.rung.name(), published);
    }
    for (const spec::LineSpec& line : row.lines()) {
      AddComputed(line.cells(), label, WithFamily(line.label(), input_.family),
                  published);
    }
    return absl::OkStatus();
  }

  // One line a protocol.
  void AddComputed(const CellSpecs& specs, const std::string& row,
                   const std::string& label,
                   const spec::PublishedRow* published) {
    std::map<std::string, const spec::CellSpec*> by_column;
    bool has_results = false;
    for (const spec::CellSpec& cell : specs) {
      by_column[cell.column()] = &cell;
      has_results = has_results || !ResultsOf(cell).empty();
    }
    for (const ProtocolResults& results : input_.protocols) {
      spec::TableLine& line = AddLine(spec::COMPUTED, row, label);
      AddCells(by_column, results.results, line);
      if (has_results) {
        Name(specs, results, line);
      }
      for (int i = 0; i < line.cells_size() && published != nullptr; ++i) {
        const spec::PublishedCell& printed = published->cells(i + 1);
        if (printed.has_number()) {
          *line.mutable_cells(i)->mutable_published() = printed.number();
        }
      }
      if (!has_results) {
        break;  // The same by any rules.
      }
    }
  }

  void AddCells(const std::map<std::string, const spec::CellSpec*>& by_column,
                const ResultMap& results, spec::TableLine& line) const {
    for (int i = 0; i < input_.table.columns_size(); ++i) {
      const auto it = by_column.find(Header(i));
      *line.add_cells() =
          it == by_column.end()
              ? EmptyCell(Header(i))
              : CellOf(input_.table.columns(i), *it->second, results);
    }
    AddAverages(line);
  }

  // Of the cells that the line already has.
  void AddAverages(spec::TableLine& line) const {
    for (int i = 0; i < input_.table.columns_size(); ++i) {
      const spec::ColumnSpec& column = input_.table.columns(i);
      if (!column.has_average()) continue;
      std::vector<spec::TableCell> parts;
      for (const std::string& header : column.average().columns()) {
        for (const spec::TableCell& cell : line.cells()) {
          if (cell.column() == header) parts.push_back(cell);
        }
      }
      *line.mutable_cells(i) = MeanOfCells(column, Header(i), parts);
    }
  }

  spec::TableCell CellOf(const spec::ColumnSpec& column,
                         const spec::CellSpec& cell,
                         const ResultMap& results) const {
    switch (cell.content_case()) {
      case spec::CellSpec::kExperiment:
        return ResultCell(column, cell.column(), cell.experiment(), results);
      case spec::CellSpec::kMean: {
        std::vector<spec::TableCell> parts;
        for (const std::string& name : cell.mean().experiments()) {
          parts.push_back(ResultCell(column, name, name, results));
        }
        return MeanOfCells(column, cell.column(), parts);
      }
      case spec::CellSpec::kCounted:
        return CountedCellOf(column, cell, input_.declared);
      case spec::CellSpec::kFound:
        return FoundCellOf(cell, results);
      case spec::CellSpec::CONTENT_NOT_SET:
        break;
    }
    return EmptyCell(cell.column());
  }

  // Completes the line's label, and says what keeps its values from being
  // compared with published ones.
  void Name(const CellSpecs& specs, const ProtocolResults& results,
            spec::TableLine& line) const {
    std::set<std::string> notes;
    bool random_weights = false;
    for (const spec::CellSpec& cell : specs) {
      for (const std::string& name : ResultsOf(cell)) {
        const ExperimentResult* result = FindResult(results.results, name);
        if (result != nullptr && !result->records.empty()) {
          notes.insert(ComparabilityText(input_.rung, *result));
          random_weights = random_weights || HasRandomWeights(*result);
        }
      }
    }
    std::string label = line.label();
    if (line.label() != line.row() && label != input_.rung.name()) {
      label = absl::StrCat(input_.rung.name(), ", ", label);
    }
    if (random_weights && !absl::StrContains(label, kRandomWeights)) {
      absl::StrAppend(&label, ", ", kRandomWeights);
    }
    line.set_protocol(results.protocol.name());
    if (input_.protocols.size() > 1) {
      absl::StrAppend(&label, ", ", results.protocol.name());
    }
    line.set_label(std::move(label));
    *line.mutable_notes() = {notes.begin(), notes.end()};
  }

  // Nothing if the table has no ranking metric with a record.
  void AddChance(const ProtocolResults& results) {
    spec::TableLine line;
    bool known = false;
    for (int i = 0; i < input_.table.columns_size(); ++i) {
      *line.add_cells() = ChanceCell(input_.table.columns(i), Header(i),
                                     ExperimentsOf(Header(i)), results.results);
      known = known || line.cells(i).status() != spec::EMPTY;
    }
    if (!known) {
      return;
    }
    AddAverages(line);
    spec::TableLine& added =
        AddLine(spec::CHANCE, std::string(kChance),
                input_.protocols.size() > 1
                    ? absl::StrCat(kChance, ", ", results.protocol.name())
                    : std::string(kChance));
    added.add_notes(std::string(kChanceNote));
    *added.mutable_cells() = line.cells();
    added.set_protocol(results.protocol.name());
  }

  // Of all cells of a column that are of one experiment.
  std::vector<std::string> ExperimentsOf(const std::string& header) const {
    std::vector<std::string> names;
    const auto add = [&](const CellSpecs& cells) {
      for (const spec::CellSpec& cell : cells) {
        if (cell.column() == header && cell.has_experiment()) {
          names.push_back(cell.experiment());
        }
      }
    };
    for (const spec::RowSpec& row : input_.table.rows()) {
      add(row.cells());
      for (const spec::LineSpec& line : row.lines()) {
        add(line.cells());
      }
    }
    return names;
  }

  const ResultsTableInput& input_;
  spec::TableReport report_;
};

}  // namespace

absl::StatusOr<spec::TableReport> BuildTable(const ResultsTableInput& input) {
  return Builder(input).Build();
}

}  // namespace cxr::reports
