// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/pretrain_log.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "cxr/base/csv.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/with_commas.h"

namespace cxr {
namespace {

constexpr char kSkipped[] = "skipped";
constexpr char kInformation[] = "teacher_information";

using Column = std::pair<std::string, double>;

std::vector<Column> Losses(const StepReport& report) {
  return {{"total", report.total},
          {"dino_local", report.dino_local},
          {"dino_global", report.dino_global},
          {"ibot", report.ibot},
          {"koleo", report.koleo}};
}

std::vector<Column> Columns(const StepReport& report) {
  std::vector<Column> columns = Losses(report);
  columns.insert(columns.end(),
                 {{"teacher_entropy", report.teacher_entropy},
                  {"student_entropy", report.student_entropy},
                  {kInformation, report.teacher_information},
                  {"learning_rate", report.rates.learning_rate},
                  {"weight_decay", report.rates.weight_decay},
                  {"momentum", report.rates.momentum},
                  {"teacher_temperature", report.rates.teacher_temperature}});
  if (report.loss_scale.has_value()) {
    columns.emplace_back("loss_scale", *report.loss_scale);
    columns.emplace_back(kSkipped, report.is_skipped ? 1 : 0);
  }
  for (const auto& [unit, norm] : report.gradient_norms) {
    columns.emplace_back(absl::StrCat("norm_", unit), norm);
  }
  return columns;
}

}  // namespace

void PretrainLog::Add(const StepReport& report) {
  const std::vector<Column> columns = Columns(report);
  if (csv_.empty()) {
    csv_ = "step";
    for (const Column& column : columns)
      absl::StrAppend(&csv_, ",", column.first);
    csv_ += '\n';
  }
  absl::StrAppend(&csv_, report.step);
  for (const Column& column : columns) {
    absl::StrAppendFormat(&csv_, ",%.17g", column.second);
  }
  csv_ += '\n';
  ++steps_;
}

absl::StatusOr<PretrainLog> PretrainLog::Resume(absl::string_view csv,
                                                int64_t step) {
  // The heading, a line a step, and what follows the last line end.
  const std::vector<absl::string_view> lines = absl::StrSplit(csv, '\n');
  PretrainLog log;
  log.steps_ = step;
  if (step == 0) return log;
  if (std::ssize(lines) < step + 2) {
    return absl::DataLossError(
        absl::StrCat("log of the checkpoint: found ", lines.size(),
                     " lines, expected those of ", step, " steps"));
  }
  for (int64_t i = 0; i <= step; ++i) {
    absl::StrAppend(&log.csv_, lines[static_cast<size_t>(i)], "\n");
  }
  return log;
}

std::vector<std::string> PretrainLog::Notes() const {
  const absl::StatusOr<CsvTable> table = CsvTable::Parse(csv_, "log");
  if (csv_.empty() || !table.ok()) return {};
  const absl::StatusOr<int> column = table->Column(kSkipped);
  if (!column.ok()) return {};
  const auto skipped = std::count_if(
      table->rows().begin(), table->rows().end(), [&](const auto& row) {
        return row.cells[static_cast<size_t>(*column)] != "0";
      });
  return {absl::StrCat(WithCommas(skipped), " of ", WithCommas(steps_),
                       " steps left the weights as they were: a gradient in "
                       "float16 was not finite")};
}

absl::Status CheckFinite(const StepReport& report) {
  std::vector<Column> checked = Losses(report);
  const bool may_overflow =
      report.is_skipped && report.loss_scale >= kSmallestLossScale;
  if (!may_overflow) {
    for (const auto& [unit, norm] : report.gradient_norms) {
      checked.emplace_back(absl::StrCat("the gradient norm of ", unit), norm);
    }
  }
  for (const auto& [name, value] : checked) {
    if (!std::isfinite(value)) {
      return absl::OutOfRangeError(
          absl::StrCat("step ", report.step, ": ", name, " is ", value,
                       "; the run has diverged. Its last checkpoint is kept"));
    }
  }
  return absl::OkStatus();
}

absl::Status CollapseWatch::Add(const StepReport& report) {
  bad_steps_ =
      report.teacher_information < kLeastInformation ? bad_steps_ + 1 : 0;
  if (bad_steps_ < kPatience) return absl::OkStatus();
  return absl::OutOfRangeError(absl::StrFormat(
      "step %d: collapsed: for %d steps the teacher has given every image the "
      "same answer (it tells %.1e nats of its image)",
      report.step, bad_steps_, report.teacher_information));
}

absl::StatusOr<CollapseWatch> CollapseWatch::Resume(absl::string_view csv) {
  CollapseWatch watch;
  if (csv.empty()) return watch;
  CXR_ASSIGN_OR_RETURN(const CsvTable table,
                       CsvTable::Parse(csv, "log of the checkpoint"));
  CXR_ASSIGN_OR_RETURN(const int column, table.Column(kInformation));
  for (const CsvTable::Row& row : table.rows()) {
    double information = 0;
    const std::string& cell = row.cells[static_cast<size_t>(column)];
    if (!absl::SimpleAtod(cell, &information)) {
      return absl::DataLossError(absl::StrCat("log of the checkpoint: line ",
                                              row.line, ": found \"", cell,
                                              "\", expected a number"));
    }
    watch.bad_steps_ =
        information < kLeastInformation ? watch.bad_steps_ + 1 : 0;
  }
  return watch;
}

absl::Status PretrainJournal::Resume(absl::string_view csv, int64_t step) {
  CXR_ASSIGN_OR_RETURN(log_, PretrainLog::Resume(csv, step));
  CXR_ASSIGN_OR_RETURN(collapse_, CollapseWatch::Resume(log_.csv()));
  return absl::OkStatus();
}

absl::Status PretrainJournal::Add(StepReport report) {
  report.step = log_.steps();
  CXR_RETURN_IF_ERROR(CheckFinite(report));
  log_.Add(report);
  last_ = std::move(report);
  return collapse_.Add(last_);
}

}  // namespace cxr
