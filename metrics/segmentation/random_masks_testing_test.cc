// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/segmentation/random_masks_testing.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::metrics {
namespace {

using ::testing::ElementsAre;

// The published first numbers of SplitMix64 from 1234567, modulo 1000.
TEST(RandomMasksTestingTest, DrawsAreThoseOfSplitMix64) {
  TestDraws draws(1234567);
  EXPECT_EQ(draws.Draw(1000), 6457827717110365317 % 1000);
  EXPECT_EQ(draws.Draw(1000), 3203168211198807973 % 1000);
}

// The goldens are worth little if they miss what is hard.
TEST(RandomMasksTestingTest, TheMasksHoldEveryHardCase) {
  int empty_truth = 0;
  int empty_predicted = 0;
  int full = 0;
  int equal = 0;
  int spaced = 0;
  int at_the_top = 0;
  for (uint64_t seed = 0; seed < 1100; ++seed) {
    const MaskPair pair = RandomMaskPair(seed);
    const auto pixels = pair.height * pair.width;
    const auto inside = std::count(pair.truth.begin(), pair.truth.end(), 1);
    empty_truth += inside == 0;
    full += inside == pixels;
    empty_predicted +=
        std::count(pair.predicted.begin(), pair.predicted.end(), 1) == 0;
    equal += pair.predicted == pair.truth;
    spaced += pair.spacing.down != 1.0;
    at_the_top +=
        std::count(pair.truth.begin(), pair.truth.begin() + pair.width, 1) > 0;
  }
  for (const int cases :
       {empty_truth, empty_predicted, full, equal, spaced, at_the_top}) {
    EXPECT_GT(cases, 30);
    EXPECT_LT(cases, 1100);
  }
}

TEST(RandomMasksTestingTest, TheImagesHoldFewAndManyClasses) {
  std::set<int> classes;
  bool tie = false;
  for (uint64_t seed = 0; seed < 50; ++seed) {
    const LabelledImages drawn = RandomLabelledImages(seed);
    classes.insert(drawn.classes);
    for (const LabelledImage& image : drawn.images) {
      const size_t pixels = image.truth.size();
      ASSERT_EQ(image.logits.size(), drawn.classes * pixels);
      for (size_t i = 0; i < pixels; ++i) {
        EXPECT_LT(image.truth[i], drawn.classes);
        tie |= image.logits[i] == image.logits[i + pixels];
      }
    }
  }
  EXPECT_THAT(classes, ElementsAre(2, 3, 4, 5));
  EXPECT_TRUE(tie);
}

TEST(RandomMasksTestingTest, AChestHasTwoLungsAndAHeart) {
  const auto labels = ChestLabels(100, 0);
  EXPECT_EQ(labels[50 * 100 + 70], 1);
  EXPECT_EQ(labels[50 * 100 + 30], 2);
  EXPECT_EQ(labels[62 * 100 + 55], 3) << "painted over the lung";
  EXPECT_EQ(labels[0], 0);
}

}  // namespace
}  // namespace cxr::metrics
