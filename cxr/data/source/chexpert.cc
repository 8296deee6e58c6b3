// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/chexpert.h"

#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/source/chexpert_labels.h"
#include "cxr/data/source/example_ids.h"
#include "cxr/data/source/find_table.h"
#include "cxr/data/source/reading.h"
#include "cxr/data/table/csv_reader.h"

namespace cxr {
namespace {

// The tables, relative to the folder.
struct Tables {
  std::string training = {};
  std::optional<std::string> validation = {};
  std::optional<std::string> test = {};
};

absl::StatusOr<Tables> FindTables(absl::string_view folder) {
  Tables tables;
  CXR_ASSIGN_OR_RETURN(tables.training, FindTable(folder, "train.csv"));
  const std::string root = FolderOf(tables.training);
  tables.validation = FindOptionalFile(folder, {JoinPath(root, "valid.csv")});
  tables.test = FindOptionalFile(
      folder,
      {JoinPath(root, "test_labels.csv"), "test_labels.csv",
       JoinPath(root, "CheXpert/test_labels.csv"), "CheXpert/test_labels.csv"});
  return tables;
}

// What the path of an image says. The views are parts of the path.
struct ImageName {
  absl::string_view id;       // train/patient00001/study1/view1_frontal.jpg
  absl::string_view patient;  // patient00001
  absl::string_view study;    // patient00001/study1
  View view = View::kFrontal;
};

// The last part of `text`, and `text` without it and the slash before it.
absl::string_view TakeLast(absl::string_view* text) {
  const size_t slash = text->rfind('/');
  const size_t begin = slash == absl::string_view::npos ? 0 : slash + 1;
  const absl::string_view last = text->substr(begin);
  *text = text->substr(0, begin == 0 ? 0 : slash);
  return last;
}

std::optional<ImageName> ParsePath(absl::string_view path) {
  absl::string_view rest = path;
  absl::string_view file = TakeLast(&rest);
  const absl::string_view study = TakeLast(&rest);
  const absl::string_view patient = TakeLast(&rest);
  const absl::string_view part = TakeLast(&rest);
  if (!absl::StartsWith(study, "study") || !absl::StartsWith(file, "view") ||
      !absl::StartsWith(patient, "patient") || part.empty() ||
      !absl::ConsumeSuffix(&file, ".jpg")) {
    return std::nullopt;
  }
  ImageName name{.id = path.substr(part.data() - path.data()),
                 .patient = patient,
                 .study = path.substr(patient.data() - path.data(),
                                      patient.size() + 1 + study.size())};
  if (absl::EndsWith(file, "_lateral")) {
    name.view = View::kLateral;
  } else if (!absl::EndsWith(file, "_frontal")) {
    return std::nullopt;
  }
  return name;
}

// Adds the rows of one table after the other to an index.
class IndexBuilder {
 public:
  explicit IndexBuilder(absl::string_view folder) : folder_(folder) {
    index_.source = "chexpert";
  }

  absl::Status Add(const std::string& file, Part part) {
    const std::string path = JoinPath(folder_, file);
    CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path));
    if (index_.label_names.empty()) {
      CXR_ASSIGN_OR_RETURN(index_.label_names, ChexpertLabelNames(table));
    }
    CXR_ASSIGN_OR_RETURN(const Columns columns, FindAll(table, part));
    root_ = JoinPath(FolderOf(file), "");
    ids_.StartTable(path);
    while (true) {
      CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
      if (!more) {
        return absl::OkStatus();
      }
      CXR_RETURN_IF_ERROR(AddRow(table, columns, part));
    }
  }

  // Says that there is no such table.
  void Miss(absl::string_view table) {
    AddRemark(absl::StrCat("no ", table, ": its images are not indexed"),
              folder_, &index_.remarks);
  }

  ImageIndex Build() && { return std::move(index_); }

 private:
  // Places; what the test table does not have is nothing.
  struct Columns {
    int path = 0;
    std::optional<int> sex = {};
    std::optional<int> age = {};
    std::optional<int> side = {};
    std::optional<int> view = {};
    std::vector<int> labels = {};
  };

  absl::StatusOr<Columns> FindAll(const CsvReader& table, Part part) const {
    Columns columns;
    CXR_ASSIGN_OR_RETURN(columns.path, table.Column("Path"));
    CXR_ASSIGN_OR_RETURN(columns.labels,
                         FindColumns(table, index_.label_names));
    if (part == Part::kTest) {
      return columns;
    }
    CXR_ASSIGN_OR_RETURN(columns.sex, table.Column("Sex"));
    CXR_ASSIGN_OR_RETURN(columns.age, table.Column("Age"));
    CXR_ASSIGN_OR_RETURN(columns.side, table.Column("Frontal/Lateral"));
    CXR_ASSIGN_OR_RETURN(columns.view, table.Column("AP/PA"));
    return columns;
  }

  absl::Status AddRow(const CsvReader& table, const Columns& columns,
                      Part part) {
    const absl::string_view path = table.cells()[columns.path];
    const std::optional<ImageName> name = ParsePath(path);
    if (!name.has_value()) {
      return table.Unexpected(columns.path,
                              "PART/patient.../study.../view..._frontal.jpg "
                              "or _lateral.jpg");
    }
    Example& example = index_.examples.emplace_back();
    example.id = std::string(name->id);
    example.patient_id = std::string(name->patient);
    example.study_id = std::string(name->study);
    example.path = absl::StrCat(root_, name->id);
    example.part = part;
    example.view = name->view;
    CXR_RETURN_IF_ERROR(ids_.AddLast(table.line()));
    if (part != Part::kTest) {
      CXR_RETURN_IF_ERROR(AddPerson(table, columns, &example));
      CXR_ASSIGN_OR_RETURN(example.view, ViewOf(table, columns));
    }
    return AppendLabels(table, columns.labels, &index_.labels);
  }

  absl::Status AddPerson(const CsvReader& table, const Columns& columns,
                         Example* example) {
    CXR_ASSIGN_OR_RETURN(example->sex,
                         SexCell(table, *columns.sex, &index_.remarks));
    CXR_ASSIGN_OR_RETURN(example->age_years,
                         AgeCell(table, *columns.age, &index_.remarks));
    if (example->age_years == 0) {
      AddRemark("ages 0, taken as unknown", table.Place(), &index_.remarks);
      example->age_years = kUnknownAge;
    }
    return absl::OkStatus();
  }

  absl::StatusOr<View> ViewOf(const CsvReader& table, const Columns& columns) {
    const absl::string_view side = table.cells()[*columns.side];
    if (side == "Lateral") {
      return View::kLateral;
    }
    if (side != "Frontal") {
      return table.Unexpected(*columns.side, "Frontal or Lateral");
    }
    const absl::string_view word = table.cells()[*columns.view];
    const View view = ParseView(word);
    if (view == View::kPa || view == View::kAp) {
      return view;
    }
    if (view == View::kUnknown) {
      AddRemark("frontal images that are not said to be PA or AP",
                table.Place(), &index_.remarks);
      return View::kFrontal;
    }
    AddRemark("frontal images with another view than PA or AP, taken as other",
              absl::StrCat(table.Place(), ": ", word), &index_.remarks);
    return View::kOther;
  }

  std::string folder_;
  std::string root_;  // of the images in this table: empty, or with a slash
  ImageIndex index_;
  ExampleIds ids_{&index_.examples};
};

}  // namespace

absl::StatusOr<std::vector<std::string>> ChexpertFiles(
    absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(const Tables tables, FindTables(folder));
  std::vector<std::string> files = {tables.training};
  for (const auto& table : {tables.validation, tables.test}) {
    if (table.has_value()) {
      files.push_back(*table);
    }
  }
  return files;
}

absl::StatusOr<ImageIndex> ReadChexpert(absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(const Tables tables, FindTables(folder));
  IndexBuilder builder(folder);
  CXR_RETURN_IF_ERROR(builder.Add(tables.training, Part::kTraining));
  if (tables.validation.has_value()) {
    CXR_RETURN_IF_ERROR(builder.Add(*tables.validation, Part::kValidation));
  } else {
    builder.Miss("valid.csv");
  }
  if (tables.test.has_value()) {
    CXR_RETURN_IF_ERROR(builder.Add(*tables.test, Part::kTest));
  } else {
    builder.Miss("test_labels.csv");
  }
  return std::move(builder).Build();
}

}  // namespace cxr
