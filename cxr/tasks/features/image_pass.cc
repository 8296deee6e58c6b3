// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/features/image_pass.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/with_commas.h"
#include "cxr/data/image.h"
#include "cxr/data/load/order.h"
#include "cxr/data/load/preprocess.h"

namespace cxr {
namespace {

// A batch: features of the images that could be used, and which these are.
struct Piece {
  std::vector<float> features = {};
  std::vector<int64_t> used = {};
  std::vector<ImageFailure> failures = {};
};

absl::StatusOr<GrayImage> Load(const Dataset& dataset, int row,
                               const spec::PreprocessSpec& preprocess) {
  const std::vector<Example>& known = dataset.index().examples;
  if (row >= std::ssize(known)) {
    return absl::InternalError(
        absl::StrCat(kIndexFile, ": image ", row, " of ", known.size()));
  }
  CXR_ASSIGN_OR_RETURN(const GrayImage image, dataset.LoadImage(row));
  absl::StatusOr<GrayImage> ready = Preprocess(image, preprocess);
  return ready.ok() ? ready : Annotate(ready.status(), known[row].id);
}

absl::StatusOr<ImageFeatures> Join(std::vector<Piece> pieces, int64_t images) {
  ImageFeatures result = {.features = {.rows = images}};
  for (const Piece& piece : pieces) {
    if (piece.used.empty()) continue;
    result.features.columns =
        std::ssize(piece.features) / std::ssize(piece.used);
  }
  const int64_t columns = result.features.columns;
  result.features.values.assign(static_cast<size_t>(images * columns),
                                std::numeric_limits<float>::quiet_NaN());
  for (Piece& piece : pieces) {
    for (size_t i = 0; i < piece.used.size(); ++i) {
      std::copy_n(piece.features.begin() + static_cast<int64_t>(i) * columns,
                  columns,
                  result.features.values.begin() + piece.used[i] * columns);
    }
    std::move(piece.failures.begin(), piece.failures.end(),
              std::back_inserter(result.failures));
  }
  if (std::ssize(result.failures) > MostUnusable(images) ||
      std::ssize(result.failures) == images) {
    return absl::DataLossError(FailuresNote(result.failures, images));
  }
  return result;
}

}  // namespace

int64_t MostUnusable(int64_t images) {
  return std::max<int64_t>(
      1, static_cast<int64_t>(kMostUnusable * static_cast<double>(images)));
}

absl::StatusOr<ImageFeatures> ExtractFeatures(
    const Dataset& dataset, absl::Span<const int> rows,
    const spec::PreprocessSpec& preprocess, const FeatureExtractor& extractor,
    const TaskOptions& options,
    absl::FunctionRef<absl::Status(double)> report) {
  const int64_t count = std::ssize(rows);
  const int64_t batches = PassSteps(count, options.feature_batch_images);
  std::vector<Piece> pieces(static_cast<size_t>(batches));
  std::atomic<int64_t> done = 0;
  CXR_RETURN_IF_ERROR(ParallelFor(batches, options.threads, [&](int64_t b) {
    Piece& piece = pieces[static_cast<size_t>(b)];
    std::vector<GrayImage> images;
    const PositionRange range =
        PassBatch(b, options.feature_batch_images, count);
    for (int64_t i = range.begin; i < range.end; ++i) {
      absl::StatusOr<GrayImage> image =
          Load(dataset, rows[static_cast<size_t>(i)], preprocess);
      if (image.ok()) {
        images.push_back(*std::move(image));
        piece.used.push_back(i);
      } else if (IsImageFailure(image.status())) {
        piece.failures.push_back({i, image.status()});
      } else {
        return image.status();
      }
    }
    if (!images.empty()) {
      CXR_ASSIGN_OR_RETURN(piece.features, extractor.Extract(images));
    }
    return report(static_cast<double>(++done) / static_cast<double>(batches));
  }));
  return Join(std::move(pieces), count);
}

std::string FailuresNote(absl::Span<const ImageFailure> failures,
                         int64_t images) {
  if (failures.empty()) return "";
  std::string note =
      absl::StrCat(WithCommas(std::ssize(failures)), " of ", WithCommas(images),
                   " images cannot be used: ", failures[0].status.message());
  if (failures.size() > 1) {
    absl::StrAppend(&note, " (and ", WithCommas(std::ssize(failures) - 1),
                    " more)");
  }
  return note;
}

std::string UnusableCsv(absl::Span<const ImageFailure> failures,
                        const ImageIndex& index) {
  std::string csv = "id,reason\n";
  for (const ImageFailure& failure : failures) {
    absl::StrAppend(
        &csv, CsvCell(index.examples[static_cast<size_t>(failure.image)].id),
        ",", CsvCell(failure.status.message()), "\n");
  }
  return csv;
}

std::vector<int> UnusableRows(const FloatMatrix& features) {
  std::vector<int> rows;
  for (int64_t i = 0; features.columns > 0 && i < features.rows; ++i) {
    if (std::isnan(features.values[i * features.columns])) {
      rows.push_back(static_cast<int>(i));
    }
  }
  return rows;
}

}  // namespace cxr
