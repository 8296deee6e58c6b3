// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/nih64.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/codec/png.h"
#include "cxr/data/image.h"
#include "cxr/data/index/image_index.h"
#include "cxr/data/source/nih_findings.h"
#include "cxr/data/source/reading.h"
#include "cxr/data/table/csv_reader.h"

namespace cxr {
namespace {

constexpr char kLabelsFile[] = "labels.csv";
constexpr char kMosaicFile[] = "mosaic_40x25_64px.png";

constexpr int kTilePixels = 64;  // side of a thumbnail
constexpr int kTilesAcross = 40;
constexpr int kTilesDown = 25;
constexpr int kTiles = kTilesAcross * kTilesDown;
constexpr int kFolds = 5;

constexpr char kViewLabel[] = "View AP";
constexpr char kSexLabel[] = "Sex M";

class Nih64 final : public Dataset {
 public:
  Nih64(ImageIndex index, GrayImage mosaic)
      : index_(std::move(index)), mosaic_(std::move(mosaic)) {}

  const ImageIndex& index() const override { return index_; }

  absl::StatusOr<DecodedImage> Decode(int i) const override {
    CXR_CHECK(0 <= i && i < kTiles) << i << " of " << kTiles << " images";
    const int left = i % kTilesAcross * kTilePixels;
    const int top = i / kTilesAcross * kTilePixels;
    GrayImage tile{.width = kTilePixels, .height = kTilePixels};
    for (int y = 0; y < kTilePixels; ++y) {
      const uint8_t* row =
          mosaic_.pixels.data() + ptrdiff_t{top + y} * mosaic_.width + left;
      tile.pixels.insert(tile.pixels.end(), row, row + kTilePixels);
    }
    const auto [smallest, largest] =
        std::minmax_element(tile.pixels.begin(), tile.pixels.end());
    ImageFacts facts{.format = ImageFormat::kPng,
                     .width = kTilePixels,
                     .height = kTilePixels,
                     .bits = 8,
                     .channels = 1,
                     .photometric = "GRAY",
                     .smallest = *smallest,
                     .largest = *largest};
    return DecodedImage{.image = std::move(tile), .facts = std::move(facts)};
  }

 private:
  ImageIndex index_;
  GrayImage mosaic_;
};

// The columns of labels.csv that are read.
struct Columns {
  int image = 0;
  int findings = 0;
  int patient = 0;
  int age = 0;
  int sex = 0;
  int view = 0;
  int fold = 0;
};

absl::StatusOr<Columns> FindColumns(const CsvReader& table) {
  Columns columns;
  CXR_ASSIGN_OR_RETURN(columns.image, table.Column("Image Index"));
  CXR_ASSIGN_OR_RETURN(columns.findings, table.Column("Finding Labels"));
  CXR_ASSIGN_OR_RETURN(columns.patient, table.Column("Patient ID"));
  CXR_ASSIGN_OR_RETURN(columns.age, table.Column("Patient Age"));
  CXR_ASSIGN_OR_RETURN(columns.sex, table.Column("Patient Gender"));
  CXR_ASSIGN_OR_RETURN(columns.view, table.Column("View Position"));
  CXR_ASSIGN_OR_RETURN(columns.fold, table.Column("fold5_patient"));
  return columns;
}

absl::StatusOr<int> IntCell(const CsvReader& table, int column, int max) {
  int value = 0;
  if (!absl::SimpleAtoi(table.cells()[column], &value) || value < 0 ||
      value > max) {
    return table.Unexpected(column, absl::StrCat("0 to ", max));
  }
  return value;
}

// What other sources leave unknown is an error here: no label is missing.
absl::StatusOr<View> FrontalViewCell(const CsvReader& table, int column) {
  const View view = ParseView(table.cells()[column]);
  if (view != View::kPa && view != View::kAp) {
    return table.Unexpected(column, "PA or AP");
  }
  return view;
}

absl::StatusOr<Sex> KnownSexCell(const CsvReader& table, int column) {
  std::vector<Remark> remarks;
  const absl::StatusOr<Sex> sex = SexCell(table, column, &remarks);
  if (!sex.ok() || *sex == Sex::kUnknown) {
    return table.Unexpected(column, "F or M");
  }
  return sex;
}

absl::StatusOr<Example> ReadExample(const CsvReader& table,
                                    const Columns& columns) {
  Example example;
  example.id = std::string(table.cells()[columns.image]);
  example.patient_id = std::string(table.cells()[columns.patient]);
  if (example.id.empty() || example.patient_id.empty()) {
    return absl::DataLossError(
        absl::StrCat(table.Place(), ": Image Index or Patient ID is empty"));
  }
  CXR_ASSIGN_OR_RETURN(example.view, FrontalViewCell(table, columns.view));
  CXR_ASSIGN_OR_RETURN(example.sex, KnownSexCell(table, columns.sex));
  CXR_ASSIGN_OR_RETURN(example.age_years,
                       IntCell(table, columns.age, kMaxAgeYears));
  CXR_ASSIGN_OR_RETURN(example.fold, IntCell(table, columns.fold, kFolds - 1));
  return example;
}

// Collects rows into an index and refuses what contradicts an earlier row.
class IndexBuilder {
 public:
  IndexBuilder() {
    index_.source = "nih64";
    index_.folds = kFolds;
    for (const absl::string_view finding : kNihFindings) {
      index_.label_names.emplace_back(finding);
    }
    index_.label_names.insert(index_.label_names.end(),
                              {kViewLabel, kSexLabel});
  }

  absl::Status Add(const CsvReader& table, const Columns& columns) {
    CXR_ASSIGN_OR_RETURN(Example example, ReadExample(table, columns));
    absl::StatusOr<std::vector<float>> findings =
        ParseNihFindings(table.cells()[columns.findings]);
    CXR_RETURN_IF_ERROR(Annotate(
        findings.status(), absl::StrCat(table.Place(), ": Finding Labels")));
    std::vector<float> labels = *std::move(findings);
    CXR_RETURN_IF_ERROR(Annotate(CheckAgainstEarlierRows(example, table.line()),
                                 table.Place()));
    labels.push_back(example.view == View::kAp ? 1.0f : 0.0f);
    labels.push_back(example.sex == Sex::kMale ? 1.0f : 0.0f);
    index_.labels.insert(index_.labels.end(), labels.begin(), labels.end());
    index_.examples.push_back(std::move(example));
    return absl::OkStatus();
  }

  ImageIndex Build() && { return std::move(index_); }

 private:
  absl::Status CheckAgainstEarlierRows(const Example& example, int64_t line) {
    const auto [image, is_new] = line_of_image_.emplace(example.id, line);
    if (!is_new) {
      return absl::DataLossError(absl::StrCat(
          "image ", example.id, " stands on line ", image->second, " already"));
    }
    const auto [patient, is_new_patient] =
        fold_of_patient_.emplace(example.patient_id, example.fold);
    if (!is_new_patient && patient->second != example.fold) {
      return absl::DataLossError(absl::StrCat(
          "patient ", example.patient_id, " is in fold ", example.fold,
          ", but on an earlier line in fold ", patient->second));
    }
    return absl::OkStatus();
  }

  ImageIndex index_;
  absl::flat_hash_map<std::string, int64_t> line_of_image_;
  absl::flat_hash_map<std::string, int> fold_of_patient_;
};

absl::StatusOr<ImageIndex> LoadIndex(absl::string_view path) {
  CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path));
  CXR_ASSIGN_OR_RETURN(const Columns columns, FindColumns(table));
  IndexBuilder builder;
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      break;
    }
    CXR_RETURN_IF_ERROR(builder.Add(table, columns));
  }
  ImageIndex index = std::move(builder).Build();
  if (index.examples.size() != kTiles) {
    return absl::DataLossError(absl::StrCat(
        path, ": found ", index.examples.size(), " rows, expected ", kTiles));
  }
  return index;
}

absl::StatusOr<GrayImage> LoadMosaic(absl::string_view path) {
  constexpr int kWidth = kTilesAcross * kTilePixels;
  constexpr int kHeight = kTilesDown * kTilePixels;
  CXR_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
  CXR_ASSIGN_OR_RETURN(GrayImage mosaic, DecodePngGray(bytes, path));
  if (mosaic.width != kWidth || mosaic.height != kHeight) {
    return absl::DataLossError(
        absl::StrCat(path, ": found ", mosaic.width, " x ", mosaic.height,
                     " pixels, expected ", kWidth, " x ", kHeight));
  }
  return mosaic;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Dataset>> LoadNih64(absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(ImageIndex index,
                       LoadIndex(JoinPath(folder, kLabelsFile)));
  CXR_ASSIGN_OR_RETURN(GrayImage mosaic,
                       LoadMosaic(JoinPath(folder, kMosaicFile)));
  return std::make_unique<Nih64>(std::move(index), std::move(mosaic));
}

std::vector<std::string> Nih64Files() { return {kLabelsFile, kMosaicFile}; }

}  // namespace cxr
