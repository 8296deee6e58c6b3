// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/check_table.h"

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
      std::set<std::string> seen;
      for (int k = 0; k < row.cells_size(); ++k) {
        const std::string& column = row.cells(k).column();
        const std::string at =
            JoinField(ItemField(JoinField(field, "cells"), k), "column");
        if (!columns_.contains(column)) {
          AddUnknownColumn(at, column);
        } else if (!seen.insert(column).second) {
          Add(at, absl::StrCat("'", column, "' stands there twice in '",
                               row.label(), "'"));
        }
      }
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

std::vector<FieldProblem> CheckTable(const spec::TableSpec& table,
                                     const spec::PublishedValues& published) {
  return Checker(table, published).Check();
}

}  // namespace cxr
