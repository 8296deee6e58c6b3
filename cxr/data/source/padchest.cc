// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/padchest.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <map>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/source/example_ids.h"
#include "cxr/data/source/find_table.h"
#include "cxr/data/source/reading.h"
#include "cxr/data/table/csv_reader.h"
#include "cxr/data/table/list_literal.h"

namespace cxr {
namespace {

constexpr char kTable[] = "PADCHEST_*.csv";
constexpr char kImages[] = "images";
constexpr size_t kMaxLabels = 1000;  // bounds the memory of the label matrix

// TorchXRayVision 1.x keeps the patients with 2019 - PatientBirth > 10.
constexpr int kYearOfRelease = 2019;
constexpr int kOldestLeftOut = 10;

// The columns that are read.
struct Columns {
  int image = 0;
  int folder = 0;
  int date = 0;
  int study = 0;
  int patient = 0;
  int birth = 0;
  int sex = 0;
  int view = 0;
  int labels = 0;
};

absl::StatusOr<Columns> FindColumns(const CsvReader& table) {
  Columns columns;
  CXR_ASSIGN_OR_RETURN(columns.image, table.Column("ImageID"));
  CXR_ASSIGN_OR_RETURN(columns.folder, table.Column("ImageDir"));
  CXR_ASSIGN_OR_RETURN(columns.date, table.Column("StudyDate_DICOM"));
  CXR_ASSIGN_OR_RETURN(columns.study, table.Column("StudyID"));
  CXR_ASSIGN_OR_RETURN(columns.patient, table.Column("PatientID"));
  CXR_ASSIGN_OR_RETURN(columns.birth, table.Column("PatientBirth"));
  CXR_ASSIGN_OR_RETURN(columns.sex, table.Column("PatientSex_DICOM"));
  CXR_ASSIGN_OR_RETURN(columns.view, table.Column("Projection"));
  CXR_ASSIGN_OR_RETURN(columns.labels, table.Column("Labels"));
  return columns;
}

// A whole number from `min` on, also written "1950.0", as pandas does in
// columns with blanks.
absl::StatusOr<int> WholeNumberCell(const CsvReader& table, int column, int min,
                                    absl::string_view expected) {
  int number = 0;
  if (!absl::SimpleAtoi(absl::StripSuffix(table.cells()[column], ".0"),
                        &number) ||
      number < min) {
    return table.Unexpected(column, expected);
  }
  return number;
}

absl::StatusOr<int> BirthCell(const CsvReader& table, const Columns& columns) {
  return WholeNumberCell(table, columns.birth, /*min=*/1000, "a year of birth");
}

// Reads one source; `ids_` points into `index_`, so that it cannot be copied.
class Reader {
 public:
  explicit Reader(absl::string_view folder)
      : folder_(folder), ids_(&index_.examples) {
    index_.source = "padchest";
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  absl::StatusOr<ImageIndex> Read() && {
    CXR_RETURN_IF_ERROR(ReadTable());
    FillLabels();
    CXR_RETURN_IF_ERROR(SetPaths());
    return std::move(index_);
  }

 private:
  absl::Status ReadTable();
  // Whether the row is one of those that are kept.
  absl::StatusOr<bool> IsKept(const CsvReader& table, const Columns& columns);
  absl::Status AddRow(const CsvReader& table, const Columns& columns);
  absl::StatusOr<int> Age(const CsvReader& table, const Columns& columns);
  absl::Status AddLabels(const CsvReader& table, int column);
  void FillLabels();
  absl::Status SetPaths();

  std::string folder_;
  ImageIndex index_;
  ExampleIds ids_;
  std::string image_root_;       // the table's folder, relative to folder_
  std::vector<int> image_dirs_;  // one an example

  // Names are numbered in the order in which they turn up. Example i names
  // named_[ends_[i - 1]] to named_[ends_[i] - 1].
  std::map<std::string, int> label_numbers_;
  std::vector<int> named_;
  std::vector<size_t> ends_;
};

absl::Status Reader::ReadTable() {
  CXR_ASSIGN_OR_RETURN(const std::string file, FindTable(folder_, kTable));
  const std::string path = JoinPath(folder_, file);
  CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path));
  CXR_ASSIGN_OR_RETURN(const Columns columns, FindColumns(table));
  ids_.StartTable(path);
  image_root_ = FolderOf(file);
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      return absl::OkStatus();
    }
    CXR_ASSIGN_OR_RETURN(const bool is_kept, IsKept(table, columns));
    if (is_kept) {
      CXR_RETURN_IF_ERROR(AddRow(table, columns));
    }
  }
}

absl::StatusOr<bool> Reader::IsKept(const CsvReader& table,
                                    const Columns& columns) {
  if (IsBlank(table.cells()[columns.labels])) {
    AddRemark("rows without labels, left out", table.Place(), &index_.remarks);
    return false;
  }
  if (IsBlank(table.cells()[columns.birth])) {
    AddRemark("rows without a year of birth, left out", table.Place(),
              &index_.remarks);
    return false;
  }
  CXR_ASSIGN_OR_RETURN(const int birth, BirthCell(table, columns));
  if (kYearOfRelease - birth <= kOldestLeftOut) {
    AddRemark(absl::StrCat("rows of patients aged ", kOldestLeftOut,
                           " or less in ", kYearOfRelease, ", left out"),
              table.Place(), &index_.remarks);
    return false;
  }
  return true;
}

absl::Status Reader::AddRow(const CsvReader& table, const Columns& columns) {
  Example example{.id = std::string(table.cells()[columns.image]),
                  .patient_id = std::string(table.cells()[columns.patient]),
                  .study_id = std::string(table.cells()[columns.study])};
  if (example.patient_id.empty()) {
    return table.Unexpected(columns.patient, "the name of a patient");
  }
  example.view = ViewCell(table, columns.view, &index_.remarks);
  CXR_ASSIGN_OR_RETURN(example.sex,
                       SexCell(table, columns.sex, &index_.remarks));
  CXR_ASSIGN_OR_RETURN(example.age_years, Age(table, columns));
  CXR_ASSIGN_OR_RETURN(const int image_dir,
                       WholeNumberCell(table, columns.folder, /*min=*/0,
                                       "the number of a folder"));
  CXR_RETURN_IF_ERROR(AddLabels(table, columns.labels));
  image_dirs_.push_back(image_dir);
  index_.examples.push_back(std::move(example));
  return ids_.AddLast(table.line());
}

absl::StatusOr<int> Reader::Age(const CsvReader& table,
                                const Columns& columns) {
  if (IsBlank(table.cells()[columns.date])) {
    AddRemark("blank dates of study: ages unknown", table.Place(),
              &index_.remarks);
    return kUnknownAge;
  }
  CXR_ASSIGN_OR_RETURN(const int birth, BirthCell(table, columns));
  CXR_ASSIGN_OR_RETURN(const int date,
                       WholeNumberCell(table, columns.date, /*min=*/10000101,
                                       "a date as YYYYMMDD"));
  const int age = date / 10000 - birth;
  if (age < 0 || age > kMaxAgeYears) {
    AddRemark(
        absl::StrCat("ages outside 0 to ", kMaxAgeYears, ", taken as unknown"),
        table.Place(), &index_.remarks);
    return kUnknownAge;
  }
  return age;
}

absl::Status Reader::AddLabels(const CsvReader& table, int column) {
  const absl::StatusOr<std::vector<std::string>> names =
      ParseListLiteral(table.cells()[column]);
  if (!names.ok()) {
    return table.Unexpected(
        column,
        absl::StrCat("a list of labels (", names.status().message(), ")"));
  }
  const size_t start = named_.size();
  for (const std::string& name : *names) {
    if (name.empty()) {
      continue;
    }
    const auto [it, is_new] = label_numbers_.emplace(
        absl::AsciiStrToLower(name), static_cast<int>(label_numbers_.size()));
    if (label_numbers_.size() > kMaxLabels) {
      return table.Unexpected(
          column, absl::StrCat("at most ", kMaxLabels, " different labels"));
    }
    named_.push_back(it->second);
  }
  if (named_.size() == start) {
    AddRemark("rows whose list of labels is empty: labels not known",
              table.Place(), &index_.remarks);
  }
  ends_.push_back(named_.size());
  return absl::OkStatus();
}

void Reader::FillLabels() {
  std::vector<int> column_of(label_numbers_.size());
  for (const auto& [name, number] : label_numbers_) {  // sorted by name
    column_of[number] = static_cast<int>(index_.label_names.size());
    index_.label_names.push_back(name);
  }
  const size_t columns = column_of.size();
  index_.labels.assign(ends_.size() * columns, kNegative);
  size_t next = 0;
  for (size_t i = 0; i < ends_.size(); ++i) {
    float* row = index_.labels.data() + i * columns;
    if (next == ends_[i]) {
      std::fill(row, row + columns, std::numeric_limits<float>::quiet_NaN());
    }
    for (; next < ends_[i]; ++next) {
      row[column_of[named_[next]]] = kPositive;
    }
  }
}

absl::Status Reader::SetPaths() {
  const std::string root = JoinPath(folder_, image_root_);
  const absl::flat_hash_set<int> dirs(image_dirs_.begin(), image_dirs_.end());
  const bool has_dirs = std::any_of(dirs.begin(), dirs.end(), [&](int dir) {
    return Exists(JoinPath(root, absl::StrCat(dir)));
  });
  const bool has_images = Exists(JoinPath(root, kImages));
  bool is_flat = false;
  if (!has_dirs && !has_images) {
    CXR_ASSIGN_OR_RETURN(const std::vector<std::string> names,
                         ListFolder(root));
    is_flat = std::any_of(names.begin(), names.end(),
                          [this](const std::string& name) {
                            return ids_.Find(name).has_value();
                          });
  }
  for (size_t i = 0; i < index_.examples.size(); ++i) {
    Example& example = index_.examples[i];
    example.path = image_root_;
    absl::StrAppend(&example.path, image_root_.empty() ? "" : "/");
    if (has_images && !has_dirs) {
      absl::StrAppend(&example.path, kImages, "/");
    } else if (!is_flat) {
      absl::StrAppend(&example.path, image_dirs_[i], "/");
    }
    absl::StrAppend(&example.path, example.id);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<std::string>> PadchestFiles(
    absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(std::string table, FindTable(folder, kTable));
  return std::vector<std::string>{std::move(table)};
}

absl::StatusOr<ImageIndex> ReadPadchest(absl::string_view folder) {
  return Reader(folder).Read();
}

}  // namespace cxr
