// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/distance.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "cxr/base/check.h"
#include "cxr/synth/raster/plane.h"

// The squared distance of a pixel is the least, over the columns x' of its row,
// of (x - x')^2 + g(x')^2, where g is the distance along the column to the next
// pixel outside: the lower envelope of a parabola a column, found as by Maurer,
// Qi and Raghavan (2003), without a division. Distances to whole pixels are
// whole numbers, so that nothing is rounded before the root.

namespace cxr::synth {
namespace {

// A pixel counts as inside above this.
constexpr float kHalf = 0.5f;

struct Box {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
};

bool AnyAbove(const float* row, int width, float threshold) {
  int any = 0;
  for (int x = 0; x < width; ++x) {
    any |= row[x] > threshold ? 1 : 0;
  }
  return any != 0;
}

// The smallest box around what is above `threshold`.
Box BoxAbove(const Plane& plane, float threshold) {
  Box box{.left = plane.width, .top = plane.height};
  for (int y = 0; y < plane.height; ++y) {
    const float* row = plane.Row(y);
    if (!AnyAbove(row, plane.width, threshold)) {
      continue;
    }
    box.top = std::min(box.top, y);
    box.bottom = y + 1;
    const auto above = [threshold](float v) { return v > threshold; };
    box.left = static_cast<int>(std::find_if(row, row + box.left, above) - row);
    while (box.right < plane.width) {
      const float* more =
          std::find_if(row + box.right, row + plane.width, above);
      if (more == row + plane.width) {
        break;
      }
      box.right = static_cast<int>(more - row) + 1;
    }
  }
  return box;
}

// How far a pixel inside is from its neighbour outside.
struct ToPixel {
  static float Step(float /*inside*/, float /*outside*/) { return 1.0f; }
};

// How far it is from the outline between the two, by what both have covered.
struct ToOutline {
  static float Step(float inside, float outside) {
    return inside + outside - 0.5f;
  }
};

// Sets each pixel of the box to the distance along its own column, `far` at
// most.
template <typename To>
void MeasureColumns(const Plane& coverage, const Box& box, float far,
                    Plane* plane) {
  const int width = box.right - box.left;
  for (int y = box.top; y < box.bottom; ++y) {
    const float* cover = coverage.Row(y) + box.left;
    float* row = plane->Row(y) + box.left;
    if (y == box.top) {
      for (int x = 0; x < width; ++x) {
        row[x] = cover[x] > kHalf ? far : 0.0f;
      }
      continue;
    }
    const float* cover_above = coverage.Row(y - 1) + box.left;
    const float* above = plane->Row(y - 1) + box.left;
    for (int x = 0; x < width; ++x) {
      const float first = To::Step(cover[x], cover_above[x]);
      const float next =
          cover_above[x] > kHalf ? std::min(above[x] + 1.0f, far) : first;
      row[x] = cover[x] > kHalf ? next : 0.0f;
    }
  }
  for (int y = box.bottom - 2; y >= box.top; --y) {
    const float* cover = coverage.Row(y) + box.left;
    const float* cover_below = coverage.Row(y + 1) + box.left;
    const float* below = plane->Row(y + 1) + box.left;
    float* row = plane->Row(y) + box.left;
    for (int x = 0; x < width; ++x) {
      const float first = To::Step(cover[x], cover_below[x]);
      const float next = cover_below[x] > kHalf ? below[x] + 1.0f : first;
      row[x] = cover[x] > kHalf ? std::min(row[x], next) : 0.0f;
    }
  }
}

// The parabola of a column; `squared` is its value at x.
struct Parabola {
  double x = 0.0;
  double squared = 0.0;
};

double At(const Parabola& parabola, double x) {
  return (x - parabola.x) * (x - parabola.x) + parabola.squared;
}

// Whether `b` is nowhere below both `a` on its left and `c` on its right.
bool IsHidden(const Parabola& a, const Parabola& b, const Parabola& c) {
  const double ab = b.x - a.x;
  const double bc = c.x - b.x;
  return (ab + bc) * (b.squared - ab * bc) >= bc * a.squared + ab * c.squared;
}

// The parabolas that are the lowest somewhere, from left to right.
class Envelope {
 public:
  explicit Envelope(int size) : parabolas_(size) {}

  void Clear() { count_ = 0; }

  // `next` is to the right of all others.
  void Add(const Parabola& next) {
    while (count_ >= 2 &&
           IsHidden(parabolas_[count_ - 2], parabolas_[count_ - 1], next)) {
      --count_;
    }
    parabolas_[count_++] = next;
  }

  // Sets the pixels [first, end) to the envelope.
  void Write(int first, int end, float* row) const {
    int at = 0;
    for (int x = first; x < end; ++x) {
      double least = At(parabolas_[at], x);
      while (at + 1 < count_ && At(parabolas_[at + 1], x) <= least) {
        least = At(parabolas_[++at], x);
      }
      row[x] = static_cast<float>(least);
    }
  }

 private:
  std::vector<Parabola> parabolas_;
  int count_ = 0;
};

// From distances along columns to squared distances, for a row of which
// `cover` is covered. Columns beyond the end of a run of pixels inside cannot
// matter to it: the end is nearer.
template <typename To>
void FillRow(const float* cover, int width, Envelope* envelope, float* row) {
  for (int first = 0; first < width; ++first) {
    if (row[first] == 0.0f) {
      continue;
    }
    envelope->Clear();
    if (first > 0) {
      envelope->Add({.x = first - To::Step(cover[first], cover[first - 1])});
    }
    int end = first;
    for (; end < width && row[end] > 0.0f; ++end) {
      const double distance = row[end];
      envelope->Add(
          {.x = static_cast<double>(end), .squared = distance * distance});
    }
    if (end < width) {
      envelope->Add({.x = end - 1 + To::Step(cover[end - 1], cover[end])});
    }
    envelope->Write(first, end, row);
    first = end;
  }
}

template <typename To>
Plane Distances(const Plane& coverage) {
  Plane plane = MakePlane(coverage.width, coverage.height);
  Box box = BoxAbove(coverage, kHalf);
  if (box.top >= box.bottom) {
    return plane;
  }
  // The nearest pixel outside has a neighbour inside.
  box = {.left = std::max(box.left - 1, 0),
         .top = std::max(box.top - 1, 0),
         .right = std::min(box.right + 1, coverage.width),
         .bottom = std::min(box.bottom + 1, coverage.height)};
  MeasureColumns<To>(coverage, box,
                     static_cast<float>(coverage.width + coverage.height),
                     &plane);
  const int width = box.right - box.left;
  Envelope envelope(width + 2);
  for (int y = box.top; y < box.bottom; ++y) {
    float* row = plane.Row(y) + box.left;
    FillRow<To>(coverage.Row(y) + box.left, width, &envelope, row);
    for (int x = 0; x < width; ++x) {
      row[x] = std::sqrt(row[x]);
    }
  }
  return plane;
}

}  // namespace

Plane DistanceInside(const Plane& coverage) {
  return Distances<ToPixel>(coverage);
}

Plane Thickness(const Plane& coverage, double radius) {
  CXR_CHECK(radius > 0.0) << radius;
  Plane plane = Distances<ToOutline>(coverage);
  const Box box = BoxAbove(coverage, 0.0f);
  const auto per_radius = static_cast<float>(1.0 / radius);
  for (int y = box.top; y < box.bottom; ++y) {
    const float* cover = coverage.Row(y);
    float* row = plane.Row(y);
    for (int x = box.left; x < box.right; ++x) {
      // What is covered of a pixel at the outline lies half of itself deep.
      const float depth = std::max(row[x], 0.5f * cover[x]);
      const float part = std::min(depth * per_radius, 1.0f);
      const float rest = 1.0f - part;
      row[x] = cover[x] * std::sqrt(1.0f - rest * rest);
    }
  }
  return plane;
}

}  // namespace cxr::synth
