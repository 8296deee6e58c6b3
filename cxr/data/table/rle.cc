// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/rle.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"

namespace cxr {
namespace {

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Reads whole numbers with white space between.
class NumberScanner {
 public:
  explicit NumberScanner(absl::string_view text)
      : at_(text.data()), end_(text.data() + text.size()) {}

  bool AtEnd() {
    while (at_ < end_ && IsSpace(*at_)) {
      ++at_;
    }
    return at_ == end_;
  }

  // Nothing if something else stands there. Stays at kMost once it is there.
  std::optional<int64_t> Next() {
    if (AtEnd() || !IsDigit(*at_)) {
      return std::nullopt;
    }
    int64_t value = 0;
    for (; at_ < end_ && IsDigit(*at_); ++at_) {
      value = std::min(value * 10 + (*at_ - '0'), kMost);
    }
    return at_ == end_ || IsSpace(*at_) ? std::make_optional(value)
                                        : std::nullopt;
  }

 private:
  static constexpr int64_t kMost = int64_t{1} << 56;  // times 10 fits

  const char* at_;
  const char* end_;
};

absl::Status RunError(int64_t run, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("run ", run, ": ", what));
}

// Eight pixels at a time.
int64_t EndOfRun(absl::Span<const uint8_t> pixels, int64_t begin,
                 uint8_t value) {
  const int64_t size = static_cast<int64_t>(pixels.size());
  uint64_t wanted = 0;
  std::memset(&wanted, value, sizeof(wanted));
  int64_t at = begin;
  for (; at + int64_t{sizeof(wanted)} <= size; at += sizeof(wanted)) {
    uint64_t found = 0;
    std::memcpy(&found, pixels.data() + at, sizeof(found));
    if (found != wanted) {
      break;
    }
  }
  while (at < size && pixels[at] == value) {
    ++at;
  }
  return at;
}

// What follows fills polygons as OpenCV 4 and 5 do, 8-connected and without
// fractions of pixels. Edges cross rows in 16-bit fixed point, slopes cut off
// there.
constexpr int kFractionBits = 16;
constexpr int64_t kOne = int64_t{1} << kFractionBits;

struct Point {
  int64_t x = 0;
  int64_t y = 0;
};

struct Segment {
  Point a;
  Point b;
};

// Which way `value` lies outside of [0, last]: -1, 1, or 0 if inside.
int SideOf(int64_t value, int64_t last) {
  return value < 0 ? -1 : (value > last ? 1 : 0);
}

struct Bounds {
  int64_t right = 0;   // the last column
  int64_t bottom = 0;  // the last row

  int SideX(const Point& p) const { return SideOf(p.x, right); }
  int SideY(const Point& p) const { return SideOf(p.y, bottom); }
  bool Holds(const Segment& s) const {
    return SideX(s.a) == 0 && SideX(s.b) == 0 && SideY(s.a) == 0 &&
           SideY(s.b) == 0;
  }
  // Whether both ends lie beyond the same border.
  bool Misses(const Segment& s) const {
    return SideX(s.a) * SideX(s.b) > 0 || SideY(s.a) * SideY(s.b) > 0;
  }
};

// How far the line rises over `run` of the way `whole`, cut off.
int64_t Rise(int64_t run, int64_t rise, int64_t whole) {
  return static_cast<int64_t>(static_cast<double>(run) *
                              static_cast<double>(rise) /
                              static_cast<double>(whole));
}

// `s` without what is outside of `bounds`: ends are moved along the line to the
// nearest row inside, then to the nearest column, one after the other. If
// nothing of `s` is inside, it comes back as far as it was cut until then.
Segment Clip(const Bounds& bounds, Segment s) {
  if (bounds.Misses(s)) {
    return s;
  }
  for (const auto& [p, q] : {std::pair(&s.a, &s.b), std::pair(&s.b, &s.a)}) {
    if (const int side = bounds.SideY(*p); side != 0) {
      const int64_t y = side < 0 ? 0 : bounds.bottom;
      p->x += Rise(y - p->y, q->x - p->x, q->y - p->y);
      p->y = y;
    }
  }
  if (bounds.Misses(s)) {
    return s;
  }
  for (const auto& [p, q] : {std::pair(&s.a, &s.b), std::pair(&s.b, &s.a)}) {
    if (const int side = bounds.SideX(*p); side != 0) {
      const int64_t x = side < 0 ? 0 : bounds.right;
      p->y += Rise(x - p->x, q->y - p->y, q->x - p->x);
      p->x = x;
    }
  }
  return s;
}

// Bresenham's line, both ends inside, from left to right.
void DrawLine(Segment s, uint8_t value, GrayImage* mask) {
  if (s.b.x < s.a.x) {
    std::swap(s.a, s.b);
  }
  const int64_t across = s.b.x - s.a.x;
  const int64_t down = std::abs(s.b.y - s.a.y);
  const int64_t row = s.b.y < s.a.y ? -int64_t{mask->width} : mask->width;
  const bool steep = down > across;
  const int64_t longer = steep ? down : across;
  const int64_t shorter = steep ? across : down;
  int64_t at = s.a.y * mask->width + s.a.x;
  int64_t error = longer - 2 * shorter;
  for (int64_t i = 0; i <= longer; ++i) {
    mask->pixels[static_cast<size_t>(at)] = value;
    const bool aside = error < 0;
    at += (steep ? row : 1) + (aside ? (steep ? 1 : row) : 0);
    error += (aside ? 2 * longer : 0) - 2 * shorter;
  }
}

// A side of the polygon that is not level.
struct Edge {
  int64_t top = 0;     // the first row
  int64_t bottom = 0;  // the row behind the last
  int64_t x = 0;       // where it crosses the first row, fixed point
  int64_t slope = 0;   // columns a row, fixed point
};

std::optional<Edge> EdgeOf(const Bounds& bounds, const Segment& s) {
  if (s.a.y == s.b.y) {
    return std::nullopt;
  }
  Segment fixed = Clip(bounds, s);
  if (fixed.a.y == fixed.b.y) {
    fixed.a.y = s.a.y;
    fixed.b.y = s.b.y;
  }
  fixed.a.x *= kOne;
  fixed.b.x *= kOne;
  const Point& upper = s.a.y < s.b.y ? s.a : s.b;
  const Point& from = s.a.y < s.b.y ? fixed.a : fixed.b;
  const int64_t slope = (fixed.b.x - fixed.a.x) / (fixed.b.y - fixed.a.y);
  return Edge{.top = upper.y,
              .bottom = std::max(s.a.y, s.b.y),
              .x = from.x + (upper.y - from.y) * slope,
              .slope = slope};
}

// Fills what lies between the first and the second crossing of each row with
// the edges, the third and the fourth, and so on. `edges` ascend by their top.
void FillBetween(absl::Span<const Edge> edges, uint8_t value, GrayImage* mask) {
  std::vector<const Edge*> active;
  std::vector<int64_t> crossings;
  auto next = edges.begin();
  for (int64_t y = 0; y < mask->height; ++y) {
    for (; next != edges.end() && next->top <= y; ++next) {
      active.push_back(&*next);
    }
    active.erase(std::remove_if(active.begin(), active.end(),
                                [y](const Edge* e) { return e->bottom <= y; }),
                 active.end());
    crossings.clear();
    for (const Edge* const e : active) {
      crossings.push_back(e->x + (y - e->top) * e->slope);
    }
    std::sort(crossings.begin(), crossings.end());
    uint8_t* const row = mask->pixels.data() + y * mask->width;
    for (size_t i = 0; i + 1 < crossings.size(); i += 2) {
      const int64_t left = (crossings[i] + kOne - 1) >> kFractionBits;
      const int64_t right = crossings[i + 1] >> kFractionBits;
      const int64_t begin = std::max<int64_t>(left, 0);
      const int64_t end = std::min<int64_t>(right + 1, mask->width);
      if (begin < end) {
        std::memset(row + begin, value, static_cast<size_t>(end - begin));
      }
    }
  }
}

// Corners are no farther off than this, so that nothing overflows.
constexpr int kFarthest = 1 << 20;

Point PointOf(const PolygonPoint& corner) {
  return {.x = std::clamp(corner.x, -kFarthest, kFarthest),
          .y = std::clamp(corner.y, -kFarthest, kFarthest)};
}

}  // namespace

absl::Status DrawRle(absl::string_view text, uint8_t value, GrayImage* mask) {
  const int64_t size = static_cast<int64_t>(mask->pixels.size());
  NumberScanner numbers(text);
  int64_t end = 0;  // of the run before
  for (int64_t run = 1; !numbers.AtEnd(); ++run) {
    const std::optional<int64_t> start = numbers.Next();
    if (!start.has_value()) {
      return RunError(run, "found no number, expected a start");
    }
    const std::optional<int64_t> length = numbers.Next();
    if (!length.has_value()) {
      return RunError(run, "found no number, expected a length");
    }
    if (*start <= end || *start > size) {
      return RunError(run, absl::StrCat("found start ", *start, ", expected ",
                                        end + 1, " to ", size));
    }
    if (*length < 1 || *length > size - *start + 1) {
      return RunError(run, absl::StrCat("found length ", *length,
                                        ", expected 1 to ", size - *start + 1));
    }
    std::memset(mask->pixels.data() + (*start - 1), value,
                static_cast<size_t>(*length));
    end = *start - 1 + *length;
  }
  return absl::OkStatus();
}

std::string EncodeRle(const GrayImage& mask, uint8_t value) {
  const absl::Span<const uint8_t> pixels = mask.pixels;
  const int64_t size = static_cast<int64_t>(pixels.size());
  std::string text;
  for (int64_t at = 0; at < size;) {
    const void* const found =
        std::memchr(pixels.data() + at, value, static_cast<size_t>(size - at));
    if (found == nullptr) {
      break;
    }
    const int64_t start = static_cast<const uint8_t*>(found) - pixels.data();
    at = EndOfRun(pixels, start, value);
    absl::StrAppend(&text, text.empty() ? "" : " ", start + 1, " ", at - start);
  }
  return text;
}

void FillPolygon(absl::Span<const PolygonPoint> points, uint8_t value,
                 GrayImage* mask) {
  CXR_CHECK(mask->pixels.size() == size_t(mask->width) * mask->height);
  if (points.empty() || mask->pixels.empty()) {
    return;
  }
  const Bounds bounds{.right = mask->width - 1, .bottom = mask->height - 1};
  std::vector<Edge> edges;
  Segment side{.a = {}, .b = PointOf(points.back())};
  for (const PolygonPoint& corner : points) {
    side = {.a = side.b, .b = PointOf(corner)};
    if (const Segment inside = Clip(bounds, side); bounds.Holds(inside)) {
      DrawLine(inside, value, mask);
    }
    if (const std::optional<Edge> edge = EdgeOf(bounds, side)) {
      edges.push_back(*edge);
    }
  }
  std::sort(edges.begin(), edges.end(),
            [](const Edge& a, const Edge& b) { return a.top < b.top; });
  FillBetween(edges, value, mask);
}

}  // namespace cxr
