// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/level_table.h"

#include <immintrin.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cxr {
namespace {

constexpr size_t kVectorBytes = 32;
constexpr int kParts = 16;       // of the table
constexpr int kPartLevels = 16;  // what one byte shuffle can look up

// Part p of the table, exclusive-or part p - 1 of the same half. A shuffle of
// part p gives 0 for levels below 16 p; above, the terms of all parts up to the
// level's own cancel but for its own.
struct ShuffleTable {
  alignas(16) uint8_t parts[kParts][kPartLevels];
};

ShuffleTable MakeShuffleTable(const LevelTable& table) {
  ShuffleTable result;
  for (int part = 0; part < kParts; ++part) {
    for (int i = 0; i < kPartLevels; ++i) {
      const int level = part * kPartLevels + i;
      const bool starts_half = part % (kParts / 2) == 0;
      result.parts[part][i] =
          table[level] ^ (starts_half ? 0 : table[level - kPartLevels]);
    }
  }
  return result;
}

[[gnu::target("avx2")]] inline __m256i LookUpHalf(const ShuffleTable& table,
                                                  int half, __m256i level) {
  // Levels of the other half are negative, and stay so: a shuffle gives 0.
  const __m256i step = _mm256_set1_epi8(kPartLevels);
  __m256i result = _mm256_setzero_si256();
  for (int i = 0; i < kParts / 2; ++i) {
    const __m256i part = _mm256_broadcastsi128_si256(
        _mm_load_si128(reinterpret_cast<const __m128i*>(
            table.parts[half * (kParts / 2) + i])));
    result = _mm256_xor_si256(result, _mm256_shuffle_epi8(part, level));
    level = _mm256_subs_epi8(level, step);
  }
  return result;
}

// Returns how many of `size` levels were mapped: all but an incomplete vector.
[[gnu::target("avx2")]] size_t MapLevelsAvx2(const uint8_t* from, uint8_t* to,
                                             size_t size,
                                             const LevelTable& table) {
  const ShuffleTable shuffle = MakeShuffleTable(table);
  const __m256i top_bit = _mm256_set1_epi8(-128);
  size_t i = 0;
  for (; i + kVectorBytes <= size; i += kVectorBytes) {
    const __m256i level =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + i));
    const __m256i mapped = _mm256_or_si256(
        LookUpHalf(shuffle, 0, level),
        LookUpHalf(shuffle, 1, _mm256_xor_si256(level, top_bit)));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + i), mapped);
  }
  return i;
}

}  // namespace

GrayImage MapLevels(const GrayImage& image, const LevelTable& table,
                    Simd simd) {
  const size_t size = image.pixels.size();
  GrayImage mapped{image.width, image.height, std::vector<uint8_t>(size)};
  size_t done = 0;
  if (simd == Simd::kAvx2) {
    done =
        MapLevelsAvx2(image.pixels.data(), mapped.pixels.data(), size, table);
  }
  for (size_t i = done; i < size; ++i) {
    mapped.pixels[i] = table[image.pixels[i]];
  }
  return mapped;
}

}  // namespace cxr
