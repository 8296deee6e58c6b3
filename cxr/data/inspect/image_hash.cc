// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/image_hash.h"

#include <bit>

#include "absl/status/status.h"
#include "cxr/base/check.h"
#include "cxr/base/parallel.h"

namespace cxr {
namespace {

constexpr int kColumns = 17;
constexpr int kRows = 16;

// The mean of a cell of the grid; a cell of a tiny image holds one pixel at
// least.
double CellMean(const GrayImage& image, int row, int column) {
  const auto bounds = [](int cell, int cells, int size) {
    const int begin = cell * size / cells;
    return std::pair(begin, std::max(begin + 1, (cell + 1) * size / cells));
  };
  const auto [top, bottom] = bounds(row, kRows, image.height);
  const auto [left, right] = bounds(column, kColumns, image.width);
  int64_t sum = 0;
  for (int y = top; y < bottom; ++y) {
    const uint8_t* line = image.pixels.data() + int64_t{y} * image.width;
    for (int x = left; x < right; ++x) {
      sum += line[x];
    }
  }
  return static_cast<double>(sum) / ((bottom - top) * (right - left));
}

}  // namespace

ImageHash HashOf(const GrayImage& image) {
  CXR_CHECK(image.width > 0 && image.height > 0) << "an empty image";
  ImageHash hash = {};
  for (int row = 0; row < kRows; ++row) {
    double mean = CellMean(image, row, 0);
    for (int column = 0; column + 1 < kColumns; ++column) {
      const double right = CellMean(image, row, column + 1);
      const int bit = row * (kColumns - 1) + column;
      if (right > mean) {
        hash[bit / 64] |= uint64_t{1} << (bit % 64);
      }
      mean = right;
    }
  }
  return hash;
}

int Distance(const ImageHash& a, const ImageHash& b) {
  int bits = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    bits += std::popcount(a[i] ^ b[i]);
  }
  return bits;
}

std::vector<ImagePair> FindSameImages(absl::Span<const ImageHash> a,
                                      absl::Span<const ImageHash> b,
                                      int threads) {
  std::vector<std::vector<ImagePair>> found(a.size());
  const absl::Status searched =
      ParallelFor(std::ssize(a), threads, [&](int64_t i) {
        for (size_t k = 0; k < b.size(); ++k) {
          if (Distance(a[i], b[k]) <= kSameImageBits) {
            found[i].push_back(
                {.a = static_cast<int>(i), .b = static_cast<int>(k)});
          }
        }
        return absl::OkStatus();
      });
  CXR_CHECK(searched.ok()) << searched.ToString();
  std::vector<ImagePair> all;
  for (const std::vector<ImagePair>& pairs : found) {
    all.insert(all.end(), pairs.begin(), pairs.end());
  }
  return all;
}

}  // namespace cxr
