// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/segmentation/mask_borders.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace cxr::metrics {
namespace {

constexpr uint8_t kAllInside = 15;

// Rows and columns begin..end-1.
struct Box {
  int64_t top = 0;
  int64_t bottom = 0;
  int64_t left = 0;
  int64_t right = 0;

  int64_t height() const { return bottom - top; }
  int64_t width() const { return right - left; }
};

// Ones and zeros, with a frame of zeros one pixel wide: (height + 2, width +
// 2).
struct FramedMask {
  std::vector<uint8_t> pixels;
  int64_t height = 0;
  int64_t width = 0;

  const uint8_t* Row(int64_t y) const {
    return pixels.data() + y * (width + 2);
  }
};

// Adds the row to the columns seen; the result is not 0 if something is inside.
uint8_t MarkColumns(const uint8_t* row, int64_t width, uint8_t* seen) {
  uint8_t any = 0;
  for (int64_t x = 0; x < width; ++x) {
    any |= row[x];
    seen[x] |= row[x];
  }
  return any;
}

Box BoxOfEither(const MaskView& first, const MaskView& second) {
  std::vector<uint8_t> seen(first.width);
  Box box;
  for (int64_t y = 0; y < first.height; ++y) {
    const int64_t row = y * first.width;
    const int any =
        MarkColumns(first.pixels.data() + row, first.width, seen.data()) |
        MarkColumns(second.pixels.data() + row, first.width, seen.data());
    if (any == 0) continue;
    if (box.bottom == 0) box.top = y;
    box.bottom = y + 1;
  }
  const auto inside = [](uint8_t pixel) { return pixel != 0; };
  const auto begin = std::find_if(seen.begin(), seen.end(), inside);
  const auto end = std::find_if(seen.rbegin(), seen.rend(), inside);
  if (begin == seen.end()) return {};
  box.left = begin - seen.begin();
  box.right = seen.rend() - end;
  return box;
}

FramedMask Cut(const MaskView& mask, const Box& box) {
  FramedMask cut{
      .pixels = std::vector<uint8_t>((box.height() + 2) * (box.width() + 2)),
      .height = box.height(),
      .width = box.width()};
  for (int64_t y = 0; y < cut.height; ++y) {
    const uint8_t* from =
        mask.pixels.data() + (box.top + y) * mask.width + box.left;
    uint8_t* to = cut.pixels.data() + (y + 1) * (cut.width + 2) + 1;
    for (int64_t x = 0; x < cut.width; ++x) to[x] = from[x] != 0;
  }
  return cut;
}

MaskBorder EdgePixelsOf(const FramedMask& mask) {
  MaskBorder border{.codes = std::vector<uint8_t>(mask.height * mask.width),
                    .height = mask.height,
                    .width = mask.width};
  for (int64_t y = 0; y < mask.height; ++y) {
    const uint8_t* above = mask.Row(y) + 1;
    const uint8_t* row = mask.Row(y + 1) + 1;
    const uint8_t* below = mask.Row(y + 2) + 1;
    uint8_t* codes = border.codes.data() + y * mask.width;
    for (int64_t x = 0; x < mask.width; ++x) {
      const uint8_t surrounded = above[x] & below[x] & row[x - 1] & row[x + 1];
      codes[x] = static_cast<uint8_t>(row[x] & ~surrounded);
    }
  }
  return border;
}

MaskBorder BorderCornersOf(const FramedMask& mask) {
  MaskBorder border{
      .codes = std::vector<uint8_t>((mask.height + 1) * (mask.width + 1)),
      .height = mask.height + 1,
      .width = mask.width + 1};
  for (int64_t y = 0; y < border.height; ++y) {
    const uint8_t* above = mask.Row(y);
    const uint8_t* below = mask.Row(y + 1);
    uint8_t* codes = border.codes.data() + y * border.width;
    for (int64_t x = 0; x < border.width; ++x) {
      const uint8_t code = static_cast<uint8_t>(
          8 * above[x] + 4 * above[x + 1] + 2 * below[x] + below[x + 1]);
      codes[x] = code == kAllInside ? 0 : code;
    }
  }
  return border;
}

// The columns of a row that are not 0.
void FindColumns(const uint8_t* codes, int64_t width,
                 std::vector<int32_t>* columns) {
  columns->clear();
  int64_t x = 0;
  while (x < width) {
    uint64_t eight = 0;
    if (x + 8 <= width) {
      std::memcpy(&eight, codes + x, sizeof(eight));
      if (eight == 0) {
        x += 8;
        continue;
      }
    }
    const int64_t end = std::min(x + 8, width);
    for (; x < end; ++x) {
      if (codes[x] != 0) columns->push_back(static_cast<int32_t>(x));
    }
  }
}

}  // namespace

MaskBorders EdgePixels(const MaskView& predicted, const MaskView& truth) {
  const Box box = BoxOfEither(predicted, truth);
  if (box.height() == 0) return {};
  return {.predicted = EdgePixelsOf(Cut(predicted, box)),
          .truth = EdgePixelsOf(Cut(truth, box))};
}

MaskBorders BorderCorners(const MaskView& predicted, const MaskView& truth) {
  const Box box = BoxOfEither(predicted, truth);
  if (box.height() == 0) return {};
  return {.predicted = BorderCornersOf(Cut(predicted, box)),
          .truth = BorderCornersOf(Cut(truth, box))};
}

std::vector<double> SquaresBetween(const MaskBorder& from, const MaskBorder& to,
                                   const PixelSpacing& spacing) {
  NearestPixels nearest;
  nearest.SetMask({to.codes, to.height, to.width}, spacing);
  std::vector<double> squares;
  std::vector<int32_t> columns;
  for (int64_t y = 0; y < from.height; ++y) {
    FindColumns(from.codes.data() + y * from.width, from.width, &columns);
    nearest.AppendSquares(y, columns, &squares);
  }
  return squares;
}

}  // namespace cxr::metrics
