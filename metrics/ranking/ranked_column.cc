// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/ranked_column.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "metrics/require.h"

namespace cxr::metrics {
namespace {

struct Scored {
  double score;
  uint32_t index;
};

absl::Status CheckInput(absl::Span<const double> scores,
                        absl::Span<const uint8_t> labels) {
  if (scores.size() != labels.size()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "scores and labels differ in size: ", scores.size(), " scores, ",
        labels.size(), " labels, expected one of each per example"));
  }
  if (scores.empty() || scores.size() > std::numeric_limits<int32_t>::max()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "scores: ", scores.size(), " examples, expected 1 to 2147483647"));
  }
  for (size_t i = 0; i < scores.size(); ++i) {
    if (!std::isfinite(scores[i])) {
      return absl::InvalidArgumentError(absl::StrCat(
          "scores[", i, "]: ", scores[i], ", expected a finite number"));
    }
    if (labels[i] > 1) {
      return absl::InvalidArgumentError(absl::StrCat(
          "labels[", i, "]: ", int{labels[i]}, ", expected 0 or 1"));
    }
  }
  return absl::OkStatus();
}

// The examples with the given label, by falling score.
std::vector<Scored> SortedByScore(absl::Span<const double> scores,
                                  absl::Span<const uint8_t> labels,
                                  uint8_t label) {
  std::vector<Scored> sorted;
  for (uint32_t i = 0; i < scores.size(); ++i) {
    if (labels[i] == label) sorted.push_back({scores[i], i});
  }
  std::sort(sorted.begin(), sorted.end(),
            [](const Scored& a, const Scored& b) { return a.score > b.score; });
  return sorted;
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

absl::StatusOr<RankedColumn> RankedColumn::Create(
    absl::Span<const double> scores, absl::Span<const uint8_t> labels) {
  const absl::Status valid = CheckInput(scores, labels);
  if (!valid.ok()) return valid;
  const std::vector<Scored> negatives = SortedByScore(scores, labels, 0);
  const std::vector<Scored> positives = SortedByScore(scores, labels, 1);

  RankedColumn column;
  column.negatives_.reserve(negatives.size());
  for (const Scored& negative : negatives) {
    column.negatives_.push_back(negative.index);
  }
  column.positives_.reserve(positives.size());
  uint32_t above = 0;
  uint32_t through = 0;
  for (uint32_t begin = 0, end = 0; begin < positives.size(); begin = end) {
    const double score = positives[begin].score;
    while (end < positives.size() && positives[end].score == score) ++end;
    while (above < negatives.size() && negatives[above].score > score) ++above;
    through = std::max(through, above);
    while (through < negatives.size() && negatives[through].score == score) {
      ++through;
    }
    for (uint32_t k = begin; k < end; ++k) {
      column.positives_.push_back({.index = positives[k].index,
                                   .negatives_above = above,
                                   .negatives_through = through,
                                   .positives_through = end});
    }
  }
  return column;
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
