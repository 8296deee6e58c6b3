// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_SEGMENTATION_DISTANCE_TRANSFORM_H_
#define METRICS_SEGMENTATION_DISTANCE_TRANSFORM_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace cxr::metrics {

// A mask (H, W), row after row: 0 is outside, every other value inside.
struct MaskView {
  absl::Span<const uint8_t> pixels;
  int64_t height = 0;
  int64_t width = 0;
};

// From the centre of a pixel to that of its neighbour below and at its right,
// in any unit: distances come in the same one.
struct PixelSpacing {
  double down = 1.0;
  double right = 1.0;
};

// InvalidArgument unless height and width are 1 to 2^20 and multiply to the
// number of pixels, or if a spacing is not positive and finite.
absl::Status CheckMask(const MaskView& mask, const PixelSpacing& spacing);

// The exact Euclidean distance of every pixel (H, W) to the nearest one inside
// the mask: 0 inside, infinite if nothing is inside. Linear in the number of
// pixels. With unit spacing the squares are exact integers and the roots equal
// scipy.ndimage.distance_transform_edt(mask == 0) to the last bit; with another
// one (`sampling=(down, right)`) both are within some units in the last place.
//
// InvalidArgument as CheckMask.
absl::StatusOr<std::vector<double>> SquaredDistanceTransform(
    const MaskView& mask, const PixelSpacing& spacing = {});
absl::StatusOr<std::vector<double>> DistanceTransform(
    const MaskView& mask, const PixelSpacing& spacing = {});

// The same for chosen pixels of one mask after another, without the distances
// of the others: half of the work is done per pixel of the mask, the other half
// per chosen pixel. It keeps its memory for the next mask.
class NearestPixels {
 public:
  // `inside` (H, W) is not kept. Needs what CheckMask checks.
  void SetMask(const MaskView& inside, const PixelSpacing& spacing);

  // Squared distances of the pixels `columns` of `row`, in order, appended to
  // `squares`.
  void AppendSquares(int64_t row, absl::Span<const int32_t> columns,
                     std::vector<double>* squares);

  // Of all pixels of the row, appended to `squares`.
  void AppendSquaresOfRow(int64_t row, std::vector<double>* squares);

 private:
  // A column whose pixels are the nearest ones from `begin` on.
  struct Section {
    int64_t column = 0;
    int64_t begin = 0;
    double square = 0.0;
  };

  double SquareBySearch(const float* away, int64_t column) const;

  int64_t height_ = 0;
  int64_t width_ = 0;
  PixelSpacing spacing_;
  // (H, W): rows to the nearest pixel inside in the same column, or infinite.
  std::vector<float> rows_away_;
  std::vector<Section> sections_;
  std::vector<double> row_squares_;
};

}  // namespace cxr::metrics

#endif  // METRICS_SEGMENTATION_DISTANCE_TRANSFORM_H_
