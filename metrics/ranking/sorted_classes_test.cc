// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/sorted_classes.h"

#include <algorithm>
#include <functional>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace cxr::metrics {
namespace {

template <typename Word>
struct Words {
  std::vector<Word> all;
  std::vector<uint8_t> labels;

  std::vector<Word> Sorted(uint8_t label) const {
    std::vector<Word> sorted;
    for (size_t i = 0; i < all.size(); ++i) {
      if (labels[i] == label) sorted.push_back(all[i]);
    }
    std::sort(sorted.begin(), sorted.end());
    return sorted;
  }
};

template <typename Word>
Words<Word> RandomWords(int size, int width, uint32_t seed) {
  std::mt19937_64 random(seed);
  Words<Word> words;
  for (int i = 0; i < size; ++i) {
    words.all.push_back(
        static_cast<Word>(width == 0 ? 0 : random() >> (64 - width)));
    words.labels.push_back(random() % 3 == 0);
  }
  return words;
}

template <typename Word>
std::vector<Word> Copy(absl::Span<const Word> words) {
  return {words.begin(), words.end()};
}

// Few and many words, so that every sort takes its turn.
const std::vector<int> kSizes = {1, 2, 100, 255, 300, 2000, 20000};

TEST(SortedClassesTest, SortsEitherClassByAllBits) {
  for (const int size : kSizes) {
    for (int width = 0; width <= 32; ++width) {
      const auto words = RandomWords<uint32_t>(size, width, size + width);
      const SortedClasses<uint32_t> sorted(
          words.labels, {.low = 0, .width = width},
          [&words](size_t i) { return words.all[i]; });
      EXPECT_EQ(Copy(sorted.negatives()), words.Sorted(0)) << size;
      EXPECT_EQ(Copy(sorted.positives()), words.Sorted(1)) << size;
    }
  }
}

TEST(SortedClassesTest, SortsByHighBitsThenByTheRest) {
  for (const int size : kSizes) {
    for (const int width : {33, 40, 57, 64}) {
      const auto words = RandomWords<uint64_t>(size, width, size + width);
      for (const int sorted_bits : {8, 20, 30, 33}) {
        const int low = width - sorted_bits;
        SortedClasses<uint64_t> sorted(
            words.labels, {.low = low, .width = sorted_bits},
            [&words](size_t i) { return words.all[i]; });
        const auto by_high_bits = [low](uint64_t a, uint64_t b) {
          return a >> low < b >> low;
        };
        EXPECT_TRUE(std::is_sorted(sorted.negatives().begin(),
                                   sorted.negatives().end(), by_high_bits));
        sorted.SortAgreeing(low, std::less<uint64_t>());
        EXPECT_EQ(Copy(sorted.negatives()), words.Sorted(0)) << size;
        EXPECT_EQ(Copy(sorted.positives()), words.Sorted(1)) << size;
      }
    }
  }
}

TEST(SortedClassesTest, OneClassLeavesTheOtherEmpty) {
  for (const size_t size : {3u, 3000u}) {
    for (const uint8_t label : {0, 1}) {
      const std::vector<uint8_t> labels(size, label);
      const SortedClasses<uint32_t> sorted(
          labels, {.low = 0, .width = 12},
          [size](size_t i) { return static_cast<uint32_t>(size - i); });
      EXPECT_EQ(sorted.negatives().size(), label == 0 ? size : 0);
      EXPECT_EQ(sorted.positives().size(), label == 1 ? size : 0);
    }
  }
}

}  // namespace
}  // namespace cxr::metrics
