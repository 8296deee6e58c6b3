// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/image_hash.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <numeric>
#include <utility>

#include "absl/status/status.h"
#include "cxr/base/check.h"
#include "cxr/base/parallel.h"

namespace cxr {
namespace {

constexpr int kBitColumns = 17;
constexpr int kBitRows = 16;
constexpr int kRankSide = 32;
constexpr int kLevels = 256;

// The means of a grid of cells, row by row; a cell of a tiny image holds one
// pixel at least.
std::vector<double> CellMeans(const GrayImage& image, int rows, int columns) {
  const auto bounds = [](int cell, int cells, int size) {
    const int begin = static_cast<int>(int64_t{cell} * size / cells);
    const int end = static_cast<int>(int64_t{cell + 1} * size / cells);
    return std::pair(begin, std::max(begin + 1, end));
  };
  std::vector<double> means;
  for (int row = 0; row < rows; ++row) {
    const auto [top, bottom] = bounds(row, rows, image.height);
    for (int column = 0; column < columns; ++column) {
      const auto [left, right] = bounds(column, columns, image.width);
      int64_t sum = 0;
      for (int y = top; y < bottom; ++y) {
        const uint8_t* line = image.pixels.data() + int64_t{y} * image.width;
        sum = std::accumulate(line + left, line + right, sum);
      }
      const int64_t pixels = int64_t{bottom - top} * (right - left);
      means.push_back(static_cast<double>(sum) / static_cast<double>(pixels));
    }
  }
  return means;
}

std::array<uint64_t, 4> RisingBits(const GrayImage& image) {
  const std::vector<double> means = CellMeans(image, kBitRows, kBitColumns);
  std::array<uint64_t, 4> bits = {};
  int bit = 0;
  for (int row = 0; row < kBitRows; ++row) {
    for (int column = 0; column + 1 < kBitColumns; ++column, ++bit) {
      const int cell = row * kBitColumns + column;
      if (means[cell + 1] > means[cell]) {
        bits[bit / 64] |= uint64_t{1} << (bit % 64);
      }
    }
  }
  return bits;
}

// Equal means have equal ranks.
std::array<uint8_t, kRankSide * kRankSide> Ranks(const GrayImage& image) {
  const std::vector<double> means = CellMeans(image, kRankSide, kRankSide);
  std::vector<double> sorted = means;
  std::sort(sorted.begin(), sorted.end());
  std::array<uint8_t, kRankSide* kRankSide> ranks = {};
  for (size_t i = 0; i < means.size(); ++i) {
    const auto below =
        std::lower_bound(sorted.begin(), sorted.end(), means[i]) -
        sorted.begin();
    ranks[i] = static_cast<uint8_t>(below * kLevels / std::ssize(means));
  }
  return ranks;
}

}  // namespace

ImageHash HashOf(const GrayImage& image) {
  CXR_CHECK(image.width > 0 && image.height > 0) << "an empty image";
  const auto [darkest, brightest] =
      std::minmax_element(image.pixels.begin(), image.pixels.end());
  return {.bits = RisingBits(image),
          .ranks = Ranks(image),
          .flat = *darkest == *brightest};
}

int BitsApart(const ImageHash& a, const ImageHash& b) {
  int bits = 0;
  for (size_t i = 0; i < a.bits.size(); ++i) {
    bits += std::popcount(a.bits[i] ^ b.bits[i]);
  }
  return bits;
}

double RanksApart(const ImageHash& a, const ImageHash& b) {
  int64_t sum = 0;
  for (size_t i = 0; i < a.ranks.size(); ++i) {
    sum += std::abs(int{a.ranks[i]} - int{b.ranks[i]});
  }
  return static_cast<double>(sum) / static_cast<double>(a.ranks.size());
}

bool IsSamePicture(const ImageHash& a, const ImageHash& b) {
  return BitsApart(a, b) <= kSameBits && !a.flat && !b.flat &&
         RanksApart(a, b) <= kSameRanks;
}

std::vector<ImagePair> FindSameImages(absl::Span<const ImageHash> a,
                                      absl::Span<const ImageHash> b,
                                      int threads) {
  std::vector<std::vector<ImagePair>> found(a.size());
  const absl::Status searched =
      ParallelFor(std::ssize(a), threads, [&](int64_t i) {
        for (size_t k = 0; k < b.size(); ++k) {
          if (IsSamePicture(a[i], b[k])) {
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
