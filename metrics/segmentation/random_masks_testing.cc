// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/segmentation/random_masks_testing.h"

#include <cstddef>

namespace cxr::metrics {
namespace {

struct Grid {
  int64_t height;
  int64_t width;
};

template <typename IsInside>
void Paint(const Grid& grid, uint8_t label, IsInside is_inside,
           std::vector<uint8_t>* pixels) {
  for (int64_t y = 0; y < grid.height; ++y) {
    for (int64_t x = 0; x < grid.width; ++x) {
      if (is_inside(y, x)) (*pixels)[y * grid.width + x] = label;
    }
  }
}

struct Ellipse {
  int64_t y;
  int64_t x;
  int64_t tall;  // half axes
  int64_t wide;

  bool operator()(int64_t row, int64_t column) const {
    const int64_t down = (row - y) * wide;
    const int64_t right = (column - x) * tall;
    return down * down + right * right <= tall * tall * wide * wide;
  }
};

Ellipse DrawEllipse(const Grid& grid, TestDraws* draws) {
  Ellipse ellipse;
  ellipse.y = draws->Draw(grid.height);
  ellipse.x = draws->Draw(grid.width);
  ellipse.tall = 1 + draws->Draw(1 + grid.height / 2);
  ellipse.wide = 1 + draws->Draw(1 + grid.width / 2);
  return ellipse;
}

void PaintNoise(int64_t eighths, uint8_t label, TestDraws* draws,
                std::vector<uint8_t>* pixels) {
  for (uint8_t& pixel : *pixels) {
    if (draws->Draw(8) < eighths) pixel = label;
  }
}

std::vector<uint8_t> DrawMask(const Grid& grid, TestDraws* draws) {
  std::vector<uint8_t> mask(grid.height * grid.width);
  const int64_t kind = draws->Draw(12);
  if (kind == 0) return mask;
  if (kind == 1) {
    Paint(
        grid, 1, [](int64_t, int64_t) { return true; }, &mask);
  } else if (kind == 2) {
    PaintNoise(1 + draws->Draw(7), 1, draws, &mask);
  } else if (kind == 3) {
    const int64_t top = draws->Draw(grid.height);
    const int64_t left = draws->Draw(grid.width);
    const int64_t bottom = top + draws->Draw(grid.height);
    const int64_t right = left + draws->Draw(grid.width);
    Paint(
        grid, 1,
        [=](int64_t y, int64_t x) {
          return y >= top && y <= bottom && x >= left && x <= right;
        },
        &mask);
  } else if (kind == 4) {
    mask[draws->Draw(grid.height * grid.width)] = 1;
  } else {
    Paint(grid, 1, DrawEllipse(grid, draws), &mask);
    if (kind >= 9) Paint(grid, 1, DrawEllipse(grid, draws), &mask);
    if (kind == 8) Paint(grid, 0, DrawEllipse(grid, draws), &mask);
  }
  return mask;
}

std::vector<uint8_t> Moved(const std::vector<uint8_t>& mask, const Grid& grid,
                           TestDraws* draws) {
  const int64_t down = draws->Draw(5) - 2;
  const int64_t right = draws->Draw(5) - 2;
  std::vector<uint8_t> moved(mask.size());
  Paint(
      grid, 1,
      [&](int64_t y, int64_t x) {
        const int64_t row = y - down;
        const int64_t column = x - right;
        return row >= 0 && row < grid.height && column >= 0 &&
               column < grid.width && mask[row * grid.width + column] != 0;
      },
      &moved);
  return moved;
}

}  // namespace

int64_t TestDraws::Draw(int64_t n) {
  state_ += 0x9e3779b97f4a7c15;
  uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  z ^= z >> 31;
  return static_cast<int64_t>(z % static_cast<uint64_t>(n));
}

MaskPair RandomMaskPair(uint64_t seed) {
  TestDraws draws(seed);
  MaskPair pair;
  pair.height = 1 + draws.Draw(40);
  pair.width = 1 + draws.Draw(40);
  const Grid grid = {pair.height, pair.width};
  const double down = static_cast<double>(1 + draws.Draw(20)) / 8.0;
  const double right = static_cast<double>(1 + draws.Draw(20)) / 10.0;
  if (seed % 2 == 1) pair.spacing = {down, right};
  pair.truth = DrawMask(grid, &draws);
  pair.predicted = draws.Draw(2) == 0 ? DrawMask(grid, &draws)
                                      : Moved(pair.truth, grid, &draws);
  return pair;
}

LabelledImages RandomLabelledImages(uint64_t seed) {
  TestDraws draws(seed);
  LabelledImages result;
  result.classes = static_cast<int>(2 + draws.Draw(4));
  result.images.resize(1 + draws.Draw(4));
  for (LabelledImage& image : result.images) {
    Grid grid;
    grid.height = 1 + draws.Draw(16);
    grid.width = 1 + draws.Draw(16);
    const int64_t pixels = grid.height * grid.width;
    image.truth.resize(pixels);
    image.logits.resize(result.classes * pixels);
    // 0 leaves the truth to rule; a class may be suppressed altogether.
    const int64_t noise = 1 + draws.Draw(24);
    for (int c = 0; c < result.classes; ++c) {
      const bool present = c == 0 || draws.Draw(3) > 0;
      if (present) {
        Paint(grid, static_cast<uint8_t>(c), DrawEllipse(grid, &draws),
              &image.truth);
      }
    }
    for (int c = 0; c < result.classes; ++c) {
      const int64_t bias = c > 0 && draws.Draw(3) == 0 ? -100 : 0;
      for (int64_t i = 0; i < pixels; ++i) {
        const int64_t logit =
            bias + (image.truth[i] == c ? 8 : 0) + draws.Draw(noise);
        image.logits[c * pixels + i] = static_cast<float>(logit) / 4.0f;
      }
    }
  }
  return result;
}

std::vector<uint8_t> ChestLabels(int64_t size, int64_t shift) {
  const Grid grid = {size, size};
  std::vector<uint8_t> labels(size * size);
  const int64_t y = size / 2 + shift;
  Paint(grid, 1, Ellipse{y, size * 7 / 10 + shift, size / 3, size / 6},
        &labels);
  Paint(grid, 2, Ellipse{y, size * 3 / 10 - shift, size / 3, size / 6},
        &labels);
  Paint(grid, 3,
        Ellipse{y + size / 8, size * 11 / 20 + shift, size / 6, size / 6},
        &labels);
  return labels;
}

}  // namespace cxr::metrics
