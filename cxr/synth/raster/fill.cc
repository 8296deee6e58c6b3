// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/fill.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "absl/types/span.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"

// Each row of pixels is cut by 16 lines, each line by the polygon's edges. What
// lies between the odd and the even cuts is inside, measured along the line in
// 1/4096 of a pixel. All sums are of integers: a pixel inside is exactly 1.

namespace cxr::synth {
namespace {

constexpr int kLinesPerPixel = 16;
constexpr int kStepsPerPixel = 4096;
constexpr float kPerStep = 1.0f / (kLinesPerPixel * kStepsPerPixel);

struct Lines {
  int first = 0;
  int end = 0;
};

// The lines, of those of `height` rows, whose y lies in [low, high).
Lines LinesBetween(double low, double high, int height) {
  const double count = size_t{1} * kLinesPerPixel * height;
  const auto line = [count](double y) {
    return static_cast<int>(
        std::clamp(std::ceil(y * kLinesPerPixel - 0.5), 0.0, count));
  };
  return {.first = line(low), .end = line(high)};
}

Lines LinesOf(absl::Span<const Point> polygon, int height) {
  if (polygon.empty()) {
    return {};
  }
  const auto [low, high] =
      std::minmax_element(polygon.begin(), polygon.end(),
                          [](Point a, Point b) { return a.y < b.y; });
  return LinesBetween(low->y, high->y, height);
}

// Calls visit(line, x) wherever an edge crosses a line.
template <typename Visit>
void VisitCuts(absl::Span<const Point> polygon, int height, Visit visit) {
  for (size_t i = 0; i < polygon.size(); ++i) {
    const Point a = polygon[i];
    const Point b = polygon[i + 1 < polygon.size() ? i + 1 : 0];
    const Lines lines =
        LinesBetween(std::min(a.y, b.y), std::max(a.y, b.y), height);
    if (lines.first >= lines.end) {
      continue;
    }
    const double slope = (b.x - a.x) / (b.y - a.y);
    for (int line = lines.first; line < lines.end; ++line) {
      visit(line, a.x + slope * ((line + 0.5) / kLinesPerPixel - a.y));
    }
  }
}

// Where the polygon cuts each of `lines`, in steps from the left border.
class Cuts {
 public:
  Cuts(absl::Span<const Point> polygon, Lines lines, int width, int height)
      : lines_(lines), ends_(lines.end - lines.first + 1) {
    VisitCuts(polygon, height,
              [this](int line, double) { ++ends_[line - lines_.first + 1]; });
    for (size_t i = 1; i < ends_.size(); ++i) {
      ends_[i] += ends_[i - 1];
    }
    // Filling moves the start of each line's cuts to their end.
    places_.resize(ends_.back());
    const double right = width;
    VisitCuts(polygon, height, [this, right](int line, double x) {
      places_[ends_[line - lines_.first]++] = static_cast<int>(
          std::rint(std::clamp(x, 0.0, right) * kStepsPerPixel));
    });
  }

  // Sorted, an even number.
  absl::Span<const int> Of(int line) {
    const int i = line - lines_.first;
    const int first = i == 0 ? 0 : ends_[i - 1];
    const absl::Span<int> cuts =
        absl::MakeSpan(places_).subspan(first, ends_[i] - first);
    std::sort(cuts.begin(), cuts.end());
    return cuts;
  }

 private:
  Lines lines_;
  std::vector<int> ends_;
  std::vector<int> places_;
};

// By how much the cover of a row's pixels grows from each to the next.
class RowOfSteps {
 public:
  explicit RowOfSteps(int width) : grows_(width + 2), first_(width), end_(0) {}

  void AddSpan(int from, int to) {
    AddStep(from, 1);
    AddStep(to, -1);
  }

  // Writes the cover to the `width` pixels of a row of zeros and starts anew.
  void Flush(int width, float* row) {
    int sum = 0;
    const int end = std::min(end_, width);
    for (int x = first_; x < end; ++x) {
      sum += grows_[x];
      row[x] = static_cast<float>(sum) * kPerStep;
      grows_[x] = 0;
    }
    grows_[width] = grows_[width + 1] = 0;
    first_ = width;
    end_ = 0;
  }

 private:
  void AddStep(int place, int sign) {
    const int x = place / kStepsPerPixel;
    const int part = place % kStepsPerPixel;
    grows_[x] += sign * (kStepsPerPixel - part);
    grows_[x + 1] += sign * part;
    first_ = std::min(first_, x);
    end_ = std::max(end_, x + 2);
  }

  std::vector<int> grows_;
  int first_;
  int end_;
};

}  // namespace

Plane Coverage(absl::Span<const Point> pixels, int width, int height) {
  Plane plane = MakePlane(width, height);
  const Lines lines = LinesOf(pixels, height);
  if (lines.first >= lines.end || width == 0) {
    return plane;
  }
  Cuts cuts(pixels, lines, width, height);
  RowOfSteps steps(width);
  for (int line = lines.first; line < lines.end; ++line) {
    const absl::Span<const int> places = cuts.Of(line);
    for (size_t i = 0; i + 1 < places.size(); i += 2) {
      steps.AddSpan(places[i], places[i + 1]);
    }
    if ((line + 1) % kLinesPerPixel == 0 || line + 1 == lines.end) {
      steps.Flush(width, plane.Row(line / kLinesPerPixel));
    }
  }
  return plane;
}

bool Inside(absl::Span<const Point> polygon, Point point) {
  bool inside = false;
  for (size_t i = 0; i < polygon.size(); ++i) {
    const Point a = polygon[i];
    const Point b = polygon[i + 1 < polygon.size() ? i + 1 : 0];
    if ((a.y <= point.y) != (b.y <= point.y) &&
        point.x < a.x + (b.x - a.x) / (b.y - a.y) * (point.y - a.y)) {
      inside = !inside;
    }
  }
  return inside;
}

}  // namespace cxr::synth
