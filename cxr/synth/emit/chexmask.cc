// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/chexmask.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/base/check.h"
#include "cxr/data/image.h"
#include "cxr/data/index/image_index.h"
#include "cxr/data/source/chexmask_landmarks.h"
#include "cxr/data/table/rle.h"
#include "cxr/synth/emit/mimic_cxr.h"
#include "cxr/synth/emit/population.h"
#include "cxr/synth/film/landmarks.h"
#include "cxr/synth/random/stream.h"

namespace cxr::synth {
namespace {

constexpr absl::string_view kHeader =
    "dicom_id,Dice RCA (Mean),Dice RCA (Max),Landmarks,Left Lung,Right Lung,"
    "Heart,Height,Width\n";
constexpr int kPreprocessedPixels = 1024;  // width and height
constexpr double kTrustedRca = 0.7;        // the makers' advice

// Chances of rows.
constexpr double kCorrupted = 0.05;
constexpr double kDefect = 0.04;  // of each kind

constexpr absl::string_view kCorruptedMask = "corrupted mask";
constexpr absl::string_view kSwappedRca = "swapped RCA";
constexpr absl::string_view kBlankSize = "blank size";
constexpr absl::string_view kBlankOrgan = "blank organ";

using Corners = std::vector<PolygonPoint>;

// Of CheXmask's 120 points, those of an organ: in which order the points are
// and in which the columns of masks (kChexmaskOrgans) differs.
constexpr std::array<int, 4> kPointsBegin = {0, kRightLungPoints,
                                             kRightLungPoints + kLeftLungPoints,
                                             kChexmaskLandmarks};
constexpr std::array<int, kChexmaskOrgans.size()> kPartOfOrgan = {1, 0, 2};

template <typename Corner>
absl::Span<Corner> PartOf(absl::Span<Corner> corners, int part) {
  return corners.subspan(kPointsBegin[part],
                         kPointsBegin[part + 1] - kPointsBegin[part]);
}

struct Row {
  std::string id = {};
  int width = 0;
  int height = 0;
  Corners corners = {};
  double rca_mean = 0.0;
  double rca_max = 0.0;
  std::string defect = {};
  int blank_organ = -1;  // place in kChexmaskOrgans
};

// A model that sees the film alone puts no point far outside of it.
int Near(int place, int pixels) {
  return std::clamp(place, -pixels / 20, pixels - 1 + pixels / 20);
}

// Each organ somewhere else and of another size, as a model draws them that has
// failed.
void Corrupt(RandomKey key, Row* row) {
  RandomStream stream(key);
  for (int part = 0; part < 3; ++part) {
    const double scale = stream.Between(0.70, 0.95);
    const int x_sign = stream.Sign();
    const double dx = x_sign * stream.Between(0.03, 0.10) * row->width;
    const int y_sign = stream.Sign();
    const double dy = y_sign * stream.Between(0.03, 0.10) * row->height;
    const absl::Span<PolygonPoint> organ =
        PartOf(absl::MakeSpan(row->corners), part);
    const PolygonPoint pivot = organ.front();
    for (PolygonPoint& corner : organ) {
      corner.x = static_cast<int>(
          std::rint(pivot.x + dx + scale * (corner.x - pivot.x)));
      corner.y = static_cast<int>(
          std::rint(pivot.y + dy + scale * (corner.y - pivot.y)));
    }
  }
}

std::string DefectOf(bool defects, RandomKey key) {
  RandomStream stream(key);
  if (stream.Chance(kCorrupted)) return std::string(kCorruptedMask);
  if (defects) {
    for (const absl::string_view kind :
         {kSwappedRca, kBlankSize, kBlankOrgan}) {
      if (stream.Chance(kDefect)) return std::string(kind);
    }
  }
  return "";
}

Row RowOf(const ImageTruth& image, const SynthOptions& options) {
  CXR_CHECK(image.landmarks_size() == 2 * kChexmaskLandmarks)
      << image.id() << ": " << image.landmarks_size();
  const RandomKey key =
      RandomKey(options.seed).Child("chexmask").Child(image.id());
  Row row{.id = image.id(),
          .width = image.width(),
          .height = image.height(),
          .defect = DefectOf(options.defects, key.Child("defect"))};
  for (int i = 0; i < image.landmarks_size(); i += 2) {
    row.corners.push_back(
        {.x = image.landmarks(i), .y = image.landmarks(i + 1)});
  }
  const bool is_good = row.defect != kCorruptedMask;
  if (!is_good) {
    Corrupt(key.Child("corruption"), &row);
  }
  for (PolygonPoint& corner : row.corners) {
    corner = {.x = Near(corner.x, row.width), .y = Near(corner.y, row.height)};
  }
  if (row.defect == kBlankOrgan) {
    row.blank_organ = RandomStream(key.Child("organ")).Below(3);
  }
  // Good ones have a mean of about 0.87, as most of CheXmask has.
  RandomStream rca(key.Child("rca"));
  row.rca_mean = is_good ? kTrustedRca + 0.28 * rca.Beta(4.0, 2.5)
                         : 0.30 + 0.39 * rca.Beta(3.0, 1.5);
  row.rca_max = row.rca_mean + (1.0 - row.rca_mean) * rca.Beta(2.0, 4.0);
  return row;
}

// The row of the image padded on both sides to a square and scaled.
Row Preprocessed(Row row) {
  const int side = std::max(row.width, row.height);
  const int left = (side - row.width) / 2;
  const int top = (side - row.height) / 2;
  const auto scaled = [side](int place) {
    return static_cast<int>(
        std::rint(1.0 * place * kPreprocessedPixels / side));
  };
  for (PolygonPoint& corner : row.corners) {
    corner = {.x = scaled(corner.x + left), .y = scaled(corner.y + top)};
  }
  row.width = row.height = kPreprocessedPixels;
  return row;
}

// "[[ 395  178]\n [1366  183]]": numbers as wide as the widest.
std::string AsNumpyPrints(const Corners& corners) {
  size_t width = 0;
  for (const PolygonPoint& corner : corners) {
    width = std::max(
        {width, absl::StrCat(corner.x).size(), absl::StrCat(corner.y).size()});
  }
  const int w = static_cast<int>(width);
  return absl::StrCat(
      "[",
      absl::StrJoin(corners, "\n ",
                    [w](std::string* out, const PolygonPoint& corner) {
                      absl::StrAppendFormat(out, "[%*d %*d]", w, corner.x, w,
                                            corner.y);
                    }),
      "]");
}

std::string AsList(const Corners& corners) {
  return absl::StrJoin(corners, ",",
                       [](std::string* out, const PolygonPoint& corner) {
                         absl::StrAppend(out, corner.x, ",", corner.y);
                       });
}

std::string RunsOf(const Row& row, int organ) {
  GrayImage mask{
      .width = row.width,
      .height = row.height,
      .pixels = std::vector<uint8_t>(size_t{1} * row.width * row.height)};
  const absl::Span<const PolygonPoint> corners(row.corners);
  FillPolygon(PartOf(corners, kPartOfOrgan[organ]), 1, &mask);
  return EncodeRle(mask, 1);
}

std::string LineOf(const Row& row, absl::string_view landmarks) {
  const bool swapped = row.defect == kSwappedRca;
  std::string line = absl::StrFormat(
      "%s,%.6f,%.6f,\"%s\"", row.id, swapped ? row.rca_max : row.rca_mean,
      swapped ? row.rca_mean : row.rca_max, landmarks);
  for (int organ = 0; organ < 3; ++organ) {
    absl::StrAppend(&line, ",",
                    organ == row.blank_organ ? "" : RunsOf(row, organ));
  }
  if (row.defect == kBlankSize) {
    absl::StrAppend(&line, ",,\n");
  } else {
    absl::StrAppend(&line, ",", row.height, ",", row.width, "\n");
  }
  return line;
}

ImageTruth RowTruth(const Row& row, const ImageTruth& image) {
  ImageTruth truth;
  truth.set_id(image.id());
  truth.set_path(image.path());
  truth.set_patient(image.patient());
  truth.set_study(image.study());
  truth.set_age_years(kUnknownAge);
  truth.set_width(image.width());
  truth.set_height(image.height());
  for (const PolygonPoint& corner : row.corners) {
    truth.add_landmarks(corner.x);
    truth.add_landmarks(corner.y);
  }
  truth.set_defect(row.defect);
  return truth;
}

std::string OriginalLine(const Row& row) {
  return LineOf(row, AsNumpyPrints(row.corners));
}

std::string PreprocessedLine(const Row& original) {
  const Row row = Preprocessed(original);
  return LineOf(row, AsList(row.corners));
}

using Rows = std::shared_ptr<const std::vector<Row>>;

// The masks, some megabytes, are drawn when the file is made.
PlannedFile TableFile(std::string path, Rows rows,
                      std::string (*line)(const Row&)) {
  return {
      .path = std::move(path),
      .make = [rows = std::move(rows), line]() -> absl::StatusOr<std::string> {
        std::string text(kHeader);
        for (const Row& row : *rows) {
          absl::StrAppend(&text, line(row));
        }
        return text;
      }};
}

}  // namespace

SourcePlan PlanChexmask(const SynthOptions& options) {
  return PlanChexmaskOf(PlanMimicCxr(options).truth, options);
}

SourcePlan PlanChexmaskOf(const SourceTruth& images,
                          const SynthOptions& options) {
  SourcePlan plan{.truth = TruthOf("chexmask", options)};
  std::vector<Row> rows;
  for (const ImageTruth& image : images.images()) {
    if (image.landmarks().empty()) {
      continue;  // lateral
    }
    rows.push_back(RowOf(image, options));
    *plan.truth.add_images() = RowTruth(rows.back(), image);
  }
  const Rows shared = std::make_shared<const std::vector<Row>>(std::move(rows));
  plan.files = {
      TableFile("OriginalResolution/MIMIC-CXR-JPG.csv", shared, OriginalLine),
      TableFile("Preprocessed/MIMIC-CXR-JPG.csv", shared, PreprocessedLine)};
  return plan;
}

}  // namespace cxr::synth
