// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/auroc.h"

#include <cstddef>
#include <functional>
#include <limits>
#include <vector>

#include "metrics/ranking/score_keys.h"
#include "metrics/ranking/score_levels.h"
#include "metrics/ranking/sorted_keys.h"

namespace cxr::metrics {
namespace {

// One step of counting, for each of `positives` in turn, the `negatives` below
// it. Written without a branch: which of the two is smaller is a coin toss.
template <typename Word, typename Below>
class PairCounter {
 public:
  PairCounter(absl::Span<const Word> negatives,
              absl::Span<const Word> positives)
      : negatives_(negatives), positives_(positives) {}

  bool done() const {
    return negative_ == negatives_.size() || positive_ == positives_.size();
  }

  void Step() {
    const bool below = Below()(negatives_[negative_], positives_[positive_]);
    pairs_ += below ? 0 : static_cast<int64_t>(negative_);
    negative_ += below;
    positive_ += !below;
  }

  // All positives left are above all negatives once these are used up.
  int64_t Finish() const {
    return pairs_ +
           static_cast<int64_t>((positives_.size() - positive_) * negative_);
  }

 private:
  absl::Span<const Word> negatives_;
  absl::Span<const Word> positives_;
  size_t negative_ = 0;
  size_t positive_ = 0;
  int64_t pairs_ = 0;
};

// Positives above negatives, plus those at least as high.
template <typename Word>
int64_t TwiceConcordant(absl::Span<const Word> negatives,
                        absl::Span<const Word> positives) {
  PairCounter<Word, std::less<Word>> above(negatives, positives);
  PairCounter<Word, std::less_equal<Word>> through(negatives, positives);
  // Each waits for its own loads; together they take hardly longer than one.
  while (!above.done() && !through.done()) {
    above.Step();
    through.Step();
  }
  while (!above.done()) above.Step();
  while (!through.done()) through.Step();
  return above.Finish() + through.Finish();
}

double DividedPairs(int64_t twice_concordant, int64_t positives,
                    int64_t negatives) {
  if (positives == 0 || negatives == 0) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return static_cast<double>(twice_concordant) /
         (2.0 * static_cast<double>(positives * negatives));
}

template <typename Word>
double AurocOfKeys(absl::Span<const Word> negatives,
                   absl::Span<const Word> positives) {
  return DividedPairs(TwiceConcordant(negatives, positives),
                      std::ssize(positives), std::ssize(negatives));
}

template <typename Word>
double AurocOfLevels(const std::vector<ScoreLevel<Word>>& levels) {
  int64_t twice_concordant = 0;
  int64_t positives = 0;
  int64_t negatives = 0;
  for (const ScoreLevel<Word>& level : levels) {
    twice_concordant += level.positives() * (2 * negatives + level.negatives());
    positives += level.positives();
    negatives += level.negatives();
  }
  return DividedPairs(twice_concordant, positives, negatives);
}

// Precision at each distinct score of a positive, from the highest down, times
// the positives that have it. Scores of negatives only add nothing.
template <typename Word>
double AveragePrecisionOfKeys(absl::Span<const Word> negatives,
                              absl::Span<const Word> positives) {
  if (positives.empty()) return 0.0;
  double sum = 0.0;
  size_t negatives_below = negatives.size();
  for (size_t end = positives.size(), begin = end; end > 0; end = begin) {
    const Word key = positives[end - 1];
    while (begin > 0 && positives[begin - 1] == key) --begin;
    while (negatives_below > 0 && negatives[negatives_below - 1] >= key) {
      --negatives_below;
    }
    const auto hits = static_cast<double>(positives.size() - begin);
    const auto misses = static_cast<double>(negatives.size() - negatives_below);
    sum += static_cast<double>(end - begin) * (hits / (hits + misses));
  }
  return sum / static_cast<double>(positives.size());
}

// The same sum, of levels from the highest down.
template <typename Word>
double AveragePrecisionOfLevels(const std::vector<ScoreLevel<Word>>& levels) {
  double sum = 0.0;
  int64_t positives = 0;
  int64_t negatives = 0;
  for (size_t i = levels.size(); i-- > 0;) {
    positives += levels[i].positives();
    negatives += levels[i].negatives();
    const auto hits = static_cast<double>(positives);
    const auto misses = static_cast<double>(negatives);
    sum +=
        static_cast<double>(levels[i].positives()) * (hits / (hits + misses));
  }
  return positives == 0 ? 0.0 : sum / static_cast<double>(positives);
}

template <typename Score>
absl::StatusOr<double> AurocOf(absl::Span<const Score> scores,
                               absl::Span<const uint8_t> labels) {
  const auto range = CheckedKeyRange(scores, labels);
  if (!range.ok()) return range.status();
  if (const auto levels = CountLevels(scores, labels)) {
    return AurocOfLevels(*levels);
  }
  return WithSortedKeys(scores, labels, *range,
                        [](auto negatives, auto positives) {
                          return AurocOfKeys(negatives, positives);
                        });
}

template <typename Score>
absl::StatusOr<double> AveragePrecisionOf(absl::Span<const Score> scores,
                                          absl::Span<const uint8_t> labels) {
  const auto range = CheckedKeyRange(scores, labels);
  if (!range.ok()) return range.status();
  if (const auto levels = CountLevels(scores, labels)) {
    return AveragePrecisionOfLevels(*levels);
  }
  return WithSortedKeys(scores, labels, *range,
                        [](auto negatives, auto positives) {
                          return AveragePrecisionOfKeys(negatives, positives);
                        });
}

}  // namespace

absl::StatusOr<double> Auroc(absl::Span<const float> scores,
                             absl::Span<const uint8_t> labels) {
  return AurocOf(scores, labels);
}

absl::StatusOr<double> Auroc(absl::Span<const double> scores,
                             absl::Span<const uint8_t> labels) {
  return AurocOf(scores, labels);
}

absl::StatusOr<double> AveragePrecision(absl::Span<const float> scores,
                                        absl::Span<const uint8_t> labels) {
  return AveragePrecisionOf(scores, labels);
}

absl::StatusOr<double> AveragePrecision(absl::Span<const double> scores,
                                        absl::Span<const uint8_t> labels) {
  return AveragePrecisionOf(scores, labels);
}

}  // namespace cxr::metrics
