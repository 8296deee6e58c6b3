// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_SORTED_CLASSES_H_
#define METRICS_RANKING_SORTED_CLASSES_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/types/span.h"

namespace cxr::metrics {

// The bits [low, low + width) of a word; width is at most 33.
struct SortedBits {
  int low;
  int width;
};

// Words of fewer than 2^32 examples, negatives and positives apart, each sorted
// by some bits, smallest first. No bit above these may be set. The order of
// words that agree in them is not told.
//
// Counts digits of up to 11 bits from the lowest on. The two classes share one
// block, negatives from the front and positives from the back, so that no
// branch depends on a label.
template <typename Word>
class SortedClasses {
 public:
  // Example i has the label 0 or 1 and the word word_of(i).
  template <typename WordOf>
  SortedClasses(absl::Span<const uint8_t> labels, SortedBits bits,
                WordOf word_of)
      : size_(labels.size()),
        words_(std::make_unique_for_overwrite<Word[]>(size_)),
        scratch_(std::make_unique_for_overwrite<Word[]>(size_)) {
    size_t back = size_;
    for (size_t i = 0; i < size_; ++i) {
      const Word word = word_of(i);
      words_[negatives_] = word;
      words_[back - 1] = word;
      negatives_ += labels[i] == 0;
      back -= labels[i] != 0;
    }
    negatives_begin_ = Sort(words_.get(), scratch_.get(), negatives_, bits);
    positives_begin_ =
        Sort(words_.get() + negatives_, scratch_.get() + negatives_,
             size_ - negatives_, bits);
  }

  // Finishes the order of words that agree in the bits from `low` on.
  template <typename Less>
  void SortAgreeing(int low, Less less) {
    SortAgreeing(negatives_begin_, negatives_, low, less);
    SortAgreeing(positives_begin_, size_ - negatives_, low, less);
  }

  absl::Span<const Word> negatives() const {
    return {negatives_begin_, negatives_};
  }
  absl::Span<const Word> positives() const {
    return {positives_begin_, size_ - negatives_};
  }

 private:
  static constexpr int kDigitBits = 11;
  // Clearing the counters takes as long as comparing so few.
  static constexpr size_t kSmall = 256;
  using Counts = std::array<uint32_t, size_t{1} << kDigitBits>;

  // Sorts `count` words with the help of as many others, and returns those of
  // the two that hold the result.
  static Word* Sort(Word* words, Word* scratch, size_t count, SortedBits bits) {
    if (count < kSmall) {
      std::sort(words, words + count);
      return words;
    }
    const int passes = (bits.width + kDigitBits - 1) / kDigitBits;
    if (passes <= 1) return Sort<1>(words, scratch, count, bits);
    if (passes == 2) return Sort<2>(words, scratch, count, bits);
    return Sort<3>(words, scratch, count, bits);
  }

  template <int kPasses>
  static Word* Sort(Word* words, Word* scratch, size_t count, SortedBits bits) {
    const int digit_bits = (bits.width + kPasses - 1) / kPasses;
    const Word mask = (Word{1} << digit_bits) - 1;
    std::array<Counts, kPasses> counts{};
    for (size_t k = 0; k < count; ++k) {
      const Word word = words[k] >> bits.low;
      for (int pass = 0; pass < kPasses; ++pass) {
        ++counts[pass][(word >> (pass * digit_bits)) & mask];
      }
    }
    for (int pass = 0; pass < kPasses; ++pass) {
      MakeStarts(&counts[pass]);
      // A copy of the pointer, which stores to the words cannot change.
      uint32_t* const starts = counts[pass].data();
      const int shift = bits.low + pass * digit_bits;
      for (size_t k = 0; k < count; ++k) {
        const Word word = words[k];
        scratch[starts[(word >> shift) & mask]++] = word;
      }
      std::swap(words, scratch);
    }
    return words;
  }

  // Turns counts into where the words of a digit begin.
  static void MakeStarts(Counts* counts) {
    uint32_t sum = 0;
    for (uint32_t& count : *counts) {
      const uint32_t start = sum;
      sum += count;
      count = start;
    }
  }

  template <typename Less>
  static void SortAgreeing(Word* begin, size_t count, int low, Less less) {
    Word* const end = begin + count;
    const auto agree = [low](Word a, Word b) { return (a ^ b) >> low == 0; };
    while ((begin = std::adjacent_find(begin, end, agree)) != end) {
      Word* const next = std::find_if(
          begin + 2, end,
          [&agree, first = *begin](Word word) { return !agree(first, word); });
      if (!std::is_sorted(begin, next, less)) std::sort(begin, next, less);
      begin = next;
    }
  }

  size_t size_;
  size_t negatives_ = 0;
  std::unique_ptr<Word[]> words_;
  std::unique_ptr<Word[]> scratch_;
  Word* negatives_begin_;  // in one of the two
  Word* positives_begin_;
};

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_SORTED_CLASSES_H_
