// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/stroke.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "absl/types/span.h"
#include "cxr/base/check.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"

// The squared distance to the nearest piece of the line is kept for a span of
// each row, then turned into the profile once.

namespace cxr::synth {
namespace {

// Distances are computed in whole blocks, of which the last may go beyond the
// span.
constexpr int kBlock = 4;
constexpr float kFar = std::numeric_limits<float>::max();

struct Range {
  int first = std::numeric_limits<int>::max();
  int end = std::numeric_limits<int>::min();

  bool empty() const { return first >= end; }
  void Include(const Range& other) {
    first = std::min(first, other.first);
    end = std::max(end, other.end);
  }
};

int BlocksOf(const Range& range) {
  return range.empty() ? 0 : (range.end - range.first + kBlock - 1) / kBlock;
}

// The pixels of [0, size) whose centres are between low and high.
Range PixelsBetween(double low, double high, double size) {
  return {.first = static_cast<int>(std::clamp(low + 0.5, 0.0, size)),
          .end = static_cast<int>(std::clamp(high + 0.5, 0.0, size))};
}

// The straight line from a to b and what is less than `reach` pixels from it.
class Piece {
 public:
  Piece(Point a, Point b, double reach)
      : start_(a),
        reach_(reach),
        along_x_(b.x - a.x),
        along_y_(b.y - a.y),
        top_(std::min(a.y, b.y)),
        bottom_(std::max(a.y, b.y)) {
    const double squared = along_x_ * along_x_ + along_y_ * along_y_;
    per_square_ = squared > 0.0 ? 1.0 / squared : 0.0;
    x_per_y_ = along_y_ != 0.0 ? along_x_ / along_y_ : 0.0;
  }

  Range Rows(int height) const {
    return PixelsBetween(top_ - reach_, bottom_ + reach_, height);
  }

  // Those of the part of the line that is near enough up or down, and `reach`
  // more: a few too many.
  Range Columns(int row, int width) const {
    double from = 0.0;
    double to = along_x_;
    if (along_y_ != 0.0) {
      const double y = row + 0.5;
      from = (std::clamp(y - reach_, top_, bottom_) - start_.y) * x_per_y_;
      to = (std::clamp(y + reach_, top_, bottom_) - start_.y) * x_per_y_;
    }
    return PixelsBetween(start_.x + std::min(from, to) - reach_,
                         start_.x + std::max(from, to) + reach_, width);
  }

  // Lowers the squared distances of the pixels from `column` on.
  void Near(int row, int column, int blocks, float* squares) const {
    const auto x = static_cast<float>(column + 0.5 - start_.x);
    const auto y = static_cast<float>(row + 0.5 - start_.y);
    const auto along_x = static_cast<float>(along_x_);
    const auto along_y = static_cast<float>(along_y_);
    const auto per_square = static_cast<float>(per_square_);
    const float part_of_y = y * along_y;
    for (int i = 0; i < blocks * kBlock; ++i) {
      const float from_start = x + static_cast<float>(i);
      float part = (from_start * along_x + part_of_y) * per_square;
      part = std::min(std::max(part, 0.0f), 1.0f);
      const float off_x = from_start - part * along_x;
      const float off_y = y - part * along_y;
      squares[i] = std::min(squares[i], off_x * off_x + off_y * off_y);
    }
  }

 private:
  Point start_;
  double reach_;
  double along_x_;
  double along_y_;
  double top_;
  double bottom_;
  double per_square_;
  double x_per_y_;
};

std::vector<Piece> PiecesOf(absl::Span<const Point> pixels, double reach) {
  std::vector<Piece> pieces;
  pieces.reserve(pixels.size());
  if (pixels.size() == 1) {
    pieces.emplace_back(pixels[0], pixels[0], reach);
  }
  for (size_t i = 1; i < pixels.size(); ++i) {
    pieces.emplace_back(pixels[i - 1], pixels[i], reach);
  }
  return pieces;
}

// Squared distances from a line, where it is near enough to matter.
class Distances {
 public:
  Distances(absl::Span<const Piece> pieces, int width, int height) {
    for (const Piece& piece : pieces) {
      rows_.Include(piece.Rows(height));
    }
    if (rows_.empty()) {
      return;
    }
    columns_.resize(rows_.end - rows_.first);
    for (const Piece& piece : pieces) {
      const Range rows = piece.Rows(height);
      for (int y = rows.first; y < rows.end; ++y) {
        columns_[y - rows_.first].Include(piece.Columns(y, width));
      }
    }
    starts_.reserve(columns_.size());
    size_t size = 0;
    for (const Range& columns : columns_) {
      starts_.push_back(size);
      size += size_t{kBlock} * BlocksOf(columns);
    }
    squares_.assign(size, kFar);
    for (const Piece& piece : pieces) {
      const Range rows = piece.Rows(height);
      for (int y = rows.first; y < rows.end; ++y) {
        Include(piece, y, piece.Columns(y, width));
      }
    }
  }

  const Range& rows() const { return rows_; }
  const Range& columns(int y) const { return columns_[y - rows_.first]; }
  // Of columns(y).
  const float* squares(int y) const {
    return squares_.data() + starts_[y - rows_.first];
  }

 private:
  void Include(const Piece& piece, int y, Range range) {
    if (range.empty()) {
      return;
    }
    const Range& all = columns(y);
    const int skipped = (range.first - all.first) / kBlock * kBlock;
    range.first = all.first + skipped;
    piece.Near(y, range.first, BlocksOf(range),
               squares_.data() + starts_[y - rows_.first] + skipped);
  }

  Range rows_;
  std::vector<Range> columns_;  // of each row
  std::vector<size_t> starts_;  // in squares_
  std::vector<float> squares_;
};

// The integral of 6 (1/2 - t) (1/2 + t) up to `place`: an edge blurred by it.
float Edge(float place) {
  const float t = std::min(std::max(place + 0.5f, 0.0f), 1.0f);
  return t * t * (3.0f - 2.0f * t);
}

void AddProfile(const Pen& pen, const float* squares, int count, float* to) {
  const auto per_softness = static_cast<float>(1.0 / pen.softness);
  const auto half = static_cast<float>(0.5 * pen.width);
  for (int i = 0; i < count; ++i) {
    const float distance = std::sqrt(squares[i]);
    const float profile = Edge((half - distance) * per_softness) +
                          Edge((half + distance) * per_softness) - 1.0f;
    to[i] += pen.amplitude * profile;
  }
}

}  // namespace

void AddLine(absl::Span<const Point> pixels, const Pen& pen, Plane* plane) {
  CXR_CHECK(pen.width >= 0.0 && pen.softness > 0.0)
      << pen.width << ", " << pen.softness;
  const std::vector<Piece> pieces =
      PiecesOf(pixels, 0.5 * (pen.width + pen.softness));
  const Distances distances(pieces, plane->width, plane->height);
  for (int y = distances.rows().first; y < distances.rows().end; ++y) {
    const Range& columns = distances.columns(y);
    AddProfile(pen, distances.squares(y), columns.end - columns.first,
               plane->Row(y) + columns.first);
  }
}

}  // namespace cxr::synth
