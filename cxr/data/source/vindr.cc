// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/vindr.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/span.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/source/example_ids.h"
#include "cxr/data/source/find_table.h"
#include "cxr/data/source/reading.h"
#include "cxr/data/source/vindr_boxes.h"
#include "cxr/data/source/vindr_labels.h"
#include "cxr/data/table/csv_reader.h"

namespace cxr {
namespace {

constexpr size_t kReadersAnImage = 3;
constexpr size_t kIdDigits = 32;

constexpr char kTrainingLabels[] = "annotations/image_labels_train.csv";
constexpr char kTestLabels[] = "annotations/image_labels_test.csv";
constexpr char kTrainingBoxes[] = "annotations/annotations_train.csv";
constexpr char kTestBoxes[] = "annotations/annotations_test.csv";
constexpr char kKaggle[] = "train.csv";

constexpr char kImage[] = "image_id";
constexpr char kReader[] = "rad_id";

// The ending of the images in a folder that holds `image`.
absl::string_view EndingOf(absl::string_view folder, absl::string_view image) {
  constexpr std::array<absl::string_view, 4> kEndings = {".dicom", ".dcm",
                                                         ".png", ".jpg"};
  for (const absl::string_view ending : kEndings) {
    if (Exists(JoinPath(folder, absl::StrCat(image, ending)))) {
      return ending;
    }
  }
  return kEndings.front();
}

// Collects the rows of all tables, training images first.
class IndexBuilder {
 public:
  IndexBuilder(absl::string_view folder,
               absl::Span<const absl::string_view> labels)
      : folder_(folder), ids_(&index_.examples) {
    index_.source = "vindr";
    for (const absl::string_view label : labels) {
      index_.label_names.emplace_back(label);
    }
  }

  absl::Status ReadTrainingLabels(absl::string_view path);
  absl::Status ReadTestLabels(absl::string_view path);
  // Boxes of images that are there already.
  absl::Status ReadBoxes(absl::string_view path);
  // Boxes, and who saw what.
  absl::Status ReadKaggle(absl::string_view path);

  ImageIndex Build() &&;

 private:
  absl::StatusOr<std::vector<int>> LabelColumns(const CsvReader& table,
                                                absl::string_view path) const;
  absl::StatusOr<float> Label(const CsvReader& table, int column) const;
  absl::Status AddImage(const CsvReader& table, int image_column, Part part);
  absl::StatusOr<int> TrainingImage(const CsvReader& table, int image_column);
  bool AddReader(int example, absl::string_view reader);
  void AddBox(const VindrBoxes& row, int example);
  void CountsToShares();

  float& LabelAt(int example, size_t label) {
    return index_.labels[example * index_.label_names.size() + label];
  }
  void Note(absl::string_view what, absl::string_view where) {
    AddRemark(what, where, &index_.remarks);
  }

  std::string folder_;
  ImageIndex index_;
  ExampleIds ids_;
  absl::string_view ending_;  // of the images of the part being read
  // Who read the training images, whose labels count readers until Build.
  std::vector<std::vector<std::string>> readers_;
};

// The column of each label.
absl::StatusOr<std::vector<int>> IndexBuilder::LabelColumns(
    const CsvReader& table, absl::string_view path) const {
  const std::vector<std::string>& header = table.header();
  std::vector<int> columns;
  for (const std::string& label : index_.label_names) {
    const auto means_label = [&](absl::string_view name) {
      return FindVindrLabel(name) == label;
    };
    const auto found = std::find_if(header.begin(), header.end(), means_label);
    if (found == header.end()) {
      return absl::DataLossError(
          absl::StrCat(path, ":1: found no column for the label '", label,
                       "', expected one among ", absl::StrJoin(header, ", ")));
    }
    const auto second = std::find_if(found + 1, header.end(), means_label);
    if (second != header.end()) {
      return absl::DataLossError(
          absl::StrCat(path, ":1: found the columns '", *found, "' and '",
                       *second, "', expected one for the label '", label, "'"));
    }
    columns.push_back(static_cast<int>(found - header.begin()));
  }
  return columns;
}

absl::StatusOr<float> IndexBuilder::Label(const CsvReader& table,
                                          int column) const {
  const absl::StatusOr<float> label = LabelCell(table, column);
  if (!label.ok() || (*label != kPositive && *label != kNegative)) {
    return table.Unexpected(column, "0 or 1");
  }
  return label;
}

// Adds the image of this row, its labels 0.
absl::Status IndexBuilder::AddImage(const CsvReader& table, int image_column,
                                    Part part) {
  const absl::string_view id = table.cells()[image_column];
  if (id.size() != kIdDigits ||
      !std::all_of(id.begin(), id.end(), absl::ascii_isxdigit)) {
    return table.Unexpected(image_column, "32 hexadecimal digits");
  }
  const std::string path =
      absl::StrCat(part == Part::kTraining ? "train/" : "test/", id);
  if (index_.examples.empty() || index_.examples.back().part != part) {
    ending_ = EndingOf(folder_, path);
  }
  index_.examples.push_back({.id = std::string(id),
                             .patient_id = std::string(id),
                             .path = absl::StrCat(path, ending_),
                             .view = View::kPa,
                             .part = part});
  index_.labels.resize(index_.labels.size() + index_.label_names.size());
  return ids_.AddLast(table.line());
}

// The place of this row's image, which is added if it is new.
absl::StatusOr<int> IndexBuilder::TrainingImage(const CsvReader& table,
                                                int image_column) {
  const std::optional<int> known = ids_.Find(table.cells()[image_column]);
  if (known.has_value()) {
    return *known;
  }
  CXR_RETURN_IF_ERROR(AddImage(table, image_column, Part::kTraining));
  readers_.emplace_back();
  return static_cast<int>(readers_.size()) - 1;
}

// Whether `reader` is new to this example.
bool IndexBuilder::AddReader(int example, absl::string_view reader) {
  std::vector<std::string>& readers = readers_[example];
  if (std::find(readers.begin(), readers.end(), reader) != readers.end()) {
    return false;
  }
  readers.emplace_back(reader);
  return true;
}

absl::Status IndexBuilder::ReadTrainingLabels(absl::string_view path) {
  CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path));
  CXR_ASSIGN_OR_RETURN(const int image, table.Column(kImage));
  CXR_ASSIGN_OR_RETURN(const int reader, table.Column(kReader));
  CXR_ASSIGN_OR_RETURN(const auto columns, LabelColumns(table, path));
  ids_.StartTable(path);
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      return absl::OkStatus();
    }
    CXR_ASSIGN_OR_RETURN(const int example, TrainingImage(table, image));
    if (!AddReader(example, table.cells()[reader])) {
      return table.Unexpected(reader, "every reader of an image once");
    }
    for (size_t i = 0; i < columns.size(); ++i) {
      CXR_ASSIGN_OR_RETURN(const float label, Label(table, columns[i]));
      LabelAt(example, i) += label;
    }
  }
}

absl::Status IndexBuilder::ReadTestLabels(absl::string_view path) {
  CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path));
  CXR_ASSIGN_OR_RETURN(const int image, table.Column(kImage));
  CXR_ASSIGN_OR_RETURN(const auto columns, LabelColumns(table, path));
  ids_.StartTable(path);
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      return absl::OkStatus();
    }
    CXR_RETURN_IF_ERROR(AddImage(table, image, Part::kTest));
    const int example = static_cast<int>(index_.examples.size()) - 1;
    for (size_t i = 0; i < columns.size(); ++i) {
      CXR_ASSIGN_OR_RETURN(LabelAt(example, i), Label(table, columns[i]));
    }
  }
}

void IndexBuilder::AddBox(const VindrBoxes& row, int example) {
  if (!row.box().has_value()) {
    return;
  }
  if (!FindVindrLabel(row.label()).has_value()) {
    Note(absl::StrCat("boxes of '", row.label(), "', which is no label"),
         row.table().Place());
  }
  index_.boxes.push_back(*row.box());
  index_.boxes.back().example = example;
}

absl::Status IndexBuilder::ReadBoxes(absl::string_view path) {
  CXR_ASSIGN_OR_RETURN(VindrBoxes boxes, VindrBoxes::Open(path));
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, boxes.Next());
    if (!more) {
      return absl::OkStatus();
    }
    const std::optional<int> example = ids_.Find(boxes.image());
    if (example.has_value()) {
      AddBox(boxes, *example);
    } else {
      Note("boxes of images without labels, left out", boxes.table().Place());
    }
  }
}

absl::Status IndexBuilder::ReadKaggle(absl::string_view path) {
  CXR_ASSIGN_OR_RETURN(VindrBoxes boxes, VindrBoxes::Open(path));
  CXR_RETURN_IF_ERROR(boxes.table().Column(kReader).status());
  ids_.StartTable(path);
  // A reader may draw several boxes of one finding: (label's place, reader).
  absl::flat_hash_set<std::pair<size_t, std::string>> votes;
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, boxes.Next());
    if (!more) {
      return absl::OkStatus();
    }
    CXR_ASSIGN_OR_RETURN(const int example,
                         TrainingImage(boxes.table(), boxes.image_column()));
    const auto label = std::find(index_.label_names.begin(),
                                 index_.label_names.end(), boxes.label());
    if (label == index_.label_names.end()) {
      return boxes.table().Unexpected(boxes.label_column(),
                                      absl::StrJoin(index_.label_names, ", "));
    }
    float& count = LabelAt(example, label - index_.label_names.begin());
    const size_t place = &count - index_.labels.data();
    AddReader(example, boxes.reader());
    if (votes.emplace(place, boxes.reader()).second) {
      ++count;
    }
    AddBox(boxes, example);
  }
}

// Divides the counts of training images by their readers.
void IndexBuilder::CountsToShares() {
  const size_t labels = index_.label_names.size();
  for (size_t i = 0; i < readers_.size(); ++i) {
    const size_t readers = readers_[i].size();
    if (readers != kReadersAnImage) {
      Note("images without exactly 3 readers, labelled by those there are",
           ids_.Place(static_cast<int>(i)));
    }
    for (size_t j = 0; j < labels; ++j) {
      index_.labels[i * labels + j] /= static_cast<float>(readers);
    }
  }
}

ImageIndex IndexBuilder::Build() && {
  CountsToShares();
  std::stable_sort(index_.boxes.begin(), index_.boxes.end(),
                   [](const FindingBox& a, const FindingBox& b) {
                     return a.example < b.example;
                   });
  return std::move(index_);
}

// The tables there are, relative to the folder.
struct Tables {
  bool kaggle = false;  // `training` is its table, the others are not there
  std::string training = {};
  std::string test = {};
  std::optional<std::string> training_boxes = {};
  std::optional<std::string> test_boxes = {};
};

absl::StatusOr<Tables> FindTables(absl::string_view folder) {
  Tables tables;
  if (!FindOptionalFile(folder, {kTestLabels}).has_value()) {
    CXR_ASSIGN_OR_RETURN(tables.training,
                         FindFile(folder, {kTrainingLabels, kKaggle}));
    tables.kaggle = absl::StartsWith(tables.training, kKaggle);
    if (tables.kaggle) {
      return tables;
    }
  }
  CXR_ASSIGN_OR_RETURN(tables.training, FindFile(folder, {kTrainingLabels}));
  CXR_ASSIGN_OR_RETURN(tables.test, FindFile(folder, {kTestLabels}));
  tables.training_boxes = FindOptionalFile(folder, {kTrainingBoxes});
  tables.test_boxes = FindOptionalFile(folder, {kTestBoxes});
  return tables;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> VindrFiles(absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(const Tables tables, FindTables(folder));
  std::vector<std::string> files = {tables.training};
  if (!tables.kaggle) {
    files.push_back(tables.test);
  }
  for (const auto& boxes : {tables.training_boxes, tables.test_boxes}) {
    if (boxes.has_value()) {
      files.push_back(*boxes);
    }
  }
  return files;
}

absl::StatusOr<ImageIndex> ReadVindr(absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(const Tables tables, FindTables(folder));
  const std::string training = JoinPath(folder, tables.training);
  if (tables.kaggle) {
    IndexBuilder builder(folder, kVindrKaggleLabels);
    CXR_RETURN_IF_ERROR(builder.ReadKaggle(training));
    return std::move(builder).Build();
  }
  IndexBuilder builder(folder, kVindrLabels);
  CXR_RETURN_IF_ERROR(builder.ReadTrainingLabels(training));
  CXR_RETURN_IF_ERROR(builder.ReadTestLabels(JoinPath(folder, tables.test)));
  for (const auto& boxes : {tables.training_boxes, tables.test_boxes}) {
    if (boxes.has_value()) {
      CXR_RETURN_IF_ERROR(builder.ReadBoxes(JoinPath(folder, *boxes)));
    }
  }
  return std::move(builder).Build();
}

}  // namespace cxr
