// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/score_levels.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace cxr::metrics {
namespace {

template <typename Score>
struct Examples {
  std::vector<Score> scores;
  std::vector<uint8_t> labels;
};

// Example i has the score score_of(k), k being random and below `levels`.
template <typename Score, typename ScoreOf>
Examples<Score> Draw(int size, int levels, ScoreOf score_of) {
  std::mt19937 random(size + levels);
  Examples<Score> examples;
  for (int i = 0; i < size; ++i) {
    examples.scores.push_back(score_of(static_cast<int>(random() % levels)));
    examples.labels.push_back(random() % 3 == 0);
  }
  return examples;
}

template <typename Score>
void ExpectCounted(const Examples<Score>& examples) {
  std::map<Score, std::array<int64_t, 2>> expected;
  for (size_t i = 0; i < examples.scores.size(); ++i) {
    ++expected[examples.scores[i]][examples.labels[i]];
  }
  const auto levels =
      CountLevels(absl::MakeConstSpan(examples.scores), examples.labels);
  ASSERT_TRUE(levels.has_value());
  ASSERT_EQ(levels->size(), expected.size());
  size_t k = 0;
  for (const auto& [score, counts] : expected) {
    const auto& level = (*levels)[k++];
    EXPECT_EQ(ScoreOfKey(level.key), score);
    EXPECT_EQ(level.negatives(), counts[0]) << score;
    EXPECT_EQ(level.positives(), counts[1]) << score;
  }
}

template <typename Score>
bool AreCounted(const Examples<Score>& examples) {
  return CountLevels(absl::MakeConstSpan(examples.scores), examples.labels)
      .has_value();
}

template <typename Score>
void ExpectCountedAtManySizes() {
  const auto thousandths = [](int k) {
    return static_cast<Score>(k - 50) / 1000;
  };
  const auto powers = [](int k) { return std::ldexp(Score{1}, k - 60); };
  for (const int size : {100, 3000, 100000}) {
    for (const int levels : {1, 2, size / 32}) {
      ExpectCounted(Draw<Score>(size, levels, thousandths));
    }
  }
  ExpectCounted(Draw<Score>(5000, 120, powers));
}

TEST(CountLevelsTest, CountsEitherLabelOfEachScore) {
  ExpectCountedAtManySizes<float>();
  ExpectCountedAtManySizes<double>();
}

TEST(CountLevelsTest, NegativeZeroIsZero) {
  Examples<double> examples =
      Draw<double>(64, 2, [](int k) { return k == 0 ? 0.0 : -0.0; });
  ExpectCounted(examples);
}

TEST(CountLevelsTest, ManyLevelsAreLeftToSorting) {
  const auto whole = [](int k) { return static_cast<double>(k); };
  EXPECT_TRUE(AreCounted(Draw<double>(1000000, 16000, whole)));
  EXPECT_FALSE(AreCounted(Draw<double>(1000000, 17000, whole)));
  EXPECT_TRUE(AreCounted(Draw<double>(1024, 60, whole)));
  EXPECT_FALSE(AreCounted(Draw<double>(1024, 200, whole)));
  EXPECT_FALSE(AreCounted(Draw<double>(7, 1, whole)));
}

// The keys times the multiplier are small numbers, so that all begin their
// search at the first place.
TEST(CountLevelsTest, CrowdedLevelsAreLeftToSorting) {
  uint64_t inverse = 1;  // of the multiplier, by Newton's iteration
  for (int i = 0; i < 6; ++i) inverse *= 2 - 0x9E3779B97F4A7C15u * inverse;
  std::vector<double> crowded;
  for (uint64_t product = 1; crowded.size() < 4000; ++product) {
    const double score = ScoreOfKey(product * inverse);
    if (std::isfinite(score)) crowded.push_back(score);
  }
  EXPECT_FALSE(AreCounted(
      Draw<double>(100000, 4000, [&crowded](int k) { return crowded[k]; })));
  ExpectCounted(
      Draw<double>(100000, 3, [&crowded](int k) { return crowded[k]; }));
}

}  // namespace
}  // namespace cxr::metrics
