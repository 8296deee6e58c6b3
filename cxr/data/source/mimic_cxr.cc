// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/mimic_cxr.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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
  std::string metadata = {};
  std::string split = {};
  std::string labels = {};
};

absl::StatusOr<std::string> FindBeside(absl::string_view folder,
                                       absl::string_view root,
                                       absl::string_view pattern) {
  CXR_ASSIGN_OR_RETURN(const std::string file,
                       FindTable(JoinPath(folder, root), pattern));
  return JoinPath(root, file);
}

absl::StatusOr<Tables> FindTables(absl::string_view folder) {
  Tables tables;
  CXR_ASSIGN_OR_RETURN(tables.metadata,
                       FindTable(folder, "mimic-cxr-2.*-metadata.csv"));
  const std::string root = FolderOf(tables.metadata);
  CXR_ASSIGN_OR_RETURN(tables.split,
                       FindBeside(folder, root, "mimic-cxr-2.*-split.csv"));
  CXR_ASSIGN_OR_RETURN(tables.labels,
                       FindBeside(folder, root, "mimic-cxr-2.*-chexpert.csv"));
  return tables;
}

// Subject and study in one number.
using StudyKey = uint64_t;
constexpr int kSubjectShift = 32;

// The number in a cell of digits. The folders are named by the first two.
absl::StatusOr<uint32_t> IdCell(const CsvReader& table, int column) {
  uint32_t id = 0;
  const absl::string_view cell = table.cells()[column];
  if (cell.size() < 2 || cell[0] == '0' ||
      !std::all_of(cell.begin(), cell.end(), absl::ascii_isdigit) ||
      !absl::SimpleAtoi(cell, &id)) {
    return table.Unexpected(column, "a number of several digits");
  }
  return id;
}

// The place of a study in two columns.
struct StudyColumns {
  int subject = 0;
  int study = 0;
};

absl::StatusOr<StudyColumns> FindStudyColumns(const CsvReader& table) {
  StudyColumns columns;
  CXR_ASSIGN_OR_RETURN(columns.subject, table.Column("subject_id"));
  CXR_ASSIGN_OR_RETURN(columns.study, table.Column("study_id"));
  return columns;
}

absl::StatusOr<StudyKey> StudyCell(const CsvReader& table,
                                   const StudyColumns& columns) {
  CXR_ASSIGN_OR_RETURN(const StudyKey subject, IdCell(table, columns.subject));
  CXR_ASSIGN_OR_RETURN(const StudyKey study, IdCell(table, columns.study));
  return subject << kSubjectShift | study;
}

// "files/p10/p10000032/s50414267".
std::string StudyPath(absl::string_view subject, absl::string_view study) {
  return absl::StrCat("files/p", subject.substr(0, 2), "/p", subject, "/s",
                      study);
}

// The labels of all studies.
struct StudyLabels {
  std::vector<std::string> names = {};
  absl::flat_hash_map<StudyKey, int> rows = {};
  std::vector<float> values = {};  // a row a study
  std::vector<int64_t> lines = {};
};

absl::StatusOr<StudyLabels> ReadLabels(absl::string_view path) {
  CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path));
  CXR_ASSIGN_OR_RETURN(const StudyColumns study, FindStudyColumns(table));
  StudyLabels labels;
  CXR_ASSIGN_OR_RETURN(labels.names, ChexpertLabelNames(table));
  CXR_ASSIGN_OR_RETURN(const std::vector<int> columns,
                       FindColumns(table, labels.names));
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      return labels;
    }
    CXR_ASSIGN_OR_RETURN(const StudyKey key, StudyCell(table, study));
    const auto [earlier, is_new] =
        labels.rows.emplace(key, static_cast<int>(labels.lines.size()));
    if (!is_new) {
      return absl::DataLossError(absl::StrCat(
          table.Place(), ": found study ", table.cells()[study.study],
          ", which stands at ", path, ":", labels.lines[earlier->second],
          " already, expected every study once"));
    }
    labels.lines.push_back(table.line());
    CXR_RETURN_IF_ERROR(AppendLabels(table, columns, &labels.values));
  }
}

absl::StatusOr<Part> PartCell(const CsvReader& table, int column) {
  const absl::string_view cell = table.cells()[column];
  if (cell == "train") {
    return Part::kTraining;
  }
  if (cell == "validate") {
    return Part::kValidation;
  }
  if (cell == "test") {
    return Part::kTest;
  }
  return table.Unexpected(column, "train, validate or test");
}

// Puts an index together: images, then the lists they are on.
class IndexBuilder {
 public:
  explicit IndexBuilder(StudyLabels labels)
      : labels_(std::move(labels)),
        is_used_(labels_.lines.size(), false),
        unlabelled_(labels_.names.size(),
                    std::numeric_limits<float>::quiet_NaN()) {
    index_.source = "mimic_cxr";
    index_.label_names = labels_.names;
  }

  // `root` stands before the images' paths: empty, or with a slash at its end.
  absl::Status AddImages(absl::string_view path, absl::string_view root) {
    CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path));
    CXR_ASSIGN_OR_RETURN(const int dicom, table.Column("dicom_id"));
    CXR_ASSIGN_OR_RETURN(const int view, table.Column("ViewPosition"));
    CXR_ASSIGN_OR_RETURN(const StudyColumns columns, FindStudyColumns(table));
    ids_.StartTable(path);
    while (true) {
      CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
      if (!more) {
        return absl::OkStatus();
      }
      CXR_ASSIGN_OR_RETURN(const StudyKey key, StudyCell(table, columns));
      const absl::string_view subject = table.cells()[columns.subject];
      const absl::string_view study = table.cells()[columns.study];
      Example& example = index_.examples.emplace_back();
      example.id = std::string(table.cells()[dicom]);
      example.patient_id = std::string(subject);
      example.study_id = std::string(study);
      example.path = absl::StrCat(root, StudyPath(subject, study), "/",
                                  example.id, ".jpg");
      example.view = ViewCell(table, view, &index_.remarks);
      CXR_RETURN_IF_ERROR(ids_.AddLast(table.line()));
      AddLabels(table, key);
    }
  }

  absl::Status AddParts(absl::string_view path) {
    CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path));
    CXR_ASSIGN_OR_RETURN(const int dicom, table.Column("dicom_id"));
    CXR_ASSIGN_OR_RETURN(const int split, table.Column("split"));
    std::vector<int64_t> lines(index_.examples.size(), 0);
    while (true) {
      CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
      if (!more) {
        return CheckAllHaveParts(path);
      }
      const std::optional<int> place = ids_.Find(table.cells()[dicom]);
      if (!place.has_value()) {
        AddRemark("images in split that metadata does not have, left out",
                  table.Place(), &index_.remarks);
        continue;
      }
      if (lines[*place] != 0) {
        return absl::DataLossError(
            absl::StrCat(table.Place(), ": found ", table.cells()[dicom],
                         ", which stands at ", path, ":", lines[*place],
                         " already, expected every image once"));
      }
      lines[*place] = table.line();
      CXR_ASSIGN_OR_RETURN(index_.examples[*place].part,
                           PartCell(table, split));
    }
  }

  ImageIndex Build(absl::string_view labels_path) && {
    for (size_t row = 0; row < is_used_.size(); ++row) {
      if (!is_used_[row]) {
        AddRemark("labelled studies without images, left out",
                  absl::StrCat(labels_path, ":", labels_.lines[row]),
                  &index_.remarks);
      }
    }
    return std::move(index_);
  }

 private:
  void AddLabels(const CsvReader& table, StudyKey key) {
    const float* row = unlabelled_.data();
    const auto it = labels_.rows.find(key);
    if (it == labels_.rows.end()) {
      AddRemark("images of studies without labels", table.Place(),
                &index_.remarks);
    } else {
      row = labels_.values.data() + it->second * unlabelled_.size();
      is_used_[it->second] = true;
    }
    index_.labels.insert(index_.labels.end(), row, row + unlabelled_.size());
  }

  absl::Status CheckAllHaveParts(absl::string_view path) const {
    for (size_t i = 0; i < index_.examples.size(); ++i) {
      if (index_.examples[i].part == Part::kNone) {
        return absl::DataLossError(absl::StrCat(
            ids_.Place(static_cast<int>(i)), ": found image ",
            index_.examples[i].id, " of study ", index_.examples[i].study_id,
            ", which is not in ", path, ", expected a part for every image"));
      }
    }
    return absl::OkStatus();
  }

  StudyLabels labels_;
  std::vector<bool> is_used_;      // a row of labels_
  std::vector<float> unlabelled_;  // the labels of a study that has none
  ImageIndex index_;
  ExampleIds ids_{&index_.examples};
};

}  // namespace

absl::StatusOr<std::vector<std::string>> MimicCxrFiles(
    absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(Tables tables, FindTables(folder));
  return std::vector<std::string>{tables.metadata, tables.split, tables.labels};
}

absl::StatusOr<ImageIndex> ReadMimicCxr(absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(const Tables tables, FindTables(folder));
  const std::string labels_path = JoinPath(folder, tables.labels);
  CXR_ASSIGN_OR_RETURN(StudyLabels labels, ReadLabels(labels_path));
  IndexBuilder builder(std::move(labels));
  CXR_RETURN_IF_ERROR(
      builder.AddImages(JoinPath(folder, tables.metadata),
                        JoinPath(FolderOf(tables.metadata), "")));
  CXR_RETURN_IF_ERROR(builder.AddParts(JoinPath(folder, tables.split)));
  return std::move(builder).Build(labels_path);
}

std::string MimicCxrReportPath(const Example& example) {
  return absl::StrCat(StudyPath(example.patient_id, example.study_id), ".txt");
}

absl::StatusOr<std::string> ReadMimicCxrReport(absl::string_view folder,
                                               const Example& example) {
  constexpr absl::string_view kReports = "mimic-cxr-reports";
  const std::string report = MimicCxrReportPath(example);
  // What stands before files/ in the image's path.
  const std::string root = example.path.substr(0, example.path.rfind("files/"));
  const std::vector<std::string> paths = {
      JoinPath(root, report), JoinPath(root, JoinPath(kReports, report)),
      JoinPath(kReports, report)};
  for (const std::string& path : paths) {
    if (Exists(JoinPath(folder, path))) {
      return ReadFile(JoinPath(folder, path));
    }
  }
  return absl::NotFoundError(absl::StrCat(folder, ": found no report ",
                                          absl::StrJoin(paths, " nor ")));
}

}  // namespace cxr
