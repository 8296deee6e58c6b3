// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/segmentation/distance_transform.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "absl/strings/str_cat.h"

// The distance within each column comes first. In a row, the squared distance
// to the pixels of a column is then a parabola over the columns, and the
// distance to the mask the lowest of them (Meijster, Roerdink and Hesselink,
// 2000; Felzenszwalb and Huttenlocher, 2012).

namespace cxr::metrics {
namespace {

constexpr int64_t kMaxSize = int64_t{1} << 20;
constexpr float kFar = std::numeric_limits<float>::infinity();
// With fewer chosen pixels in a row than one in so many, looking around each of
// them costs less than all of the parabolas.
constexpr int64_t kSearchShare = 16;

double Square(double number) { return number * number; }

void StartDown(const uint8_t* inside, int64_t width, float* away) {
  for (int64_t x = 0; x < width; ++x) away[x] = inside[x] != 0 ? 0.0f : kFar;
}

void StepDown(const uint8_t* inside, const float* above, int64_t width,
              float* away) {
  for (int64_t x = 0; x < width; ++x) {
    const float next = above[x] + 1.0f;
    away[x] = inside[x] != 0 ? 0.0f : next;
  }
}

void StepUp(const float* below, int64_t width, float* away) {
  for (int64_t x = 0; x < width; ++x) {
    away[x] = std::min(away[x], below[x] + 1.0f);
  }
}

bool IsSpacing(double number) { return number > 0.0 && std::isfinite(number); }

}  // namespace

absl::Status CheckMask(const MaskView& mask, const PixelSpacing& spacing) {
  if (mask.height < 1 || mask.height > kMaxSize || mask.width < 1 ||
      mask.width > kMaxSize ||
      mask.height * mask.width != std::ssize(mask.pixels)) {
    return absl::InvalidArgumentError(
        absl::StrCat("mask: ", mask.pixels.size(), " pixels of height ",
                     mask.height, " and width ", mask.width,
                     ", expected 1 to 2^20 each and their product"));
  }
  if (!IsSpacing(spacing.down) || !IsSpacing(spacing.right)) {
    return absl::InvalidArgumentError(
        absl::StrCat("spacing: ", spacing.down, " down and ", spacing.right,
                     " right, expected positive numbers"));
  }
  return absl::OkStatus();
}

void NearestPixels::SetMask(const MaskView& inside,
                            const PixelSpacing& spacing) {
  height_ = inside.height;
  width_ = inside.width;
  spacing_ = spacing;
  rows_away_.resize(height_ * width_);
  const uint8_t* pixels = inside.pixels.data();
  float* away = rows_away_.data();
  StartDown(pixels, width_, away);
  for (int64_t y = 1; y < height_; ++y) {
    StepDown(pixels + y * width_, away + (y - 1) * width_, width_,
             away + y * width_);
  }
  for (int64_t y = height_ - 2; y >= 0; --y) {
    StepUp(away + (y + 1) * width_, width_, away + y * width_);
  }
}

double NearestPixels::SquareBySearch(const float* away, int64_t column) const {
  double least = Square(away[column] * spacing_.down);
  const int64_t furthest = std::max(column, width_ - 1 - column);
  for (int64_t step = 1; step <= furthest; ++step) {
    const double across = Square(static_cast<double>(step) * spacing_.right);
    if (across >= least) break;
    float nearer = kFar;
    if (column >= step) nearer = away[column - step];
    if (column + step < width_) nearer = std::min(nearer, away[column + step]);
    least = std::min(least, Square(nearer * spacing_.down) + across);
  }
  return least;
}

void NearestPixels::AppendSquaresOfRow(int64_t row,
                                       std::vector<double>* squares) {
  const float* away = rows_away_.data() + row * width_;
  sections_.clear();
  for (int64_t x = 0; x < width_; ++x) {
    if (away[x] == kFar) continue;
    const double square = Square(away[x] * spacing_.down);
    int64_t begin = 0;
    while (!sections_.empty()) {
      const Section& last = sections_.back();
      // Columns beyond `even` are nearer to the pixels of column x.
      const double across = Square(spacing_.right);
      const double even =
          ((square - last.square) / across +
           static_cast<double>((x - last.column) * (x + last.column))) /
          static_cast<double>(2 * (x - last.column));
      begin = even < 0.0 ? 0 : static_cast<int64_t>(std::min(even, 2e9)) + 1;
      if (begin > last.begin) break;
      sections_.pop_back();
      begin = 0;
    }
    if (begin < width_) sections_.push_back({x, begin, square});
  }
  if (sections_.empty()) {
    squares->insert(squares->end(), width_, kFar);
    return;
  }
  size_t end = squares->size();
  squares->resize(end + width_);
  for (size_t k = 0; k < sections_.size(); ++k) {
    const Section& section = sections_[k];
    const int64_t next =
        k + 1 < sections_.size() ? sections_[k + 1].begin : width_;
    for (int64_t x = section.begin; x < next; ++x) {
      (*squares)[end++] =
          section.square +
          Square(static_cast<double>(x - section.column) * spacing_.right);
    }
  }
}

void NearestPixels::AppendSquares(int64_t row,
                                  absl::Span<const int32_t> columns,
                                  std::vector<double>* squares) {
  if (std::ssize(columns) * kSearchShare < width_) {
    const float* away = rows_away_.data() + row * width_;
    for (const int32_t column : columns) {
      squares->push_back(SquareBySearch(away, column));
    }
    return;
  }
  row_squares_.clear();
  AppendSquaresOfRow(row, &row_squares_);
  for (const int32_t column : columns) {
    squares->push_back(row_squares_[column]);
  }
}

absl::StatusOr<std::vector<double>> SquaredDistanceTransform(
    const MaskView& mask, const PixelSpacing& spacing) {
  const absl::Status valid = CheckMask(mask, spacing);
  if (!valid.ok()) return valid;
  NearestPixels nearest;
  nearest.SetMask(mask, spacing);
  std::vector<double> squares;
  squares.reserve(mask.pixels.size());
  for (int64_t y = 0; y < mask.height; ++y) {
    nearest.AppendSquaresOfRow(y, &squares);
  }
  return squares;
}

absl::StatusOr<std::vector<double>> DistanceTransform(
    const MaskView& mask, const PixelSpacing& spacing) {
  absl::StatusOr<std::vector<double>> distances =
      SquaredDistanceTransform(mask, spacing);
  if (!distances.ok()) return distances.status();
  for (double& distance : *distances) distance = std::sqrt(distance);
  return distances;
}

}  // namespace cxr::metrics
