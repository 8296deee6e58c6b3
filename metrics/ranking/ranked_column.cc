// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/ranked_column.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>

#include "metrics/ranking/score_keys.h"
#include "metrics/ranking/sorted_classes.h"
#include "metrics/require.h"

namespace cxr::metrics {
namespace {

// A score's place among the others in the 32 high bits (the higher the score,
// the smaller), its index in the 32 low ones.
using Place = uint64_t;

uint32_t IndexOf(Place place) { return static_cast<uint32_t>(place); }

// The order of places by falling score. Keys of more than 32 bits are cut, so
// scores are looked up where the cut keys agree.
template <typename Score>
class FallingScore {
 public:
  FallingScore(absl::Span<const Score> scores, bool keys_are_whole)
      : scores_(scores), keys_are_whole_(keys_are_whole) {}

  bool operator()(Place a, Place b) const {
    const auto key_a = a >> 32;
    const auto key_b = b >> 32;
    if (key_a != key_b || keys_are_whole_) return key_a < key_b;
    return scores_[IndexOf(a)] > scores_[IndexOf(b)];
  }

 private:
  absl::Span<const Score> scores_;
  bool keys_are_whole_;
};

// The lowest bits, at most 32 of them.
uint32_t MaskOf(int width) {
  return width >= 32 ? 0xFFFFFFFFu : (1u << width) - 1;
}

// Sums of counts over prefixes of a fixed order of examples. Left uninitialised
// before it is filled: this is the inner loop of every bootstrap.
class PrefixSums {
 public:
  explicit PrefixSums(size_t size)
      : size_(size),
        sums_(std::make_unique_for_overwrite<int32_t[]>(size + 1)) {
    sums_[0] = 0;
  }
  void Set(size_t length, int32_t sum) { sums_[length] = sum; }
  int64_t operator[](size_t length) const { return sums_[length]; }
  int64_t total() const { return sums_[size_]; }

 private:
  size_t size_;
  std::unique_ptr<int32_t[]> sums_;
};

template <typename Items, typename IndexOf>
PrefixSums SumCounts(const Items& items, absl::Span<const int32_t> counts,
                     IndexOf index_of) {
  PrefixSums sums(items.size());
  int32_t sum = 0;
  for (size_t k = 0; k < items.size(); ++k) {
    sum += counts[index_of(items[k])];
    sums.Set(k + 1, sum);
  }
  return sums;
}

double DividedPairs(int64_t twice_concordant, int64_t positives,
                    int64_t negatives) {
  if (positives == 0 || negatives == 0) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return static_cast<double>(twice_concordant) /
         (2.0 * static_cast<double>(positives * negatives));
}

// 0 where nothing was retrieved, as scikit-learn has it.
double Precision(int64_t true_positives, int64_t false_positives) {
  const int64_t retrieved = true_positives + false_positives;
  return static_cast<double>(true_positives) /
         static_cast<double>(std::max<int64_t>(retrieved, 1));
}

}  // namespace

template <typename Score>
absl::StatusOr<RankedColumn> RankedColumn::Sort(
    absl::Span<const Score> scores, absl::Span<const uint8_t> labels) {
  const auto range = CheckedKeyRange(scores, labels);
  if (!range.ok()) return range.status();
  // Three passes of the sort cover 30 bits faster than 32.
  const int cut = range->width <= 32 ? 0 : range->width - 30;
  const int width = range->width - cut;
  SortedClasses<Place> places(
      labels, {.low = 32, .width = width}, [&](size_t i) {
        const auto key =
            static_cast<uint32_t>(range->Shorten(OrderedKey(scores[i])) >> cut);
        return Place{~key & MaskOf(width)} << 32 | i;
      });
  const FallingScore<Score> higher(scores, /*keys_are_whole=*/cut == 0);
  if (cut > 0) places.SortAgreeing(32, higher);

  RankedColumn column;
  const absl::Span<const Place> negatives = places.negatives();
  const absl::Span<const Place> positives = places.positives();
  column.negatives_.reserve(negatives.size());
  for (const Place place : negatives) {
    column.negatives_.push_back(IndexOf(place));
  }
  column.positives_.reserve(positives.size());
  uint32_t above = 0;
  uint32_t through = 0;
  for (uint32_t begin = 0, end = 0; begin < positives.size(); begin = end) {
    const Place first = positives[begin];
    while (end < positives.size() && !higher(first, positives[end])) ++end;
    while (above < negatives.size() && higher(negatives[above], first)) ++above;
    through = std::max(through, above);
    while (through < negatives.size() && !higher(first, negatives[through])) {
      ++through;
    }
    for (uint32_t k = begin; k < end; ++k) {
      column.positives_.push_back({.index = IndexOf(positives[k]),
                                   .negatives_above = above,
                                   .negatives_through = through,
                                   .positives_through = end});
    }
  }
  return column;
}

absl::StatusOr<RankedColumn> RankedColumn::Create(
    absl::Span<const double> scores, absl::Span<const uint8_t> labels) {
  return Sort(scores, labels);
}

absl::StatusOr<RankedColumn> RankedColumn::Create(
    absl::Span<const float> scores, absl::Span<const uint8_t> labels) {
  return Sort(scores, labels);
}

double RankedColumn::Auroc() const {
  int64_t twice_concordant = 0;
  for (const Positive& positive : positives_) {
    twice_concordant +=
        2 * negatives() - positive.negatives_above - positive.negatives_through;
  }
  return DividedPairs(twice_concordant, positives(), negatives());
}

double RankedColumn::AveragePrecision() const {
  if (positives_.empty()) return 0.0;
  double sum = 0.0;
  for (const Positive& positive : positives_) {
    sum += Precision(positive.positives_through, positive.negatives_through);
  }
  return sum / static_cast<double>(positives());
}

double RankedColumn::Auroc(absl::Span<const int32_t> counts) const {
  Require(std::ssize(counts) == size(), "one count per example");
  const PrefixSums negatives =
      SumCounts(negatives_, counts, [](uint32_t index) { return index; });
  int64_t twice_concordant = 0;
  int64_t positives = 0;
  for (const Positive& positive : positives_) {
    const int64_t count = counts[positive.index];
    positives += count;
    twice_concordant +=
        count * (2 * negatives.total() - negatives[positive.negatives_above] -
                 negatives[positive.negatives_through]);
  }
  return DividedPairs(twice_concordant, positives, negatives.total());
}

double RankedColumn::AveragePrecision(absl::Span<const int32_t> counts) const {
  Require(std::ssize(counts) == size(), "one count per example");
  const PrefixSums negatives =
      SumCounts(negatives_, counts, [](uint32_t index) { return index; });
  const PrefixSums positives =
      SumCounts(positives_, counts, [](const Positive& p) { return p.index; });
  if (positives.total() == 0) return 0.0;
  double sum = 0.0;
  for (const Positive& positive : positives_) {
    sum += counts[positive.index] *
           Precision(positives[positive.positives_through],
                     negatives[positive.negatives_through]);
  }
  return sum / static_cast<double>(positives.total());
}

}  // namespace cxr::metrics
