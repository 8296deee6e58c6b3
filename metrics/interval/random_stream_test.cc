// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// bootstrap_golden_test compares the draws of numpy, scipy and scikit-learn.

#include "metrics/interval/random_stream.h"

#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::metrics {
namespace {

using ::testing::ElementsAre;

constexpr RandomGenerator kGenerators[] = {
    RandomGenerator::kNumpyRandomState, RandomGenerator::kNumpyDefaultRng,
    RandomGenerator::kScikitLearnResample, RandomGenerator::kFast};

std::vector<int32_t> Resample(const ResamplingUnits& units,
                              RandomStream* stream) {
  std::vector<int32_t> counts(units.units(), 77);
  stream->Resample(units, absl::MakeSpan(counts));
  return counts;
}

TEST(RandomStreamTest, StrataKeepTheirSizes) {
  const auto units =
      ResamplingUnits::StratifiedExamples({0, 1, 1, 2, 1, 0, 1, 1});
  for (const RandomGenerator generator : kGenerators) {
    RandomStream stream(generator, 5, 0);
    for (int i = 0; i < 20; ++i) {
      const std::vector<int32_t> counts = Resample(*units, &stream);
      EXPECT_EQ(counts[0] + counts[1], 2);
      EXPECT_EQ(std::accumulate(counts.begin() + 2, counts.end() - 1, 0), 5);
      EXPECT_EQ(counts.back(), 1);
    }
  }
}

TEST(RandomStreamTest, IntegersAreThoseOfTheNamedGenerator) {
  EXPECT_EQ(
      RandomStream(RandomGenerator::kNumpyRandomState, 3, 0).RandInt(2461),
      1898u);
  EXPECT_EQ(
      RandomStream(RandomGenerator::kScikitLearnResample, 3, 0).RandInt(2461),
      1898u);
  EXPECT_EQ(
      RandomStream(RandomGenerator::kNumpyDefaultRng, 12345, 0).RandInt(2461),
      1720u);
  EXPECT_EQ(RandomStream(RandomGenerator::kFast, 3, 4).RandInt(2461),
            FastRandom(3, 4).RandInt(2461));
}

TEST(RandomStreamTest, OnlyFastHasStreams) {
  const auto units = ResamplingUnits::Examples(1000);
  for (const RandomGenerator generator : kGenerators) {
    RandomStream first(generator, 5, 0);
    RandomStream second(generator, 5, 1);
    EXPECT_EQ(Resample(*units, &first) != Resample(*units, &second),
              HasStreams(generator));
  }
}

// scikit-learn 1.6.1, with rng = numpy.random.RandomState(3), twice:
// numpy.bincount(sklearn.utils.resample(numpy.arange(9), random_state=rng,
//                stratify=[0, 0, 0, 1, 1, 1, 2, 2, 2]), minlength=9)
TEST(RandomStreamTest, ScikitLearnShufflesStratifiedResamples) {
  const auto units =
      ResamplingUnits::StratifiedExamples({0, 0, 0, 1, 1, 1, 2, 2, 2});
  RandomStream stream(RandomGenerator::kScikitLearnResample, 3, 0);
  EXPECT_THAT(Resample(*units, &stream),
              ElementsAre(1, 1, 1, 3, 0, 0, 0, 2, 1));
  EXPECT_THAT(Resample(*units, &stream),
              ElementsAre(1, 0, 2, 0, 1, 2, 1, 0, 2));
}

// The same with stratify=numpy.repeat(numpy.arange(49), 2): the shares of the
// strata, 2 / 98 * 98, all come out below 2 in floating point. The first counts
// of the second resample, then rng.randint(0, 1000).
TEST(RandomStreamTest, ScikitLearnBreaksTiesBetweenSharesAtRandom) {
  std::vector<int32_t> strata;
  for (int32_t i = 0; i < 98; ++i) strata.push_back(i / 2);
  const auto units = ResamplingUnits::StratifiedExamples(strata);
  RandomStream stream(RandomGenerator::kScikitLearnResample, 3, 0);
  Resample(*units, &stream);
  const std::vector<int32_t> counts = Resample(*units, &stream);
  EXPECT_THAT(std::vector<int32_t>(counts.begin(), counts.begin() + 10),
              ElementsAre(1, 1, 1, 1, 0, 2, 2, 0, 0, 2));
  EXPECT_EQ(stream.RandInt(1000), 846u);
}

TEST(RandomStreamTest, SeedsHaveTheRangeOfTheirGenerator) {
  constexpr uint64_t kMost = std::numeric_limits<uint64_t>::max();
  EXPECT_EQ(LargestSeed(RandomGenerator::kNumpyRandomState), 4294967295u);
  EXPECT_EQ(LargestSeed(RandomGenerator::kScikitLearnResample), 4294967295u);
  EXPECT_EQ(LargestSeed(RandomGenerator::kNumpyDefaultRng), kMost);
  EXPECT_EQ(LargestSeed(RandomGenerator::kFast), kMost);
}

TEST(RandomStreamDeathTest, BrokenContractsEndTheProgram) {
  EXPECT_DEATH(
      RandomStream(RandomGenerator::kNumpyRandomState, uint64_t{1} << 32, 0),
      "seed");
  const auto units = ResamplingUnits::Examples(2);
  RandomStream stream(RandomGenerator::kFast, 1, 0);
  std::vector<int32_t> counts(3);
  EXPECT_DEATH(stream.Resample(*units, absl::MakeSpan(counts)),
               "one count per unit");
}

}  // namespace
}  // namespace cxr::metrics
