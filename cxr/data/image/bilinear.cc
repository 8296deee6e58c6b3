// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/bilinear.h"

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace cxr {
namespace {

constexpr int kOne = 1 << kBilinearBits;
constexpr int kHalf = 1 << (2 * kBilinearBits - 1);
constexpr size_t kVector = 8;  // positions

uint8_t Interpolate(const GrayView& image, int32_t x, int32_t y,
                    Border border) {
  const int left = x >> kBilinearBits;
  const int top = y >> kBilinearBits;
  const int right_part = x & (kOne - 1);
  const int lower_part = y & (kOne - 1);
  const int upper = PixelAt(image, left, top, border) * (kOne - right_part) +
                    PixelAt(image, left + 1, top, border) * right_part;
  const int lower =
      PixelAt(image, left, top + 1, border) * (kOne - right_part) +
      PixelAt(image, left + 1, top + 1, border) * right_part;
  return static_cast<uint8_t>(
      (upper * (kOne - lower_part) + lower * lower_part + kHalf) >>
      (2 * kBilinearBits));
}

// The weights (kOne - part, part) of each position as two bytes.
[[gnu::target("avx2")]] inline __m256i ByteWeights(__m256i part) {
  const __m256i rest = _mm256_sub_epi32(_mm256_set1_epi32(kOne), part);
  return _mm256_or_si256(rest, _mm256_slli_epi32(part, 8));
}

[[gnu::target("avx2")]] inline __m256i Load(const int32_t* from) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
}

// Eight values, if all their pixels can be read four at a time; else false.
[[gnu::target("avx2")]] bool InterpolateVector(const GrayView& image,
                                               const int32_t* x,
                                               const int32_t* y, uint8_t* to) {
  const __m256i left = _mm256_srai_epi32(Load(x), kBilinearBits);
  const __m256i top = _mm256_srai_epi32(Load(y), kBilinearBits);
  // Greater than the last allowed, or negative: as if both were unsigned.
  const __m256i last_left = _mm256_set1_epi32(image.width - 4);
  const __m256i last_top = _mm256_set1_epi32(image.height - 2);
  const __m256i outside =
      _mm256_or_si256(_mm256_or_si256(_mm256_cmpgt_epi32(left, last_left),
                                      _mm256_cmpgt_epi32(top, last_top)),
                      _mm256_or_si256(left, top));
  if (_mm256_movemask_ps(_mm256_castsi256_ps(outside)) != 0) {
    return false;
  }
  const int stride = static_cast<int>(image.stride);
  const __m256i offset = _mm256_add_epi32(
      _mm256_mullo_epi32(top, _mm256_set1_epi32(stride)), left);
  const auto* base = reinterpret_cast<const int*>(image.pixels);
  const auto* below = reinterpret_cast<const int*>(image.pixels + stride);
  const __m256i part_mask = _mm256_set1_epi32(kOne - 1);
  const __m256i across = ByteWeights(_mm256_and_si256(Load(x), part_mask));
  const __m256i lower_part = _mm256_and_si256(Load(y), part_mask);
  const __m256i down =
      _mm256_or_si256(_mm256_sub_epi32(_mm256_set1_epi32(kOne), lower_part),
                      _mm256_slli_epi32(lower_part, 16));
  // Sums of two pixels of a row, in the lower 16 bits of each position.
  const __m256i upper =
      _mm256_maddubs_epi16(_mm256_i32gather_epi32(base, offset, 1), across);
  const __m256i lower =
      _mm256_maddubs_epi16(_mm256_i32gather_epi32(below, offset, 1), across);
  const __m256i pairs =
      _mm256_blend_epi16(upper, _mm256_slli_epi32(lower, 16), 0xaa);
  const __m256i sums =
      _mm256_srli_epi32(_mm256_add_epi32(_mm256_madd_epi16(pairs, down),
                                         _mm256_set1_epi32(kHalf)),
                        2 * kBilinearBits);
  const __m128i words = _mm_packus_epi32(_mm256_castsi256_si128(sums),
                                         _mm256_extracti128_si256(sums, 1));
  _mm_storel_epi64(reinterpret_cast<__m128i*>(to),
                   _mm_packus_epi16(words, words));
  return true;
}

}  // namespace

void InterpolateRow(const GrayView& image, absl::Span<const int32_t> x,
                    absl::Span<const int32_t> y, Border border, uint8_t* to,
                    Simd simd) {
  size_t i = 0;
  while (i < x.size()) {
    if (simd == Simd::kAvx2 && i + kVector <= x.size() &&
        InterpolateVector(image, &x[i], &y[i], to + i)) {
      i += kVector;
      continue;
    }
    to[i] = Interpolate(image, x[i], y[i], border);
    ++i;
  }
}

}  // namespace cxr
