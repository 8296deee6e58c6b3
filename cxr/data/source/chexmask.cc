// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/chexmask.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/check.h"
#include "cxr/base/csv.h"
#include "cxr/base/file.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/source/chexmask_landmarks.h"
#include "cxr/data/source/find_table.h"
#include "cxr/data/source/reading.h"
#include "cxr/data/table/csv_reader.h"
#include "cxr/data/table/rle.h"

namespace cxr {
namespace {

constexpr int kPreprocessedPixels = 1024;  // width and height
constexpr int kMaxPixels = 1 << 16;        // width or height
// Points of poor outlines lie outside of their image by up to this share of its
// size; if they are farther out, it is an image of another size.
constexpr double kMaxOverhang = 0.1;

constexpr char kTable[] = "OriginalResolution/MIMIC-CXR-JPG.csv";

// How the images of NIH, CheXpert, MIMIC-CXR, PadChest and VinDr-CXR are named.
constexpr std::array<absl::string_view, 5> kIdColumns = {
    "Image Index", "Path", "dicom_id", "ImageID", "image_id"};

struct Columns {
  int id = 0;
  int rca_mean = 0;
  int rca_max = 0;
  int landmarks = 0;
  std::array<int, kChexmaskOrgans.size()> organs = {};
  int height = 0;
  int width = 0;
};

absl::StatusOr<Columns> FindColumns(const CsvReader& table) {
  Columns columns;
  const auto id = std::find_if(kIdColumns.begin(), kIdColumns.end(),
                               [&](absl::string_view name) {
                                 return table.FindColumn(name).has_value();
                               });
  CXR_ASSIGN_OR_RETURN(
      columns.id,
      table.Column(id == kIdColumns.end() ? absl::StrJoin(kIdColumns, " or ")
                                          : std::string(*id)));
  CXR_ASSIGN_OR_RETURN(columns.rca_mean, table.Column("Dice RCA (Mean)"));
  CXR_ASSIGN_OR_RETURN(columns.rca_max, table.Column("Dice RCA (Max)"));
  CXR_ASSIGN_OR_RETURN(columns.landmarks, table.Column("Landmarks"));
  for (size_t i = 0; i < kChexmaskOrgans.size(); ++i) {
    CXR_ASSIGN_OR_RETURN(columns.organs[i], table.Column(kChexmaskOrgans[i]));
  }
  CXR_ASSIGN_OR_RETURN(columns.height, table.Column("Height"));
  CXR_ASSIGN_OR_RETURN(columns.width, table.Column("Width"));
  return columns;
}

absl::StatusOr<double> RcaCell(const CsvReader& table, int column) {
  double value = 0.0;
  // Written so that it is false for a NaN.
  const bool is_dice = absl::SimpleAtod(table.cells()[column], &value) &&
                       value >= 0.0 && value <= 1.0;
  if (!is_dice) {
    return table.Unexpected(column, "0 to 1");
  }
  return value;
}

// "2544" or "2544.0"; 0 if blank.
absl::StatusOr<int> PixelsCell(const CsvReader& table, int column) {
  const absl::string_view cell = table.cells()[column];
  if (IsBlank(cell)) {
    return 0;
  }
  double value = 0.0;
  if (!absl::SimpleAtod(cell, &value) || value != std::floor(value) ||
      value < 1.0 || value > kMaxPixels) {
    return table.Unexpected(
        column, absl::StrCat("1 to ", kMaxPixels, " pixels, or nothing"));
  }
  return static_cast<int>(value);
}

// Whether an organ is not there.
bool LacksOrgan(const CsvReader& table, const Columns& columns) {
  return std::any_of(
      columns.organs.begin(), columns.organs.end(),
      [&](int column) { return IsBlank(table.cells()[column]); });
}

absl::StatusOr<ChexmaskRow> ReadRow(const CsvReader& table,
                                    const Columns& columns,
                                    std::vector<Remark>* remarks) {
  ChexmaskRow row{.id = std::string(table.cells()[columns.id]),
                  .line = table.line(),
                  .offset = table.offset(),
                  .length = table.length()};
  if (row.id.empty()) {
    return table.Unexpected(columns.id, "the name of an image");
  }
  CXR_ASSIGN_OR_RETURN(row.rca_mean, RcaCell(table, columns.rca_mean));
  CXR_ASSIGN_OR_RETURN(row.rca_max, RcaCell(table, columns.rca_max));
  if (row.rca_mean > row.rca_max) {
    AddRemark("Dice RCA (Mean) above (Max), swapped", table.Place(), remarks);
    std::swap(row.rca_mean, row.rca_max);
  }
  CXR_ASSIGN_OR_RETURN(row.height, PixelsCell(table, columns.height));
  CXR_ASSIGN_OR_RETURN(row.width, PixelsCell(table, columns.width));
  if (row.height == 0 || row.width == 0) {
    AddRemark("rows without Height or Width", table.Place(), remarks);
    row.height = row.width = 0;
  }
  return row;
}

absl::Status DrawRuns(const CsvReader& table, const Columns& columns,
                      GrayImage* mask) {
  for (size_t i = 0; i < columns.organs.size(); ++i) {
    CXR_RETURN_IF_ERROR(Annotate(DrawRle(table.cells()[columns.organs[i]],
                                         1 + static_cast<int>(i), mask),
                                 kChexmaskOrgans[i]));
  }
  return absl::OkStatus();
}

absl::Status DrawLandmarks(absl::string_view cell, GrayImage* mask) {
  CXR_ASSIGN_OR_RETURN(const std::vector<PolygonPoint> points,
                       ParseChexmaskLandmarks(cell));
  for (const PolygonPoint& point : points) {
    const double over_x = kMaxOverhang * mask->width;
    const double over_y = kMaxOverhang * mask->height;
    if (point.x < -over_x || point.x > mask->width + over_x ||
        point.y < -over_y || point.y > mask->height + over_y) {
      return absl::InvalidArgumentError(absl::StrCat(
          "found the landmark ", point.x, ", ", point.y,
          ", expected one in the image of ", mask->width, " x ", mask->height));
    }
  }
  DrawChexmaskLandmarks(points, mask);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ChexmaskMasks> ChexmaskMasks::Open(absl::string_view path) {
  ChexmaskMasks masks(path);
  // Side by side, as each goes through all of a gzip file.
  CXR_RETURN_IF_ERROR(ParallelFor(2, /*threads=*/2, [&](int64_t half) {
    return half == 0 ? masks.ReadRows() : masks.OpenText();
  }));
  return masks;
}

absl::Status ChexmaskMasks::OpenText() {
  CXR_ASSIGN_OR_RETURN(text_, TextAt::Open(path_));
  return absl::OkStatus();
}

absl::Status ChexmaskMasks::ReadRows() {
  CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path_));
  CXR_ASSIGN_OR_RETURN(const Columns columns, FindColumns(table));
  header_ = absl::StrJoin(table.header(), ",",
                          [](std::string* out, const std::string& name) {
                            absl::StrAppend(out, CsvCell(name));
                          });
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      break;
    }
    if (LacksOrgan(table, columns)) {
      AddRemark("rows without an organ, left out", table.Place(), &remarks_);
      continue;
    }
    if (rows_.empty()) {
      preprocessed_ = !IsPrintedArray(table.cells()[columns.landmarks]);
    }
    CXR_ASSIGN_OR_RETURN(ChexmaskRow row, ReadRow(table, columns, &remarks_));
    rows_.push_back(std::move(row));
  }
  std::stable_sort(
      rows_.begin(), rows_.end(),
      [](const ChexmaskRow& a, const ChexmaskRow& b) { return a.id < b.id; });
  const auto twice = std::adjacent_find(
      rows_.begin(), rows_.end(),
      [](const ChexmaskRow& a, const ChexmaskRow& b) { return a.id == b.id; });
  if (twice != rows_.end()) {
    return absl::DataLossError(absl::StrCat(
        Place(twice[1]), ": found ", twice->id, ", which stands on line ",
        twice->line, " already, expected every image once"));
  }
  return absl::OkStatus();
}

std::string ChexmaskMasks::Place(const ChexmaskRow& row) const {
  return absl::StrCat(path_, ":", row.line);
}

std::optional<int> ChexmaskMasks::Find(absl::string_view id) const {
  const auto it = std::lower_bound(
      rows_.begin(), rows_.end(), id,
      [](const ChexmaskRow& row, absl::string_view id) { return row.id < id; });
  if (it == rows_.end() || it->id != id) {
    return std::nullopt;
  }
  return static_cast<int>(it - rows_.begin());
}

absl::StatusOr<GrayImage> ChexmaskMasks::Mask(int row, int width,
                                              int height) const {
  CXR_CHECK(0 <= row && row < std::ssize(rows_) && width > 0 && height > 0)
      << row << " of " << rows_.size() << ", " << width << " x " << height;
  const ChexmaskRow& stated = rows_[row];
  const bool agrees = stated.width == width && stated.height == height;
  const bool swapped = stated.width == height && stated.height == width;
  if (preprocessed_ &&
      (width != kPreprocessedPixels || height != kPreprocessedPixels)) {
    return absl::FailedPreconditionError(absl::StrCat(
        Place(stated), ": found an image of ", width, " x ", height,
        " pixels, expected ", kPreprocessedPixels, " x ", kPreprocessedPixels,
        " with preprocessed masks, or masks of OriginalResolution"));
  }
  if (!preprocessed_ && !agrees && !swapped && stated.width != 0) {
    return absl::DataLossError(absl::StrCat(
        Place(stated), ": found an image of ", width, " x ", height,
        " pixels, expected ", stated.width, " x ", stated.height));
  }
  GrayImage mask{.width = width,
                 .height = height,
                 .pixels = std::vector<uint8_t>(size_t{1} * width * height)};
  CXR_RETURN_IF_ERROR(Draw(stated, /*runs=*/preprocessed_ || agrees, &mask));
  return mask;
}

absl::Status ChexmaskMasks::Draw(const ChexmaskRow& row, bool runs,
                                 GrayImage* mask) const {
  CXR_ASSIGN_OR_RETURN(std::string text, text_->Read(row.offset, row.length));
  CXR_ASSIGN_OR_RETURN(
      CsvReader table,
      CsvReader::FromText(absl::StrCat(header_, "\n", text), path_));
  CXR_ASSIGN_OR_RETURN(const Columns columns, FindColumns(table));
  const absl::StatusOr<bool> more = table.Next();
  if (!more.ok() || !*more || table.cells()[columns.id] != row.id) {
    return absl::DataLossError(
        absl::StrCat(Place(row), ": found another row, expected that of ",
                     row.id, ": the table has changed since it was opened"));
  }
  const absl::Status drawn =
      runs ? DrawRuns(table, columns, mask)
           : DrawLandmarks(table.cells()[columns.landmarks], mask);
  return drawn.ok() ? drawn
                    : absl::DataLossError(
                          absl::StrCat(Place(row), ": ", drawn.message()));
}

absl::StatusOr<std::vector<std::string>> ChexmaskFiles(
    absl::string_view folder) {
  std::optional<std::string> file = FindOptionalFile(folder, {kTable});
  if (file.has_value()) {
    return std::vector<std::string>{*std::move(file)};
  }
  CXR_ASSIGN_OR_RETURN(const std::vector<std::string> inside,
                       ListFolder(folder));
  std::vector<std::string> files;
  for (const std::string& version : inside) {
    file = FindOptionalFile(folder, {JoinPath(version, kTable)});
    if (file.has_value()) {
      files.push_back(*std::move(file));
    }
  }
  if (files.empty()) {
    return FindFile(folder, {kTable, absl::StrCat("<version>/", kTable)})
        .status();
  }
  if (files.size() > 1) {
    return absl::DataLossError(absl::StrCat(folder, ": found ",
                                            absl::StrJoin(files, " and "),
                                            ", expected masks of one version"));
  }
  return files;
}

absl::StatusOr<ChexmaskMasks> OpenChexmask(absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(const std::vector<std::string> files,
                       ChexmaskFiles(folder));
  return ChexmaskMasks::Open(JoinPath(folder, files.front()));
}

absl::StatusOr<ImageIndex> JoinChexmask(const ImageIndex& images,
                                        const ChexmaskMasks& masks,
                                        double minimum_rca) {
  const size_t labels = images.label_names.size();
  ImageIndex joined{.source = "chexmask",
                    .label_names = images.label_names,
                    .folds = images.folds,
                    .remarks = images.remarks};
  joined.remarks.insert(joined.remarks.end(), masks.remarks().begin(),
                        masks.remarks().end());
  std::vector<int> new_place(images.examples.size(), -1);
  for (size_t i = 0; i < images.examples.size(); ++i) {
    const Example& example = images.examples[i];
    const std::optional<int> row = masks.Find(example.id);
    if (!row.has_value()) {
      AddRemark("images without a mask, left out", example.id, &joined.remarks);
      continue;
    }
    if (masks.rows()[*row].rca_mean < minimum_rca) {
      AddRemark(absl::StrCat("images with a mask of an RCA below ", minimum_rca,
                             ", left out"),
                example.id, &joined.remarks);
      continue;
    }
    new_place[i] = static_cast<int>(joined.examples.size());
    joined.examples.push_back(example);
    const auto first = images.labels.begin() + i * labels;
    joined.labels.insert(joined.labels.end(), first, first + labels);
  }
  if (joined.examples.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat("chexmask: found no mask of an RCA of ", minimum_rca,
                     " or more for any of ", images.examples.size(),
                     " images of ", images.source, ", expected some among ",
                     masks.rows().size(), " masks"));
  }
  for (FindingBox box : images.boxes) {
    box.example = new_place[box.example];
    if (box.example >= 0) {
      joined.boxes.push_back(std::move(box));
    }
  }
  return joined;
}

}  // namespace cxr
