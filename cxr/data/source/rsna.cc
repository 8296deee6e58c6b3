// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/rsna.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/source/example_ids.h"
#include "cxr/data/source/find_table.h"
#include "cxr/data/source/reading.h"
#include "cxr/data/table/csv_reader.h"

namespace cxr {
namespace {

constexpr char kHeaders[] = "dicom_headers.csv";
constexpr char kPneumonia[] = "Pneumonia";

// Classes, in the order of their label columns: the first is that of Target.
constexpr std::array<absl::string_view, 3> kClasses = {
    "Lung Opacity",
    "No Lung Opacity / Not Normal",
    "Normal",
};

constexpr float kNoClass = std::numeric_limits<float>::quiet_NaN();

struct Files {
  std::string training = {};
  std::optional<std::string> test = {};
  std::optional<std::string> classes = {};
  std::optional<std::string> headers = {};
  std::optional<std::string> submission = {};
};

absl::StatusOr<Files> FindFiles(absl::string_view folder) {
  Files files;
  CXR_ASSIGN_OR_RETURN(files.training,
                       FindFile(folder, {"stage_2_train_labels.csv"}));
  files.test = FindOptionalFile(folder, {"stage_2_test_labels.csv"});
  files.classes = FindOptionalFile(folder, {"stage_2_detailed_class_info.csv"});
  files.headers = FindOptionalFile(folder, {kHeaders});
  files.submission =
      FindOptionalFile(folder, {"stage_2_sample_submission.csv"});
  return files;
}

// The four columns of a box.
constexpr std::array<const char*, 4> kBoxColumns = {"x", "y", "width",
                                                    "height"};
using BoxColumns = std::array<int, kBoxColumns.size()>;

// Of a table of labels; without `boxes` if it has none of their columns.
struct LabelColumns {
  int patient = 0;
  int target = 0;
  std::optional<BoxColumns> boxes = {};
};

absl::StatusOr<LabelColumns> FindLabelColumns(const CsvReader& table,
                                              Part part) {
  LabelColumns columns;
  CXR_ASSIGN_OR_RETURN(columns.patient, table.Column("patientId"));
  CXR_ASSIGN_OR_RETURN(columns.target, table.Column("Target"));
  const bool has_boxes =
      std::any_of(kBoxColumns.begin(), kBoxColumns.end(),
                  [&](const char* x) { return table.FindColumn(x); });
  if (part == Part::kTest && !has_boxes) {
    return columns;
  }
  columns.boxes.emplace();
  for (size_t i = 0; i < kBoxColumns.size(); ++i) {
    CXR_ASSIGN_OR_RETURN((*columns.boxes)[i], table.Column(kBoxColumns[i]));
  }
  return columns;
}

// Reads one source; `ids_` points into `index_`, so that it cannot be copied.
class Reader {
 public:
  Reader(absl::string_view folder, Files files)
      : folder_(folder), files_(std::move(files)), ids_(&index_.examples) {
    index_.source = "rsna";
    index_.label_names = {kPneumonia};
    if (files_.classes.has_value()) {
      index_.label_names.emplace_back(kClasses[1]);
      index_.label_names.emplace_back(kClasses[2]);
    }
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  absl::StatusOr<ImageIndex> Read() &&;

 private:
  absl::StatusOr<CsvReader> Open(const std::string& file) const {
    return CsvReader::Open(JoinPath(folder_, file));
  }
  absl::Status ReadLabels(const std::string& file, Part part);
  // The place of the row's patient, which is entered if it is new.
  absl::StatusOr<int> Enter(const CsvReader& table, const LabelColumns& columns,
                            Part part);
  absl::Status AddBox(const CsvReader& table, const LabelColumns& columns,
                      int example);
  absl::Status ReadClasses();
  absl::Status ReadHeaders();
  absl::Status CountUnlabelled();

  float& Label(int example, int column) {
    return index_.labels[example * index_.label_names.size() + column];
  }

  std::string folder_;
  Files files_;
  ImageIndex index_;
  ExampleIds ids_;
};

absl::StatusOr<ImageIndex> Reader::Read() && {
  CXR_RETURN_IF_ERROR(ReadLabels(files_.training, Part::kTraining));
  if (files_.test.has_value()) {
    CXR_RETURN_IF_ERROR(ReadLabels(*files_.test, Part::kTest));
  }
  std::stable_sort(index_.boxes.begin(), index_.boxes.end(),
                   [](const FindingBox& a, const FindingBox& b) {
                     return a.example < b.example;
                   });
  CXR_RETURN_IF_ERROR(ReadClasses());
  CXR_RETURN_IF_ERROR(ReadHeaders());
  CXR_RETURN_IF_ERROR(CountUnlabelled());
  return std::move(index_);
}

absl::Status Reader::ReadLabels(const std::string& file, Part part) {
  CXR_ASSIGN_OR_RETURN(CsvReader table, Open(file));
  CXR_ASSIGN_OR_RETURN(const LabelColumns columns,
                       FindLabelColumns(table, part));
  ids_.StartTable(JoinPath(folder_, file));
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      return absl::OkStatus();
    }
    CXR_ASSIGN_OR_RETURN(const int example, Enter(table, columns, part));
    if (columns.boxes.has_value()) {
      CXR_RETURN_IF_ERROR(AddBox(table, columns, example));
    }
  }
}

absl::StatusOr<int> Reader::Enter(const CsvReader& table,
                                  const LabelColumns& columns, Part part) {
  const absl::string_view patient = table.cells()[columns.patient];
  CXR_ASSIGN_OR_RETURN(const float target, LabelCell(table, columns.target));
  if (target != kPositive && target != kNegative) {
    return table.Unexpected(columns.target, "0 or 1");
  }
  if (const std::optional<int> known = ids_.Find(patient)) {
    if (index_.examples[*known].part != part) {
      return table.Unexpected(
          columns.patient,
          absl::StrCat("a patient in one part, not in that of ",
                       ids_.Place(*known), " too"));
    }
    if (Label(*known, 0) != target) {
      return table.Unexpected(
          columns.target, absl::StrCat("the Target of ", patient, " at ",
                                       ids_.Place(*known), ", which differs"));
    }
    if (target == kNegative) {
      return table.Unexpected(
          columns.patient,
          absl::StrCat("one row of a patient without boxes, but ",
                       ids_.Place(*known), " is another"));
    }
    return *known;
  }
  index_.examples.push_back(
      {.id = std::string(patient),
       .patient_id = std::string(patient),
       .path = absl::StrCat(part == Part::kTest ? "stage_2_test_images/"
                                                : "stage_2_train_images/",
                            patient, ".dcm"),
       .part = part});
  index_.labels.push_back(target);
  index_.labels.resize(index_.examples.size() * index_.label_names.size(),
                       kNoClass);
  CXR_RETURN_IF_ERROR(ids_.AddLast(table.line()));
  return static_cast<int>(index_.examples.size()) - 1;
}

absl::Status Reader::AddBox(const CsvReader& table, const LabelColumns& columns,
                            int example) {
  const bool is_positive = Label(example, 0) == kPositive;
  std::array<float, kBoxColumns.size()> pixels = {};
  for (size_t i = 0; i < pixels.size(); ++i) {
    const int column = (*columns.boxes)[i];
    const absl::string_view cell = table.cells()[column];
    if (!is_positive && !IsBlank(cell)) {
      return table.Unexpected(column, "nothing, as Target is 0");
    }
    if (is_positive && (!absl::SimpleAtof(cell, &pixels[i]) ||
                        !(0.0f <= pixels[i] && std::isfinite(pixels[i])))) {
      return table.Unexpected(column, "pixels, as Target is 1");
    }
  }
  if (is_positive) {
    index_.boxes.push_back({.example = example,
                            .label = kPneumonia,
                            .left = pixels[0],
                            .top = pixels[1],
                            .width = pixels[2],
                            .height = pixels[3]});
  }
  return absl::OkStatus();
}

absl::Status Reader::ReadClasses() {
  if (!files_.classes.has_value()) {
    return absl::OkStatus();
  }
  CXR_ASSIGN_OR_RETURN(CsvReader table, Open(*files_.classes));
  CXR_ASSIGN_OR_RETURN(const int patient, table.Column("patientId"));
  CXR_ASSIGN_OR_RETURN(const int column, table.Column("class"));
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      break;
    }
    const std::optional<int> example = ids_.Find(table.cells()[patient]);
    if (!example.has_value()) {
      return table.Unexpected(patient, "a patient of the tables of labels");
    }
    const auto* named =
        std::find(kClasses.begin(), kClasses.end(), table.cells()[column]);
    if (named == kClasses.end()) {
      return table.Unexpected(column, absl::StrJoin(kClasses, ", "));
    }
    for (int i = 0; i < static_cast<int>(kClasses.size()); ++i) {
      const float value = kClasses.begin() + i == named ? kPositive : kNegative;
      float& label = Label(*example, i);
      if (i > 0 && std::isnan(label)) {
        label = value;
      } else if (label != value) {
        return table.Unexpected(
            column, absl::StrCat("a class that agrees with the earlier rows of "
                                 "this patient and its Target at ",
                                 ids_.Place(*example)));
      }
    }
  }
  for (int i = 0; i < static_cast<int>(index_.examples.size()); ++i) {
    if (std::isnan(Label(i, 1))) {
      AddRemark("images without a class", ids_.Place(i), &index_.remarks);
    }
  }
  return absl::OkStatus();
}

absl::Status Reader::ReadHeaders() {
  if (!files_.headers.has_value()) {
    AddRemark("no table of headers: views, sexes and ages unknown", kHeaders,
              &index_.remarks);
    return absl::OkStatus();
  }
  std::vector<bool> has_header(index_.examples.size(), false);
  CXR_ASSIGN_OR_RETURN(CsvReader table, Open(*files_.headers));
  CXR_ASSIGN_OR_RETURN(const int patient, table.Column("PatientID"));
  CXR_ASSIGN_OR_RETURN(const int view, table.Column("ViewPosition"));
  CXR_ASSIGN_OR_RETURN(const int sex, table.Column("PatientSex"));
  CXR_ASSIGN_OR_RETURN(const int age, table.Column("PatientAge"));
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      break;
    }
    const std::optional<int> place = ids_.Find(table.cells()[patient]);
    if (!place.has_value()) {
      AddRemark("headers of images without labels, passed over", table.Place(),
                &index_.remarks);
      continue;
    }
    if (has_header[*place]) {
      return table.Unexpected(patient, "one header of this patient");
    }
    has_header[*place] = true;
    Example& example = index_.examples[*place];
    example.view = ViewCell(table, view, &index_.remarks);
    CXR_ASSIGN_OR_RETURN(example.sex, SexCell(table, sex, &index_.remarks));
    CXR_ASSIGN_OR_RETURN(example.age_years,
                         AgeCell(table, age, &index_.remarks));
  }
  for (int i = 0; i < static_cast<int>(has_header.size()); ++i) {
    if (!has_header[i]) {
      AddRemark("images without a header: view, sex and age unknown",
                ids_.Place(i), &index_.remarks);
    }
  }
  return absl::OkStatus();
}

absl::Status Reader::CountUnlabelled() {
  if (!files_.submission.has_value()) {
    return absl::OkStatus();
  }
  CXR_ASSIGN_OR_RETURN(CsvReader table, Open(*files_.submission));
  CXR_ASSIGN_OR_RETURN(const int patient, table.Column("patientId"));
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      return absl::OkStatus();
    }
    if (!ids_.Find(table.cells()[patient]).has_value()) {
      AddRemark("test images without labels, left out", table.Place(),
                &index_.remarks);
    }
  }
}

}  // namespace

absl::StatusOr<std::vector<std::string>> RsnaFiles(absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(const Files files, FindFiles(folder));
  std::vector<std::string> names = {files.training};
  for (const std::optional<std::string>& file :
       {files.test, files.classes, files.headers, files.submission}) {
    if (file.has_value()) {
      names.push_back(*file);
    }
  }
  return names;
}

absl::StatusOr<ImageIndex> ReadRsna(absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(Files files, FindFiles(folder));
  return Reader(folder, std::move(files)).Read();
}

}  // namespace cxr
