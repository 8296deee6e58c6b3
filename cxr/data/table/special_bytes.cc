// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/special_bytes.h"

#include <emmintrin.h>
#include <immintrin.h>

#include <algorithm>
#include <bit>

namespace cxr {
namespace {

constexpr size_t kBlockBytes = 64;  // as many as a mask has bits

// Bit i of a mask tells whether byte i of the block is special. SSE2 is part of
// x86-64.
uint64_t Mask16(const char* bytes) {
  const __m128i block =
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const __m128i special =
      _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8(',')),
                                _mm_cmpeq_epi8(block, _mm_set1_epi8('"'))),
                   _mm_cmpeq_epi8(block, _mm_set1_epi8('\n')));
  return static_cast<uint32_t>(_mm_movemask_epi8(special));
}

uint64_t MaskBySse2(const char* bytes) {
  return Mask16(bytes) | Mask16(bytes + 16) << 16 | Mask16(bytes + 32) << 32 |
         Mask16(bytes + 48) << 48;
}

__attribute__((target("avx2"))) uint64_t Mask32(const char* bytes) {
  const __m256i block =
      _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes));
  const __m256i special = _mm256_or_si256(
      _mm256_or_si256(_mm256_cmpeq_epi8(block, _mm256_set1_epi8(',')),
                      _mm256_cmpeq_epi8(block, _mm256_set1_epi8('"'))),
      _mm256_cmpeq_epi8(block, _mm256_set1_epi8('\n')));
  return static_cast<uint32_t>(_mm256_movemask_epi8(special));
}

__attribute__((target("avx2"))) uint64_t MaskByAvx2(const char* bytes) {
  return Mask32(bytes) | Mask32(bytes + 32) << 32;
}

// Compiled into its callers, for the instructions that they may use.
template <uint64_t (*mask_of)(const char*)>
__attribute__((always_inline)) inline uint32_t* Find(absl::string_view text,
                                                     uint32_t* places) {
  std::array<char, kBlockBytes> last{};
  for (size_t at = 0; at < text.size(); at += kBlockBytes) {
    const char* block = text.data() + at;
    if (text.size() - at < kBlockBytes) {
      std::copy(text.begin() + at, text.end(), last.begin());
      block = last.data();
    }
    uint64_t mask = mask_of(block);
    const int count = std::popcount(mask);
    // Not one by one: there are seldom more than eight, and a wrongly guessed
    // branch costs more than some writes.
    for (int done = 0; done < count; done += kPlacesAtOnce) {
      for (int i = done; i < done + kPlacesAtOnce; ++i) {
        places[i] = static_cast<uint32_t>(at) +
                    static_cast<uint32_t>(std::countr_zero(mask));
        mask &= mask - 1;
      }
    }
    places += count;
  }
  return places;
}

__attribute__((target("avx2,bmi,popcnt"))) uint32_t* FindByAvx2(
    absl::string_view text, uint32_t* places) {
  return Find<MaskByAvx2>(text, places);
}

bool CanUseAvx2() {
  return __builtin_cpu_supports("avx2") > 0 &&
         __builtin_cpu_supports("bmi") > 0 &&
         __builtin_cpu_supports("popcnt") > 0;
}

}  // namespace

uint32_t* FindSpecialBytes(absl::string_view text, uint32_t* places) {
  static const bool can_use_avx2 = CanUseAvx2();
  return can_use_avx2 ? FindByAvx2(text, places)
                      : FindSpecialBytesPortably(text, places);
}

uint32_t* FindSpecialBytesPortably(absl::string_view text, uint32_t* places) {
  return Find<MaskBySse2>(text, places);
}

void SpecialBytes::Start(absl::string_view text, size_t at) {
  text_ = text;
  next_base_ = at;
  end_ = places_.data();
}

const uint32_t* SpecialBytes::FindMore() {
  uint32_t* end = places_.data();
  while (end == places_.data()) {
    base_ = next_base_;
    const absl::string_view window = text_.substr(base_, kWindowBytes);
    next_base_ = base_ + window.size();
    end = FindSpecialBytes(window, places_.data());
    if (next_base_ == text_.size()) {
      *end++ = static_cast<uint32_t>(window.size());
    }
  }
  end_ = end;
  return places_.data();
}

}  // namespace cxr
