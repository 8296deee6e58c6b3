// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/contact_sheet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "cxr/data/image/resize.h"
#include "cxr/data/inspect/lettering.h"

namespace cxr {
namespace {

constexpr int kGap = 6;  // pixels around an image
constexpr double kMaskOpacity = 0.35;

using Colour = std::array<uint8_t, 3>;
// Of the classes 1, 2, 3, ...: told apart by people who see no red or green.
constexpr Colour kClassColours[] = {
    {230, 159, 0}, {86, 180, 233}, {0, 158, 115}, {204, 121, 167}};
constexpr Colour kBoxColour = {240, 228, 66};
constexpr Colour kEmptyColour = {110, 110, 110};

// Where on the sheet a pixel of a cell's image lies.
struct Frame {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;
};

class Sheet {
 public:
  Sheet(size_t cells, size_t captions, const SheetOptions& options)
      : options_(options),
        row_height_(options.cell_pixels + 2 * kGap +
                    static_cast<int>(captions) * kLetterHeight) {
    const int columns = std::min(options.columns, static_cast<int>(cells));
    const int rows =
        columns == 0 ? 0 : (static_cast<int>(cells) + columns - 1) / columns;
    columns_ = std::max(columns, 1);
    image_.width = columns * (options.cell_pixels + kGap);
    image_.height = rows * row_height_;
    image_.pixels.resize(size_t{3} * image_.width * image_.height, uint8_t{24});
  }

  void Draw(size_t place, const SheetCell& cell) {
    const int left =
        static_cast<int>(place) % columns_ * (options_.cell_pixels + kGap) +
        kGap / 2;
    const int top = static_cast<int>(place) / columns_ * row_height_ + kGap;
    if (cell.image.pixels.empty()) {
      DrawFrame(left, top, left + options_.cell_pixels - 1,
                top + options_.cell_pixels - 1, kEmptyColour);
    } else {
      DrawImage(cell, FrameOf(cell.image, left, top));
    }
    const size_t letters = options_.cell_pixels / kLetterWidth;
    for (size_t i = 0; i < cell.captions.size(); ++i) {
      WriteText(cell.captions[i].substr(0, letters), left,
                top + options_.cell_pixels + kGap / 2 +
                    static_cast<int>(i) * kLetterHeight,
                &image_);
    }
  }

  RgbImage Take() && { return std::move(image_); }

 private:
  Frame FrameOf(const GrayImage& image, int left, int top) const {
    const double scale = static_cast<double>(options_.cell_pixels) /
                         std::max(image.width, image.height);
    Frame frame{.width = std::max(1, static_cast<int>(image.width * scale)),
                .height = std::max(1, static_cast<int>(image.height * scale))};
    frame.left = left + (options_.cell_pixels - frame.width) / 2;
    frame.top = top + (options_.cell_pixels - frame.height) / 2;
    return frame;
  }

  void DrawImage(const SheetCell& cell, const Frame& frame) {
    const GrayImage small =
        ResizeBicubic(cell.image, frame.width, frame.height);
    for (int y = 0; y < frame.height; ++y) {
      for (int x = 0; x < frame.width; ++x) {
        const uint8_t gray = small.pixels[size_t(y) * frame.width + x];
        Set(frame.left + x, frame.top + y,
            Tinted(gray, ClassAt(cell, frame, x, y)));
      }
    }
    for (const FindingBox& box : cell.boxes) {
      DrawBox(box, cell.image, frame);
    }
  }

  // The class of the mask in the middle of a pixel of the sheet; 0 for none.
  static int ClassAt(const SheetCell& cell, const Frame& frame, int x, int y) {
    if (!cell.mask.has_value()) {
      return 0;
    }
    const GrayImage& mask = *cell.mask;
    const int column = (2 * x + 1) * mask.width / (2 * frame.width);
    const int row = (2 * y + 1) * mask.height / (2 * frame.height);
    return mask.pixels[size_t(row) * mask.width + column];
  }

  static Colour Tinted(uint8_t gray, int mask_class) {
    if (mask_class == 0) {
      return {gray, gray, gray};
    }
    const Colour& tint =
        kClassColours[(mask_class - 1) % std::size(kClassColours)];
    Colour mixed;
    for (size_t i = 0; i < mixed.size(); ++i) {
      mixed[i] = static_cast<uint8_t>(
          std::lround((1 - kMaskOpacity) * gray + kMaskOpacity * tint[i]));
    }
    return mixed;
  }

  void DrawBox(const FindingBox& box, const GrayImage& image,
               const Frame& frame) {
    const auto on_sheet = [](float at, int from, int to, int begin) {
      return begin + static_cast<int>(std::clamp(at / from, 0.0f, 1.0f) *
                                      static_cast<float>(to - 1));
    };
    const int x0 = on_sheet(box.left, image.width, frame.width, frame.left);
    const int x1 =
        on_sheet(box.left + box.width, image.width, frame.width, frame.left);
    const int y0 = on_sheet(box.top, image.height, frame.height, frame.top);
    const int y1 =
        on_sheet(box.top + box.height, image.height, frame.height, frame.top);
    DrawFrame(x0, y0, x1, y1, kBoxColour);
  }

  void DrawFrame(int left, int top, int right, int bottom,
                 const Colour& colour) {
    for (int x = left; x <= right; ++x) {
      Set(x, top, colour);
      Set(x, bottom, colour);
    }
    for (int y = top; y <= bottom; ++y) {
      Set(left, y, colour);
      Set(right, y, colour);
    }
  }

  void Set(int x, int y, const Colour& colour) {
    std::copy(colour.begin(), colour.end(),
              image_.pixels.begin() + (int64_t{y} * image_.width + x) * 3);
  }

  const SheetOptions options_;
  const int row_height_;
  int columns_ = 1;
  RgbImage image_;
};

}  // namespace

RgbImage MakeContactSheet(const std::vector<SheetCell>& cells,
                          const SheetOptions& options) {
  size_t captions = 0;
  for (const SheetCell& cell : cells) {
    captions = std::max(captions, cell.captions.size());
  }
  Sheet sheet(cells.size(), captions, options);
  for (size_t i = 0; i < cells.size(); ++i) {
    sheet.Draw(i, cells[i]);
  }
  return std::move(sheet).Take();
}

}  // namespace cxr
