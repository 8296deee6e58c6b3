// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/sixteen_bit.h"

#include <algorithm>
#include <cstddef>

#include "cxr/base/check.h"
#include "cxr/data/codec/extremes.h"

namespace cxr {
namespace {

uint8_t Shifted(uint32_t value, int bits) {
  return static_cast<uint8_t>(std::min(value >> (bits - 8), 255u));
}

// The 8-bit value of each value from `smallest` on.
std::vector<uint8_t> MakeTable(uint32_t smallest, uint32_t largest, int bits,
                               SixteenBitRule rule) {
  const bool clip = rule == SixteenBitRule::kPillowClip;
  const uint32_t from = clip ? std::min(smallest, 255u) : smallest;
  const uint32_t to = clip ? std::min(largest, 255u) : largest;
  std::vector<uint8_t> table(largest - smallest + 1);
  for (size_t i = 0; i < table.size(); ++i) {
    const uint32_t value = smallest + static_cast<uint32_t>(i);
    if (rule == SixteenBitRule::kShift8) {
      table[i] = Shifted(value, bits);
    } else if (from < to) {
      table[i] = static_cast<uint8_t>((std::min(value, to) - from) * 255u /
                                      (to - from));
    }
  }
  return table;
}

}  // namespace

std::vector<uint8_t> ToEightBits(absl::Span<const uint16_t> values, int bits,
                                 SixteenBitRule rule) {
  CXR_CHECK(rule != SixteenBitRule::kRefuse && !values.empty() && bits >= 8 &&
            bits <= 16)
      << values.size() << " values of " << bits << " bits";
  Extremes extremes;
  extremes.Add(values);
  const int32_t smallest = extremes.smallest;
  const std::vector<uint8_t> table =
      MakeTable(static_cast<uint32_t>(smallest),
                static_cast<uint32_t>(extremes.largest), bits, rule);
  std::vector<uint8_t> out(values.size());
  std::transform(values.begin(), values.end(), out.begin(),
                 [&table, smallest](uint16_t value) {
                   return table[static_cast<size_t>(value - smallest)];
                 });
  return out;
}

}  // namespace cxr
