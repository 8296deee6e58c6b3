// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/brax.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/source/chexpert_labels.h"
#include "cxr/data/source/example_ids.h"
#include "cxr/data/source/find_table.h"
#include "cxr/data/source/reading.h"
#include "cxr/data/table/csv_reader.h"

namespace cxr {
namespace {

constexpr absl::string_view kTable = "master_spreadsheet_update.csv";

struct Columns {
  int path = 0;
  int patient = 0;
  int sex = 0;
  int age = 0;
  int study = 0;
  int view = 0;
  std::vector<int> labels = {};
};

absl::StatusOr<Columns> FindAll(const CsvReader& table,
                                const std::vector<std::string>& labels) {
  Columns columns;
  CXR_ASSIGN_OR_RETURN(columns.path, table.Column("PngPath"));
  CXR_ASSIGN_OR_RETURN(columns.patient, table.Column("PatientID"));
  CXR_ASSIGN_OR_RETURN(columns.sex, table.Column("PatientSex"));
  CXR_ASSIGN_OR_RETURN(columns.age, table.Column("PatientAge"));
  CXR_ASSIGN_OR_RETURN(columns.study, table.Column("AccessionNumber"));
  CXR_ASSIGN_OR_RETURN(columns.view, table.Column("ViewPosition"));
  CXR_ASSIGN_OR_RETURN(columns.labels, FindColumns(table, labels));
  return columns;
}

absl::StatusOr<absl::string_view> PngPathCell(const CsvReader& table,
                                              int column) {
  constexpr absl::string_view kStart = "images/";
  constexpr absl::string_view kEnd = ".png";
  const absl::string_view cell = table.cells()[column];
  const size_t start = cell.find(kStart);
  const size_t end = cell.find(kEnd);
  if (start == absl::string_view::npos || end == absl::string_view::npos ||
      end < start) {
    return table.Unexpected(column, "a path with images/ and .png");
  }
  return cell.substr(start, end + kEnd.size() - start);
}

absl::StatusOr<Example> ReadExample(const CsvReader& table,
                                    const Columns& columns,
                                    absl::string_view root,
                                    std::vector<Remark>* remarks) {
  Example example;
  CXR_ASSIGN_OR_RETURN(const absl::string_view path,
                       PngPathCell(table, columns.path));
  example.id = std::string(path);
  example.path = absl::StrCat(root, path);
  example.patient_id = std::string(table.cells()[columns.patient]);
  if (example.patient_id.empty()) {
    return table.Unexpected(columns.patient, "a patient");
  }
  example.study_id = std::string(table.cells()[columns.study]);
  if (example.study_id.empty()) {
    AddRemark("images without a study", table.Place(), remarks);
  }
  CXR_ASSIGN_OR_RETURN(example.sex, SexCell(table, columns.sex, remarks));
  CXR_ASSIGN_OR_RETURN(example.age_years, AgeCell(table, columns.age, remarks));
  example.view = ViewCell(table, columns.view, remarks);
  return example;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> BraxFiles(absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(std::string file, FindTable(folder, kTable));
  return std::vector<std::string>{file};
}

absl::StatusOr<ImageIndex> ReadBrax(absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(const std::string file, FindTable(folder, kTable));
  const std::string path = JoinPath(folder, file);
  CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path));
  ImageIndex index{.source = "brax"};
  CXR_ASSIGN_OR_RETURN(index.label_names, ChexpertLabelNames(table));
  CXR_ASSIGN_OR_RETURN(const Columns columns,
                       FindAll(table, index.label_names));
  ExampleIds ids(&index.examples);
  ids.StartTable(path);
  const std::string root = JoinPath(FolderOf(file), "");
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      return index;
    }
    CXR_ASSIGN_OR_RETURN(index.examples.emplace_back(),
                         ReadExample(table, columns, root, &index.remarks));
    CXR_RETURN_IF_ERROR(ids.AddLast(table.line()));
    CXR_RETURN_IF_ERROR(AppendLabels(table, columns.labels, &index.labels));
  }
}

}  // namespace cxr
