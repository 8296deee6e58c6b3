// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/segmentation/overlap_counts.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metrics/segmentation/random_masks_testing.h"

namespace cxr::metrics {
namespace {

using ::testing::HasSubstr;

using Labels = std::vector<uint8_t>;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinite = std::numeric_limits<float>::infinity();

OverlapCounts CountOneByOne(const Labels& predicted, const Labels& truth,
                            int classes) {
  OverlapCounts counts(classes);
  for (size_t i = 0; i < truth.size(); ++i) {
    ++counts[predicted[i]].predicted;
    ++counts[truth[i]].truth;
    if (predicted[i] == truth[i]) ++counts[truth[i]].intersection;
  }
  return counts;
}

Labels ArgmaxOneByOne(const std::vector<float>& logits, size_t pixels) {
  Labels labels(pixels);
  for (size_t i = 0; i < logits.size(); ++i) {
    uint8_t& best = labels[i % pixels];
    if (logits[i] > logits[best * pixels + i % pixels]) {
      best = static_cast<uint8_t>(i / pixels);
    }
  }
  return labels;
}

Labels RandomLabels(int64_t size, int classes, TestDraws* draws) {
  Labels labels(size);
  for (uint8_t& label : labels) {
    label = static_cast<uint8_t>(draws->Draw(classes));
  }
  return labels;
}

void ExpectInvalid(const absl::Status& status, const std::string& text) {
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr(text));
}

// Sizes around a vector and a block of 4080 pixels, classes around the change
// to a table.
TEST(OverlapCountsTest, LabelsAreCountedAsOneByOne) {
  TestDraws draws(1);
  for (const int classes : {1, 2, 3, 4, 5, 11, 12, 13, 256}) {
    for (const int64_t size : {1, 15, 16, 17, 255, 4079, 4080, 4081, 9001}) {
      const Labels predicted = RandomLabels(size, classes, &draws);
      const Labels truth = RandomLabels(size, classes, &draws);
      const absl::StatusOr<OverlapCounts> counts =
          CountLabels(predicted, truth, classes);
      ASSERT_TRUE(counts.ok()) << counts.status();
      EXPECT_EQ(*counts, CountOneByOne(predicted, truth, classes))
          << classes << " classes, " << size << " pixels";
    }
  }
}

TEST(OverlapCountsTest, OneClassEverywhereDoesNotOverflowALane) {
  const Labels labels(100000, 3);
  EXPECT_EQ(CountLabels(labels, labels, 4)->back(),
            (ClassCounts{100000, 100000, 100000}));
}

// Logits of few levels tie in most pixels.
TEST(OverlapCountsTest, TheFirstOfEqualLogitsWins) {
  TestDraws draws(2);
  for (const int classes : {1, 2, 3, 4, 5, 6, 20}) {
    for (const int64_t size : {1, 15, 16, 17, 4080, 4095, 8200}) {
      std::vector<float> logits(classes * size);
      for (float& logit : logits) {
        logit = static_cast<float>(draws.Draw(3)) - 1.0f;
        if (draws.Draw(20) == 0) logit = kInfinite;
        if (draws.Draw(20) == 0) logit = -kInfinite;
        if (draws.Draw(20) == 0) logit = -0.0f;
      }
      const Labels truth = RandomLabels(size, classes, &draws);
      const absl::StatusOr<OverlapCounts> counts =
          CountLogits(logits, truth, classes);
      ASSERT_TRUE(counts.ok()) << counts.status();
      EXPECT_EQ(*counts,
                CountOneByOne(ArgmaxOneByOne(logits, size), truth, classes))
          << classes << " classes, " << size << " pixels";
    }
  }
}

TEST(OverlapCountsTest, LogitsOfTheWorkedExampleGiveItsCounts) {
  // Classes of six pixels: 0 1 1 0 2 2; truth 0 1 1 0 0 2.
  const std::vector<float> logits = {5, 0, 0, 5, 1, 1,   //
                                     0, 5, 5, 0, 2, -2,  //
                                     0, 0, 0, 0, 3, 3,   //
                                     0, 0, 0, 0, 3, 3};
  EXPECT_EQ(*CountLogits(logits, {0, 1, 1, 0, 0, 2}, 4),
            (OverlapCounts{{2, 2, 3}, {2, 2, 2}, {1, 2, 1}, {0, 0, 0}}));
}

TEST(OverlapCountsTest, AScoreOnTheThresholdIsBackground) {
  const Labels truth = {1, 1, 1, 0};
  EXPECT_EQ(*CountScores({-1.0f, 0.0f, 1e-30f, 2.0f}, truth,
                         MaskThreshold::kLogitAboveZero),
            (OverlapCounts{{0, 2, 1}, {1, 2, 3}}));
  EXPECT_EQ(*CountScores({0.0f, 0.5f, std::nextafter(0.5f, 1.0f), 1.0f}, truth,
                         MaskThreshold::kProbabilityAboveHalf),
            (OverlapCounts{{0, 2, 1}, {1, 2, 3}}));
}

TEST(OverlapCountsTest, ManyScoresAreCountedAsOneByOne) {
  TestDraws draws(3);
  const int64_t size = 9001;
  std::vector<float> scores(size);
  Labels predicted(size);
  for (int64_t i = 0; i < size; ++i) {
    scores[i] = static_cast<float>(draws.Draw(5)) / 4.0f;
    predicted[i] = scores[i] > 0.5f;
  }
  const Labels truth = RandomLabels(size, 2, &draws);
  EXPECT_EQ(*CountScores(scores, truth, MaskThreshold::kProbabilityAboveHalf),
            CountOneByOne(predicted, truth, 2));
}

TEST(OverlapCountsTest, BadLabelsAreNamed) {
  ExpectInvalid(CountLabels({}, {}, 2).status(), "no pixel");
  ExpectInvalid(CountLabels({0}, {0}, 0).status(), "classes: 0");
  ExpectInvalid(CountLabels({0}, {0}, 257).status(), "classes: 257");
  ExpectInvalid(CountLabels({0, 1}, {0}, 2).status(), "predicted: 2 pixels");
  for (const int classes : {4, 20}) {
    Labels good(5000, 1);
    Labels bad = good;
    bad[4500] = 77;
    ExpectInvalid(CountLabels(bad, good, classes).status(),
                  "predicted[4500]: 77");
    ExpectInvalid(CountLabels(good, bad, classes).status(), "truth[4500]: 77");
  }
  ExpectInvalid(CountLabels({255}, {0}, 2).status(), "expected 0 to 1");
}

TEST(OverlapCountsTest, BadLogitsAreNamed) {
  ExpectInvalid(CountLogits(std::vector<float>(7), {0, 0, 0, 0}, 2).status(),
                "logits: 7, expected 2 classes x 4 pixels");
  ExpectInvalid(CountLogits({0, 0, 0, 0}, {0, 2}, 2).status(), "truth[1]: 2");
  for (const int64_t pixel : {0, 5, 21, 4090, 4999}) {
    for (const int64_t label : {0, 1, 2}) {
      std::vector<float> logits(3 * 5000, 1.0f);
      logits[label * 5000 + pixel] = kNan;
      ExpectInvalid(CountLogits(logits, Labels(5000), 3).status(),
                    "class " + std::to_string(label) + " of pixel " +
                        std::to_string(pixel) + " is NaN");
    }
  }
}

TEST(OverlapCountsTest, BadScoresAreNamed) {
  const auto logit = MaskThreshold::kLogitAboveZero;
  const auto probability = MaskThreshold::kProbabilityAboveHalf;
  ExpectInvalid(CountScores({0, 0}, {0}, logit).status(), "scores: 2");
  ExpectInvalid(CountScores({0, kNan}, {0, 1}, logit).status(),
                "scores[1]: nan, expected a number");
  ExpectInvalid(CountScores({0, kNan}, {0, 1}, probability).status(),
                "scores[1]: nan, expected a probability");
  ExpectInvalid(CountScores({1.5f}, {0}, probability).status(),
                "scores[0]: 1.5");
  ExpectInvalid(CountScores({-0.5f}, {0}, probability).status(),
                "scores[0]: -0.5");
  ExpectInvalid(CountScores({0, 0}, {0, 2}, logit).status(), "truth[1]: 2");
}

}  // namespace
}  // namespace cxr::metrics
