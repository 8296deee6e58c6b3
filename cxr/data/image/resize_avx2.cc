// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/resize_avx2.h"

#include <immintrin.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

// The image is read in bands of 16 rows. Each becomes columns of pairs: for
// every two neighbours in a row, the pairs of the 16 rows lie side by side, so
// that one instruction multiplies and adds the pairs of eight rows. The result
// has rows in pairs, which the vertical pass sums in the same way. Rows are
// kept in a ring until the outputs that need them are written.
//
// A weight has more bits than the instruction takes, and is split in two. All
// sums are exact in 32 bits, so that their order does not matter.

namespace cxr {
namespace {

constexpr int kBand = 16;         // rows, and columns that are moved at once
constexpr int kPairsOfBand = 8;   // of rows
constexpr int kLaneBytes = 16;    // of half a vector
constexpr int kVectorBytes = 32;  // eight pairs of each half band
constexpr int kLowBits = 11;

// The weights of two taps: high * 2^kLowBits + low.
struct PairWeights {
  int32_t high = 0;  // two 16-bit numbers
  int32_t low = 0;
};

std::vector<PairWeights> SplitWeights(const ResizeTaps& taps) {
  constexpr int32_t kLowMask = (1 << kLowBits) - 1;
  const auto pack = [](int32_t first, int32_t second) {
    return static_cast<int32_t>((static_cast<uint32_t>(second) << 16) |
                                (static_cast<uint32_t>(first) & 0xffff));
  };
  std::vector<PairWeights> pairs(taps.weights.size() / 2);
  for (size_t i = 0; i < pairs.size(); ++i) {
    const int32_t first = taps.weights[2 * i];
    const int32_t second = taps.weights[2 * i + 1];
    pairs[i] = {pack(first >> kLowBits, second >> kLowBits),
                pack(first & kLowMask, second & kLowMask)};
  }
  return pairs;
}

// Sums of 16 outputs.
struct Sums {
  __m256i high[2];
  __m256i low[2];
};

[[gnu::target("avx2"), gnu::always_inline]] inline void AddPairs(
    const uint8_t* pairs, PairWeights weights, Sums* sums) {
  const __m256i high = _mm256_set1_epi32(weights.high);
  const __m256i low = _mm256_set1_epi32(weights.low);
  for (int half = 0; half < 2; ++half) {
    const __m256i pixels = _mm256_cvtepu8_epi16(_mm_loadu_si128(
        reinterpret_cast<const __m128i*>(pairs + half * kLaneBytes)));
    sums->high[half] =
        _mm256_add_epi32(sums->high[half], _mm256_madd_epi16(pixels, high));
    sums->low[half] =
        _mm256_add_epi32(sums->low[half], _mm256_madd_epi16(pixels, low));
  }
}

[[gnu::target("avx2"), gnu::always_inline]] inline Sums ZeroSums() {
  const __m256i zero = _mm256_setzero_si256();
  const __m256i half = _mm256_set1_epi32(kResizeHalf);
  return {{zero, zero}, {half, half}};
}

// The 16 pixels, in order.
[[gnu::target("avx2"), gnu::always_inline]] inline __m128i RoundSums(
    const Sums& sums) {
  __m256i rounded[2];
  for (int half = 0; half < 2; ++half) {
    rounded[half] = _mm256_srai_epi32(
        _mm256_add_epi32(_mm256_slli_epi32(sums.high[half], kLowBits),
                         sums.low[half]),
        kResizePrecisionBits);
  }
  const __m256i words = _mm256_permute4x64_epi64(
      _mm256_packs_epi32(rounded[0], rounded[1]), _MM_SHUFFLE(3, 1, 2, 0));
  return _mm_packus_epi16(_mm256_castsi256_si128(words),
                          _mm256_extracti128_si256(words, 1));
}

// Rows and columns of 8 x 8 pairs (16 bits each) change places, in both halves
// of the vectors alike: pair j of from[i] becomes pair i of to[j].
[[gnu::target("avx2"), gnu::always_inline]] inline void TransposePairs(
    const __m256i (&from)[8], __m256i (&to)[8]) {
  __m256i a[8];
  __m256i b[8];
  for (int i = 0; i < 4; ++i) {
    a[2 * i] = _mm256_unpacklo_epi16(from[2 * i], from[2 * i + 1]);
    a[2 * i + 1] = _mm256_unpackhi_epi16(from[2 * i], from[2 * i + 1]);
  }
  for (int i = 0; i < 2; ++i) {
    b[4 * i] = _mm256_unpacklo_epi32(a[4 * i], a[4 * i + 2]);
    b[4 * i + 1] = _mm256_unpackhi_epi32(a[4 * i], a[4 * i + 2]);
    b[4 * i + 2] = _mm256_unpacklo_epi32(a[4 * i + 1], a[4 * i + 3]);
    b[4 * i + 3] = _mm256_unpackhi_epi32(a[4 * i + 1], a[4 * i + 3]);
  }
  for (int i = 0; i < 4; ++i) {
    to[2 * i] = _mm256_unpacklo_epi64(b[i], b[i + 4]);
    to[2 * i + 1] = _mm256_unpackhi_epi64(b[i], b[i + 4]);
  }
}

// Sixteen lanes of 16 bytes each: lane i and lane i + 8 are a vector's halves.
[[gnu::target("avx2"), gnu::always_inline]] inline void TransposeLanes(
    const uint8_t* const (&lanes)[kBand], __m256i (&to)[8]) {
  __m256i from[8];
  for (int i = 0; i < 8; ++i) {
    from[i] =
        _mm256_loadu2_m128i(reinterpret_cast<const __m128i*>(lanes[i + 8]),
                            reinterpret_cast<const __m128i*>(lanes[i]));
  }
  TransposePairs(from, to);
}

[[gnu::target("avx2"), gnu::always_inline]] inline void StoreVector(
    __m256i vector, uint8_t* to) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), vector);
}

// A band of rows as columns of pairs, kVectorBytes each. The last row stands in
// for rows past the image's end, and anything for columns past it: both meet
// the weight 0 only.
[[gnu::target("avx2")]] void BandToColumns(const GrayView& image, int top,
                                           uint8_t* columns) {
  const uint8_t* rows[kBand];
  for (int i = 0; i < kBand; ++i) {
    rows[i] = image.Row(std::min(top + i, image.height - 1));
  }
  uint8_t padded[kBand][kLaneBytes] = {};
  for (int x = 0; x < image.width; x += kLaneBytes) {
    const uint8_t* lanes[kBand];
    const int left = image.width - x;
    for (int i = 0; i < kBand; ++i) {
      lanes[i] = rows[i] + x;
      if (left < kLaneBytes) {
        std::memcpy(padded[i], lanes[i], left);
        lanes[i] = padded[i];
      }
    }
    __m256i pairs[8];
    TransposeLanes(lanes, pairs);
    for (int i = 0; i < 8; ++i) {
      StoreVector(pairs[i], columns + (x / 2 + i) * kVectorBytes);
    }
  }
}

// The taps of one axis, ready for pairs.
class PairTaps {
 public:
  explicit PairTaps(const ResizeTaps& taps)
      : count_(taps.count / 2),
        first_(taps.first),
        weights_(SplitWeights(taps)) {
    for (int& first : first_) {
      first /= 2;
    }
  }

  int count() const { return count_; }  // pairs an output
  int outputs() const { return static_cast<int>(first_.size()); }
  int first(int output) const { return first_[output]; }
  const PairWeights* weights(int output) const {
    return weights_.data() + ptrdiff_t{output} * count_;
  }

 private:
  int count_;
  std::vector<int> first_;
  std::vector<PairWeights> weights_;
};

// `outputs` lanes of one result column each: the 16 rows, side by side.
[[gnu::target("avx2")]] void SumColumns(const uint8_t* columns,
                                        const PairTaps& taps,
                                        uint8_t* outputs) {
  for (int x = 0; x < taps.outputs(); ++x) {
    const uint8_t* pairs = columns + ptrdiff_t{taps.first(x)} * kVectorBytes;
    const PairWeights* weights = taps.weights(x);
    Sums sums = ZeroSums();
    for (int i = 0; i < taps.count(); ++i) {
      AddPairs(pairs + i * kVectorBytes, weights[i], &sums);
    }
    _mm_storeu_si128(
        reinterpret_cast<__m128i*>(outputs + ptrdiff_t{x} * kLaneBytes),
        RoundSums(sums));
  }
}

// Pairs of rows, each (width, 2), of which the last ones are kept.
class RowRing {
 public:
  RowRing(int width, int pairs)
      : stride_((width + kBand - 1) / kBand * kVectorBytes),
        pairs_((pairs + kPairsOfBand - 1) / kPairsOfBand * kPairsOfBand +
               kPairsOfBand),
        bytes_(size_t(stride_) * pairs_) {}

  uint8_t* Pair(int pair) {
    return bytes_.data() + ptrdiff_t{pair % pairs_} * stride_;
  }

 private:
  int stride_;
  int pairs_;
  std::vector<uint8_t> bytes_;
};

[[gnu::target("avx2")]] void ColumnsToRows(const uint8_t* outputs, int width,
                                           int first_pair, RowRing* ring) {
  for (int x = 0; x < width; x += kBand) {
    const uint8_t* lanes[kBand];
    for (int i = 0; i < kBand; ++i) {
      lanes[i] = outputs + ptrdiff_t{x + i} * kLaneBytes;
    }
    __m256i pairs[8];
    TransposeLanes(lanes, pairs);
    for (int i = 0; i < kPairsOfBand; ++i) {
      StoreVector(pairs[i], ring->Pair(first_pair + i) + 2 * x);
    }
  }
}

[[gnu::target("avx2")]] void SumRows(const PairTaps& taps, int y, int width,
                                     RowRing* ring, uint8_t* to) {
  std::vector<const uint8_t*> rows(taps.count());
  for (int i = 0; i < taps.count(); ++i) {
    rows[i] = ring->Pair(taps.first(y) + i);
  }
  const PairWeights* weights = taps.weights(y);
  for (int x = 0; x < width; x += kBand) {
    Sums sums = ZeroSums();
    for (int i = 0; i < taps.count(); ++i) {
      AddPairs(rows[i] + 2 * x, weights[i], &sums);
    }
    uint8_t pixels[kBand];
    _mm_storeu_si128(reinterpret_cast<__m128i*>(pixels), RoundSums(sums));
    std::memcpy(to + x, pixels, std::min(kBand, width - x));
  }
}

}  // namespace

[[gnu::target("avx2")]] void ResizeAvx2(const GrayView& image,
                                        const ResizeTaps& across,
                                        const ResizeTaps& down, uint8_t* to) {
  const PairTaps columns_taps(across);
  const PairTaps rows_taps(down);
  const int width = columns_taps.outputs();
  const int read =
      std::max((image.width + kBand - 1) / kBand * kBand, across.count);
  std::vector<uint8_t> columns(size_t(read) / 2 * kVectorBytes);
  std::vector<uint8_t> outputs((size_t(width) + kBand) * kLaneBytes);
  RowRing ring(width, rows_taps.count());
  int pairs = down.first[0] / 2;  // that the ring has had
  for (int y = 0; y < rows_taps.outputs(); ++y) {
    while (pairs < rows_taps.first(y) + rows_taps.count()) {
      BandToColumns(image, 2 * pairs, columns.data());
      SumColumns(columns.data(), columns_taps, outputs.data());
      ColumnsToRows(outputs.data(), width, pairs, &ring);
      pairs += kPairsOfBand;
    }
    SumRows(rows_taps, y, width, &ring, to + ptrdiff_t{y} * width);
  }
}

}  // namespace cxr
