// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/nih_cxr8.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/source/example_ids.h"
#include "cxr/data/source/find_table.h"
#include "cxr/data/source/nih_findings.h"
#include "cxr/data/source/reading.h"
#include "cxr/data/table/csv_reader.h"

namespace cxr {
namespace {

constexpr char kTrainingList[] = "train_val_list.txt";
constexpr char kTestList[] = "test_list.txt";
constexpr char kBoxList[] = "BBox_List_2017.csv";

constexpr char kImages[] = "images";
constexpr char kJpegs[] = "images_jpegs";
constexpr int kKaggleFolders = 12;

absl::StatusOr<std::string> FindDataEntry(absl::string_view folder) {
  return FindFile(folder, {"Data_Entry_2017_v2020.csv", "Data_Entry_2017.csv"});
}

// Reads one source; `ids_` points into `index_`, so that it cannot be copied.
class Reader {
 public:
  explicit Reader(absl::string_view folder)
      : folder_(folder), ids_(&index_.examples) {
    index_.source = "nih_cxr8";
    for (const absl::string_view finding : kNihFindings) {
      index_.label_names.emplace_back(finding);
    }
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  absl::StatusOr<ImageIndex> Read() && {
    CXR_RETURN_IF_ERROR(ReadTable());
    CXR_RETURN_IF_ERROR(ReadLists());
    CXR_RETURN_IF_ERROR(ReadBoxes());
    CXR_RETURN_IF_ERROR(SetPaths());
    return std::move(index_);
  }

 private:
  absl::Status ReadTable();
  absl::Status ReadLists();
  absl::Status ReadList(const std::string& list, Part part);
  absl::Status ReadBoxes();
  absl::Status SetPaths();
  absl::Status SetKagglePaths();

  bool HasFolder(absl::string_view name) const {
    return Exists(JoinPath(folder_, name));
  }

  std::string folder_;
  ImageIndex index_;
  ExampleIds ids_;
};

absl::Status Reader::ReadTable() {
  CXR_ASSIGN_OR_RETURN(const std::string file, FindDataEntry(folder_));
  const std::string path = JoinPath(folder_, file);
  CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path));
  ids_.StartTable(path);
  CXR_ASSIGN_OR_RETURN(const int image, table.Column("Image Index"));
  CXR_ASSIGN_OR_RETURN(const int findings, table.Column("Finding Labels"));
  CXR_ASSIGN_OR_RETURN(const int patient, table.Column("Patient ID"));
  CXR_ASSIGN_OR_RETURN(const int age, table.Column("Patient Age"));
  CXR_ASSIGN_OR_RETURN(const int sex, table.Column("Patient Gender"));
  CXR_ASSIGN_OR_RETURN(const int view, table.Column("View Position"));
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      return absl::OkStatus();
    }
    Example example{.id = std::string(table.cells()[image]),
                    .patient_id = std::string(table.cells()[patient]),
                    .view = ViewCell(table, view, &index_.remarks)};
    if (example.patient_id.empty()) {
      return table.Unexpected(patient, "the number of a patient");
    }
    CXR_ASSIGN_OR_RETURN(example.age_years,
                         AgeCell(table, age, &index_.remarks));
    CXR_ASSIGN_OR_RETURN(example.sex, SexCell(table, sex, &index_.remarks));
    const absl::StatusOr<std::vector<float>> labels =
        ParseNihFindings(table.cells()[findings]);
    if (!labels.ok()) {
      return Annotate(labels.status(),
                      absl::StrCat(table.Place(), ": Finding Labels"));
    }
    index_.examples.push_back(std::move(example));
    CXR_RETURN_IF_ERROR(ids_.AddLast(table.line()));
    index_.labels.insert(index_.labels.end(), labels->begin(), labels->end());
  }
}

absl::Status Reader::ReadLists() {
  bool both = true;
  for (const auto& [list, part] :
       {std::pair(kTrainingList, Part::kTraining), {kTestList, Part::kTest}}) {
    if (Exists(JoinPath(folder_, list))) {
      CXR_RETURN_IF_ERROR(ReadList(list, part));
    } else {
      both = false;
      AddRemark("lists of a part that are not there: its images have no part",
                list, &index_.remarks);
    }
  }
  for (int i = 0; both && i < static_cast<int>(index_.examples.size()); ++i) {
    if (index_.examples[i].part == Part::kNone) {
      AddRemark("images on neither list", ids_.Place(i), &index_.remarks);
    }
  }
  return absl::OkStatus();
}

absl::Status Reader::ReadList(const std::string& list, Part part) {
  const std::string path = JoinPath(folder_, list);
  CXR_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  int64_t line = 0;
  for (absl::string_view name : absl::StrSplit(text, '\n')) {
    ++line;
    name = absl::StripAsciiWhitespace(name);
    if (name.empty()) {
      continue;
    }
    const std::optional<int> image = ids_.Find(name);
    if (!image.has_value()) {
      return absl::DataLossError(
          absl::StrCat(path, ":", line, ": found '", name,
                       "', expected an image of the table"));
    }
    Part& known = index_.examples[*image].part;
    if (known != Part::kNone) {
      return absl::DataLossError(absl::StrCat(
          path, ":", line, ": found '", name, "', which stands on ",
          known == part ? "this list" : kTrainingList,
          " already, expected each image once"));
    }
    known = part;
  }
  return absl::OkStatus();
}

// A cell of a box: a number of pixels, at least 0.
absl::StatusOr<float> PixelCell(const CsvReader& table, int column) {
  float pixels = 0.0f;
  if (!absl::SimpleAtof(table.cells()[column], &pixels) ||
      !(0.0f <= pixels && pixels < 1e6f)) {
    return table.Unexpected(column, "pixels");
  }
  return pixels;
}

// The table of boxes less the commas at the ends of its lines: the header has
// three, which the rows have in some copies and lack in others.
absl::StatusOr<CsvReader> OpenBoxes(const std::string& path) {
  CXR_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  for (absl::string_view& line : lines) {
    while (absl::EndsWith(line, ",") || absl::EndsWith(line, "\r")) {
      line.remove_suffix(1);
    }
  }
  return CsvReader::FromText(absl::StrJoin(lines, "\n"), path);
}

absl::Status Reader::ReadBoxes() {
  const std::string path = JoinPath(folder_, kBoxList);
  if (!Exists(path)) {
    return absl::OkStatus();
  }
  CXR_ASSIGN_OR_RETURN(CsvReader table, OpenBoxes(path));
  CXR_ASSIGN_OR_RETURN(const int image, table.Column("Image Index"));
  CXR_ASSIGN_OR_RETURN(const int finding, table.Column("Finding Label"));
  // The header's "Bbox [x,y,w,h]" is four cells.
  CXR_ASSIGN_OR_RETURN(const int left, table.Column("Bbox [x"));
  CXR_ASSIGN_OR_RETURN(const int top, table.Column("y"));
  CXR_ASSIGN_OR_RETURN(const int width, table.Column("w"));
  CXR_ASSIGN_OR_RETURN(const int height, table.Column("h]"));
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      break;
    }
    const std::optional<int> example = ids_.Find(table.cells()[image]);
    if (!example.has_value()) {
      return table.Unexpected(image, "an image of the table");
    }
    absl::string_view name = table.cells()[finding];
    name = name == "Infiltrate" ? "Infiltration" : name;
    const std::optional<int> label = FindNihFinding(name);
    if (!label.has_value()) {
      return table.Unexpected(finding, "one of the 14 findings");
    }
    FindingBox box{.example = *example, .label = std::string(name)};
    CXR_ASSIGN_OR_RETURN(box.left, PixelCell(table, left));
    CXR_ASSIGN_OR_RETURN(box.top, PixelCell(table, top));
    CXR_ASSIGN_OR_RETURN(box.width, PixelCell(table, width));
    CXR_ASSIGN_OR_RETURN(box.height, PixelCell(table, height));
    if (index_.Label(*example, *label) != kPositive) {
      AddRemark("boxes of a finding that the image's labels do not name",
                table.Place(), &index_.remarks);
    }
    index_.boxes.push_back(std::move(box));
  }
  std::stable_sort(index_.boxes.begin(), index_.boxes.end(),
                   [](const FindingBox& a, const FindingBox& b) {
                     return a.example < b.example;
                   });
  return absl::OkStatus();
}

std::string KaggleFolder(int number) {
  return absl::StrFormat("images_%03d/images", number);
}

absl::Status Reader::SetKagglePaths() {
  absl::flat_hash_map<std::string, int> folder_of;
  for (int number = 1; number <= kKaggleFolders; ++number) {
    if (!HasFolder(KaggleFolder(number))) {
      continue;
    }
    CXR_ASSIGN_OR_RETURN(const std::vector<std::string> names,
                         ListFolder(JoinPath(folder_, KaggleFolder(number))));
    for (const std::string& name : names) {
      folder_of.emplace(name, number);
    }
  }
  for (int i = 0; i < static_cast<int>(index_.examples.size()); ++i) {
    Example& example = index_.examples[i];
    const auto it = folder_of.find(example.id);
    if (it != folder_of.end()) {
      example.path = absl::StrCat(KaggleFolder(it->second), "/", example.id);
      continue;
    }
    example.path = absl::StrCat(kImages, "/", example.id);
    AddRemark("images in none of the folders images_001 to images_012",
              ids_.Place(i), &index_.remarks);
  }
  return absl::OkStatus();
}

absl::Status Reader::SetPaths() {
  bool is_kaggle = false;
  for (int number = 1; number <= kKaggleFolders; ++number) {
    is_kaggle = is_kaggle || HasFolder(KaggleFolder(number));
  }
  if (is_kaggle && !HasFolder(kImages)) {
    return SetKagglePaths();
  }
  const bool is_jpeg = HasFolder(kJpegs) && !HasFolder(kImages);
  for (Example& example : index_.examples) {
    example.path = is_jpeg ? absl::StrCat(kJpegs, "/", Stem(example.id), ".jpg")
                           : absl::StrCat(kImages, "/", example.id);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<std::string>> NihCxr8Files(
    absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(const std::string table, FindDataEntry(folder));
  std::vector<std::string> files = {table};
  for (const char* list : {kTrainingList, kTestList, kBoxList}) {
    if (Exists(JoinPath(folder, list))) {
      files.push_back(list);
    }
  }
  return files;
}

absl::StatusOr<ImageIndex> ReadNihCxr8(absl::string_view folder) {
  return Reader(folder).Read();
}

}  // namespace cxr
