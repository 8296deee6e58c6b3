// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/extremes.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace cxr {
namespace {

// As many columns of minima and maxima side by side, a number known to the
// compiler, so that it uses vectors; std::min would keep it from that.
constexpr size_t kColumns = 16;

template <typename Value>
Extremes ExtremesOf(absl::Span<const Value> values) {
  std::array<Value, kColumns> low;
  std::array<Value, kColumns> high;
  low.fill(values.front());
  high.fill(values.front());
  size_t i = 0;
  for (; i + kColumns <= values.size(); i += kColumns) {
    const Value* row = values.data() + i;
    for (size_t j = 0; j < kColumns; ++j) {
      low[j] = row[j] < low[j] ? row[j] : low[j];
      high[j] = row[j] > high[j] ? row[j] : high[j];
    }
  }
  for (; i < values.size(); ++i) {
    low[0] = std::min(low[0], values[i]);
    high[0] = std::max(high[0], values[i]);
  }
  return {.smallest = *std::min_element(low.begin(), low.end()),
          .largest = *std::max_element(high.begin(), high.end())};
}

template <typename Value>
void AddTo(absl::Span<const Value> values, Extremes* extremes) {
  if (values.empty()) {
    return;
  }
  const Extremes more = ExtremesOf(values);
  extremes->smallest = std::min(extremes->smallest, more.smallest);
  extremes->largest = std::max(extremes->largest, more.largest);
}

}  // namespace

void Extremes::Add(absl::Span<const uint8_t> values) { AddTo(values, this); }

void Extremes::Add(absl::Span<const uint16_t> values) { AddTo(values, this); }

}  // namespace cxr
