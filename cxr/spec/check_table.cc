// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/check_table.h"

#include <google/protobuf/repeated_field.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace cxr {
namespace {

class Checker {
 public:
  Checker(const spec::TableSpec& table, const spec::PublishedValues& published)
      : table_(table), published_(published) {
    for (int i = 0;
         i < table.columns_size() && i + 1 < published.columns_size(); ++i) {
      columns_[published.columns(i + 1)] = &table.columns(i);
    }
    for (const spec::PublishedRow& row : published.rows()) {
      keys_.insert(row.key());
    }
  }

  std::vector<FieldProblem> Check() {
    for (const spec::PublishedRow& row : published_.rows()) {
      if (row.cells_size() != published_.columns_size()) {
        Add("published",
            absl::StrCat("its row '", row.key(), "' has ", row.cells_size(),
                         " cells, expected ", published_.columns_size()));
      }
    }
    if (table_.columns_size() > 0 &&
        table_.columns_size() + 1 != published_.columns_size()) {
      Add("columns",
          absl::StrCat("found ", table_.columns_size(), " columns, expected ",
                       published_.columns_size() - 1, " as published"));
      return std::move(problems_);
    }
    CheckAverages();
    CheckRows();
    return std::move(problems_);
  }

 private:
  void CheckAverages() {
    for (int i = 0; i < table_.columns_size(); ++i) {
      const spec::AverageSpec& average = table_.columns(i).average();
      const std::string field =
          JoinField(ItemField("columns", i), "average.columns");
      int kind = 0;
      for (int k = 0; k < average.columns_size(); ++k) {
        const auto it = columns_.find(average.columns(k));
        if (it == columns_.end()) {
          AddUnknownColumn(ItemField(field, k), average.columns(k));
          continue;
        }
        const int other = KindOf(it->second->metric());
        kind = k == 0 ? other : kind;
        if (other == 0 || other != kind) {
          Add(ItemField(field, k),
              absl::StrCat("'", average.columns(k), "' has no metric of the ",
                           "same kind as '", average.columns(0),
                           "'; their mean is not defined"));
        }
      }
    }
  }

  // Metrics of one kind may be averaged; those of reports are, in print.
  static int KindOf(spec::TableMetric metric) {
    switch (metric) {
      case spec::MACRO_AUROC:
        return 1;
      case spec::MACRO_AUPRC:
        return 2;
      case spec::DICE_LUNGS:
      case spec::DICE_HEART:
        return 3;
      case spec::ROUGE_L:
      case spec::BLEU_4:
      case spec::RADGRAPH_PARTIAL:
      case spec::CHEXBERT_MACRO_F1_14:
      case spec::CHEXBERT_MACRO_F1_5:
        return 4;
      default:
        return 0;
    }
  }

  void CheckRows() {
    for (int i = 0; i < table_.rows_size(); ++i) {
      const spec::RowSpec& row = table_.rows(i);
      const std::string field = ItemField("rows", i);
      if (row.has_published_row() && !keys_.contains(row.published_row())) {
        Add(JoinField(field, "published_row"),
            absl::StrCat("no published row '", row.published_row(),
                         "'; there are: ", absl::StrJoin(keys_, ", ")));
      }
      if (row.cells_size() > 0 && row.lines_size() > 0) {
        Add(JoinField(field, "lines"),
            absl::StrCat("'", row.label(), "' has cells of its own, too; ",
                         "expected either"));
      }
      CheckCells(row.cells(), row.label(), field);
      std::set<std::string> labels;
      for (int k = 0; k < row.lines_size(); ++k) {
        const spec::LineSpec& line = row.lines(k);
        const std::string at = ItemField(JoinField(field, "lines"), k);
        if (!labels.insert(line.label()).second) {
          Add(JoinField(at, "label"),
              absl::StrCat("'", line.label(), "' stands there twice in '",
                           row.label(), "'"));
        }
        CheckCells(line.cells(), line.label(), at);
      }
    }
  }

  // `field` is the path of the row or line that has the cells.
  void CheckCells(
      const google::protobuf::RepeatedPtrField<spec::CellSpec>& cells,
      const std::string& label, const std::string& field) {
    std::set<std::string> seen;
    for (int k = 0; k < cells.size(); ++k) {
      const spec::CellSpec& cell = cells[k];
      const std::string item = ItemField(JoinField(field, "cells"), k);
      const auto column = columns_.find(cell.column());
      if (column == columns_.end()) {
        AddUnknownColumn(JoinField(item, "column"), cell.column());
        continue;
      }
      if (!seen.insert(cell.column()).second) {
        Add(JoinField(item, "column"),
            absl::StrCat("'", cell.column(), "' stands there twice in '", label,
                         "'"));
      }
      CheckContent(cell, *column->second, item);
    }
  }

  // Whether the column is for what the cell holds.
  void CheckContent(const spec::CellSpec& cell, const spec::ColumnSpec& column,
                    const std::string& item) {
    const bool is_fact = cell.has_counted() || cell.has_found();
    if (is_fact != column.has_facts() &&
        cell.content_case() != spec::CellSpec::CONTENT_NOT_SET) {
      Add(item,
          absl::StrCat(
              "'", cell.column(), "' is a column of ",
              column.has_facts() ? "facts" : "a metric", ", expected ",
              column.has_facts() ? "counted or found" : "experiment or mean"));
    }
    if (cell.has_counted() && cell.counted().experiments_size() > 1 &&
        cell.counted().quantity() != spec::DATA_SOURCES) {
      Add(JoinField(item, "counted.experiments"),
          absl::StrCat("found ", cell.counted().experiments_size(),
                       ", expected one"));
    }
  }

  void AddUnknownColumn(std::string field, const std::string& header) {
    Add(std::move(field),
        absl::StrCat("no column '", header, "'; there are: ",
                     absl::StrJoin(published_.columns(), ", ")));
  }

  void Add(std::string field, std::string message) {
    problems_.push_back(
        {.field = std::move(field), .message = std::move(message)});
  }

  const spec::TableSpec& table_;
  const spec::PublishedValues& published_;
  std::map<std::string, const spec::ColumnSpec*> columns_;
  std::set<std::string> keys_;
  std::vector<FieldProblem> problems_;
};

}  // namespace

std::vector<FieldProblem> CheckParts(const spec::TableSpec& table) {
  if (table.parts_size() == 0) {
    return table.has_published()
               ? std::vector<FieldProblem>()
               : std::vector<FieldProblem>{
                     {.field = "published",
                      .message = "is not set; expected the published table, "
                                 "or parts"}};
  }
  if (table.has_published() || table.columns_size() > 0 ||
      table.rows_size() > 0 || table.details_size() > 0 ||
      table.sanity_checks_size() > 0) {
    return {{.field = "parts",
             .message = "a table that shows others has no columns, rows, "
                        "details or published values of its own"}};
  }
  return {};
}

std::vector<FieldProblem> CheckTable(const spec::TableSpec& table,
                                     const spec::PublishedValues& published) {
  return Checker(table, published).Check();
}

}  // namespace cxr
