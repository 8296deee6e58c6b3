// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/normalization.h"

#include <gtest/gtest.h>

namespace cxr {
namespace {

// A gray level of 0.5 in the green channel, worked out by hand.
float Middle(spec::Normalization normalization) {
  const ChannelStatistics statistics = StatisticsOf(normalization);
  return (0.5f - statistics.mean[1]) / statistics.std[1];
}

TEST(NormalizationTest, MiddleGrayIsWhereItShouldBe) {
  EXPECT_FLOAT_EQ(Middle(spec::NO_NORMALIZATION), 0.5f);
  EXPECT_NEAR(Middle(spec::IMAGENET), 0.196429f, 1e-6);
  EXPECT_NEAR(Middle(spec::CLIP), 0.161393f, 1e-6);
  EXPECT_NEAR(Middle(spec::CHEXZERO), 0.311927f, 1e-6);
  EXPECT_NEAR(Middle(spec::RAD_DINO), -0.118854f, 1e-6);
}

TEST(NormalizationTest, ChannelsDifferWhereTheirColoursDo) {
  const ChannelStatistics imagenet = StatisticsOf(spec::IMAGENET);
  EXPECT_GT(imagenet.mean[0], imagenet.mean[1]);
  EXPECT_GT(imagenet.mean[1], imagenet.mean[2]);
  const ChannelStatistics chexzero = StatisticsOf(spec::CHEXZERO);
  EXPECT_EQ(chexzero.mean[0], chexzero.mean[2]);
  EXPECT_EQ(chexzero.std[0], chexzero.std[2]);
}

TEST(NormalizationDeathTest, AnUnresolvedSpecIsAProgrammersError) {
  EXPECT_DEATH(StatisticsOf(spec::NORMALIZATION_UNSPECIFIED),
               "unresolved spec: normalization 0");
}

}  // namespace
}  // namespace cxr
