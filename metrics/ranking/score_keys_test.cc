// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/score_keys.h"

#include <cmath>
#include <limits>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::metrics {
namespace {

using ::testing::HasSubstr;

template <typename Score>
std::vector<Score> RisingScores() {
  using Limits = std::numeric_limits<Score>;
  return {Limits::lowest(),      Score{-2}, -Limits::min(),
          -Limits::denorm_min(), Score{0},  Limits::denorm_min(),
          Limits::min(),         Score{1},  std::nextafter(Score{1}, Score{2}),
          Limits::max()};
}

template <typename Score>
void ExpectOrder() {
  const std::vector<Score> rising = RisingScores<Score>();
  for (size_t i = 0; i + 1 < rising.size(); ++i) {
    EXPECT_LT(OrderedKey(rising[i]), OrderedKey(rising[i + 1])) << rising[i];
  }
  for (const Score score : rising) {
    EXPECT_EQ(ScoreOfKey(OrderedKey(score)), score);
  }
  EXPECT_EQ(OrderedKey(Score{-0.0}), OrderedKey(Score{0.0}));
}

TEST(OrderedKeyTest, KeepsTheOrderOfScoresAndGivesThemBack) {
  ExpectOrder<float>();
  ExpectOrder<double>();
}

template <typename Score>
void ExpectShortKeysInOrder(const std::vector<Score>& rising) {
  const std::vector<uint8_t> labels(rising.size(), 1);
  const auto range = CheckedKeyRange(absl::MakeConstSpan(rising), labels);
  ASSERT_TRUE(range.ok()) << range.status();
  for (size_t i = 0; i < rising.size(); ++i) {
    const auto key = range->Shorten(OrderedKey(rising[i]));
    EXPECT_EQ(ScoreOfKey(range->Lengthen(key)), rising[i]);
    if (range->width < 64) {
      EXPECT_EQ(uint64_t{key} >> range->width, 0u);
    }
    if (i > 0) {
      EXPECT_LT(range->Shorten(OrderedKey(rising[i - 1])), key);
    }
  }
}

TEST(KeyRangeTest, ShortKeysKeepTheOrder) {
  ExpectShortKeysInOrder(RisingScores<float>());
  ExpectShortKeysInOrder(RisingScores<double>());
  ExpectShortKeysInOrder<double>({0.1, 0.2, 0.3});
  ExpectShortKeysInOrder<float>({3.0f});
}

TEST(KeyRangeTest, WidenedFloatsAreAsShortAsFloats) {
  const std::vector<double> scores = {0.1f, 0.25f, 0.9f};
  const auto range = CheckedKeyRange(absl::MakeConstSpan(scores), {0, 1, 0});
  ASSERT_TRUE(range.ok()) << range.status();
  EXPECT_LE(range->width, 32);
}

TEST(KeyRangeTest, BadInputNamesTheIndex) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  const auto text = [](const std::vector<float>& scores,
                       const std::vector<uint8_t>& labels) {
    return std::string(CheckedKeyRange(absl::MakeConstSpan(scores), labels)
                           .status()
                           .message());
  };
  EXPECT_THAT(text({}, {}), HasSubstr("0 examples"));
  EXPECT_THAT(text({1, 2}, {1}), HasSubstr("2 scores, 1 labels"));
  EXPECT_THAT(text({1, nan}, {0, 1}), HasSubstr("scores[1]: nan"));
  EXPECT_THAT(text({1, -nan}, {0, 1}), HasSubstr("scores[1]: "));
  EXPECT_THAT(text({-infinity, 1}, {0, 1}), HasSubstr("scores[0]: -inf"));
  EXPECT_THAT(text({1, infinity}, {0, 1}), HasSubstr("scores[1]: inf"));
  EXPECT_THAT(text({1, 2, 3}, {0, 1, 2}), HasSubstr("labels[2]: 2"));
}

}  // namespace
}  // namespace cxr::metrics
