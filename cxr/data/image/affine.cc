// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/affine.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "cxr/base/check.h"
#include "cxr/data/image/bilinear.h"
#include "cxr/data/image/image_view.h"

namespace cxr {
namespace {

constexpr double kPi = 3.14159265358979323846;

// x' = xx x + xy y + x0, y' = yx x + yy y + y0.
struct Matrix {
  double xx = 1.0;
  double xy = 0.0;
  double x0 = 0.0;
  double yx = 0.0;
  double yy = 1.0;
  double y0 = 0.0;
};

// From positions in the result to positions in the image, in torchvision's
// order of operations.
Matrix TorchvisionInverse(const GrayImage& image,
                          const AffineParameters& parameters) {
  const double angle = parameters.rotation_degrees * (kPi / 180.0);
  const double scale = parameters.scale_x;
  const double center_x = image.width * 0.5;
  const double center_y = image.height * 0.5;
  Matrix m{.xx = std::cos(angle) / scale,
           .xy = std::sin(angle) / scale,
           .yx = -std::sin(angle) / scale,
           .yy = std::cos(angle) / scale};
  const double from_x = -center_x - parameters.translate_x_pixels;
  const double from_y = -center_y - parameters.translate_y_pixels;
  m.x0 = m.xx * from_x + m.xy * from_y + center_x;
  m.y0 = m.yx * from_x + m.yy * from_y + center_y;
  return m;
}

constexpr int kPillowBits = 16;

int64_t PillowFixed(double value) {
  return static_cast<int64_t>(std::floor(value * (1 << kPillowBits) + 0.5));
}

// The part [begin, end) of a row.
struct Interval {
  int64_t begin = 0;
  int64_t end = 0;
};

int64_t CeilDivide(int64_t a, int64_t b) {  // b > 0
  return a >= 0 ? (a + b - 1) / b : -(-a / b);
}

// The steps i of [0, interval.end) with 0 <= start + i * step < limit.
Interval Clip(const Interval& interval, int64_t start, int64_t step,
              int64_t limit) {
  if (step == 0) {
    const bool inside = 0 <= start && start < limit;
    return inside ? interval : Interval{};
  }
  const int64_t begin = step > 0 ? CeilDivide(-start, step)
                                 : CeilDivide(start - limit + 1, -step);
  const int64_t end =
      step > 0 ? CeilDivide(limit - start, step) : CeilDivide(start + 1, -step);
  return {std::max(interval.begin, begin), std::min(interval.end, end)};
}

// Positions in fixed point with `bits` after the point, of one row: (x, y) and
// what one step to the right adds.
struct FixedRow {
  int64_t x = 0;
  int64_t y = 0;
  int64_t x_step = 0;
  int64_t y_step = 0;
};

void CopyNearest(const GrayView& image, const FixedRow& row, int width,
                 uint8_t* to) {
  Interval inside{0, width};
  inside = Clip(inside, row.x, row.x_step, int64_t{image.width} << kPillowBits);
  inside =
      Clip(inside, row.y, row.y_step, int64_t{image.height} << kPillowBits);
  int64_t x = row.x + inside.begin * row.x_step;
  int64_t y = row.y + inside.begin * row.y_step;
  for (int64_t i = inside.begin; i < inside.end; ++i) {
    to[i] =
        image.pixels[(y >> kPillowBits) * image.stride + (x >> kPillowBits)];
    x += row.x_step;
    y += row.y_step;
  }
}

// Pillow's way for a matrix without rotation, and for one that leads too far
// for fixed point: positions are added up in double precision.
void CopyNearestInDoubles(const GrayView& image, const Matrix& m, uint8_t* to) {
  double row_x = m.x0 + m.xy * 0.5 + m.xx * 0.5;
  double row_y = m.y0 + m.yy * 0.5 + m.yx * 0.5;
  for (int j = 0; j < image.height; ++j) {
    double x = row_x;
    double y = row_y;
    for (int i = 0; i < image.width; ++i) {
      if (0.0 <= x && x < image.width && 0.0 <= y && y < image.height) {
        to[i] = image.Row(static_cast<int>(y))[static_cast<int>(x)];
      }
      x += m.xx;
      y += m.yx;
    }
    to += image.width;
    row_x += m.xy;
    row_y += m.yy;
  }
}

bool FitsFixedPoint(const GrayImage& image, const Matrix& m) {
  constexpr double kLimit = 32768.0;
  for (const int y : {0, image.height}) {
    for (const int x : {0, image.width}) {
      if (std::abs(x * m.xx + y * m.xy + m.x0) >= kLimit ||
          std::abs(x * m.yx + y * m.yy + m.y0) >= kLimit) {
        return false;
      }
    }
  }
  return true;
}

// From positions in the image to positions in the result: scale, then rotation
// about the centre of the outer pixels' centres, then translation.
Matrix AlbumentationsMatrix(const GrayImage& image,
                            const AffineParameters& parameters) {
  constexpr double kTurn = 360.0;
  double degrees = std::fmod(parameters.rotation_degrees, kTurn);
  degrees += degrees < 0.0 ? kTurn : 0.0;
  const double angle = degrees * (kPi / 180.0);
  const double center_x = image.width / 2.0 - 0.5;
  const double center_y = image.height / 2.0 - 0.5;
  Matrix m{.xx = std::cos(angle) * parameters.scale_x,
           .xy = std::sin(angle) * parameters.scale_y,
           .yx = -std::sin(angle) * parameters.scale_x,
           .yy = std::cos(angle) * parameters.scale_y};
  m.x0 = m.xx * -center_x + m.xy * -center_y +
         (center_x + parameters.translate_x_pixels);
  m.y0 = m.yx * -center_x + m.yy * -center_y +
         (center_y + parameters.translate_y_pixels);
  return m;
}

// In OpenCV's order of operations.
Matrix Inverse(const Matrix& m) {
  const double determinant = m.xx * m.yy - m.xy * m.yx;
  const double factor = determinant != 0.0 ? 1.0 / determinant : 0.0;
  Matrix inverse{.xx = m.yy * factor,
                 .xy = m.xy * -factor,
                 .yx = m.yx * -factor,
                 .yy = m.xx * factor};
  inverse.x0 = -inverse.xx * m.x0 - inverse.xy * m.y0;
  inverse.y0 = -inverse.yx * m.x0 - inverse.yy * m.y0;
  return inverse;
}

// OpenCV rounds the parts of a position that come from the column and from the
// row apart, in fixed point.
constexpr int kOpenCvBits = 10;

class OpenCvPositions {
 public:
  // Half a unit of what is kept is added to each position.
  OpenCvPositions(const Matrix& m, int width, int kept_bits)
      : m_(m), shift_(kOpenCvBits - kept_bits), xs_(width), ys_(width) {
    for (int x = 0; x < width; ++x) {
      x_parts_.push_back(Round(m.xx * x * kUnit));
      y_parts_.push_back(Round(m.yx * x * kUnit));
    }
  }

  void MoveToRow(int y) {
    const int32_t half = 1 << (shift_ - 1);
    const int32_t x0 = Round((m_.xy * y + m_.x0) * kUnit) + half;
    const int32_t y0 = Round((m_.yy * y + m_.y0) * kUnit) + half;
    for (size_t x = 0; x < xs_.size(); ++x) {
      xs_[x] = (x0 + x_parts_[x]) >> shift_;
      ys_[x] = (y0 + y_parts_[x]) >> shift_;
    }
  }

  const std::vector<int32_t>& xs() const { return xs_; }
  const std::vector<int32_t>& ys() const { return ys_; }

 private:
  static constexpr double kUnit = 1 << kOpenCvBits;

  static int32_t Round(double value) {
    constexpr double kLimit = 1 << 30;  // Keeps the sums of two in range.
    return static_cast<int32_t>(
        std::lrint(std::clamp(value, -kLimit + kUnit, kLimit - kUnit)));
  }

  Matrix m_;
  int shift_;
  std::vector<int32_t> x_parts_;
  std::vector<int32_t> y_parts_;
  std::vector<int32_t> xs_;
  std::vector<int32_t> ys_;
};

bool IsIdentity(const Matrix& m) {
  return m.xx == 1.0 && m.xy == 0.0 && m.x0 == 0.0 && m.yx == 0.0 &&
         m.yy == 1.0 && m.y0 == 0.0;
}

}  // namespace

GrayImage AffinePillowNearest(const GrayImage& image,
                              const AffineParameters& parameters) {
  CXR_CHECK(parameters.scale_x == parameters.scale_y && parameters.scale_x > 0)
      << "scales " << parameters.scale_x << ", " << parameters.scale_y;
  const Matrix m = TorchvisionInverse(image, parameters);
  GrayImage moved = BlankLike(image);
  const GrayView view = ViewOf(image);
  const bool unrotated = m.xy == 0.0 && m.yx == 0.0;
  if (unrotated || !FitsFixedPoint(image, m)) {
    CopyNearestInDoubles(view, m, moved.pixels.data());
    return moved;
  }
  FixedRow row{.x = PillowFixed(m.x0 + m.xx * 0.5 + m.xy * 0.5),
               .y = PillowFixed(m.y0 + m.yx * 0.5 + m.yy * 0.5),
               .x_step = PillowFixed(m.xx),
               .y_step = PillowFixed(m.yx)};
  for (int y = 0; y < image.height; ++y) {
    CopyNearest(view, row, image.width, moved.pixels.data() + y * view.stride);
    row.x += PillowFixed(m.xy);
    row.y += PillowFixed(m.yy);
  }
  return moved;
}

GrayImage AffineOpenCvLinear(const GrayImage& image,
                             const AffineParameters& parameters) {
  const Matrix m = AlbumentationsMatrix(image, parameters);
  if (IsIdentity(m)) {
    return image;
  }
  return MoveLinear(image,
                    OpenCvPositions(Inverse(m), image.width, kBilinearBits),
                    Border::kZero);
}

GrayImage AffineOpenCvNearest(const GrayImage& mask,
                              const AffineParameters& parameters) {
  const Matrix m = AlbumentationsMatrix(mask, parameters);
  if (IsIdentity(m)) {
    return mask;
  }
  return MoveNearest(mask,
                     OpenCvPositions(Inverse(m), mask.width, /*kept_bits=*/0),
                     Border::kZero);
}

}  // namespace cxr
