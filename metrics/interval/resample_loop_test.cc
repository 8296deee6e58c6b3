// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/resample_loop.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::metrics {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Replicates = absl::StatusOr<BootstrapReplicates>;
using Counts = absl::Span<const int32_t>;
using Values = absl::Span<double>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr RandomGenerator kGenerators[] = {
    RandomGenerator::kNumpyRandomState, RandomGenerator::kNumpyDefaultRng,
    RandomGenerator::kScikitLearnResample, RandomGenerator::kFast};

// Draws one number of 0..9 for each resample; those above `largest` are
// undefined.
Replicates DrawDigits(const BootstrapOptions& options, int32_t largest) {
  return RunResampleLoop(
      options, {.draws = 1, .memory = 1, .values = 2},
      [](RandomStream& stream, absl::Span<int32_t> draws) {
        draws[0] = static_cast<int32_t>(stream.RandInt(10));
      },
      [&](Counts draws, absl::Span<int32_t> memory, Values values) {
        memory[0] = draws[0] + 100;
        values[0] = draws[0] > largest ? kNan : draws[0];
        values[1] = memory[0];
      });
}

void ExpectStatus(const absl::Status& status, absl::StatusCode code,
                  const std::string& text) {
  EXPECT_EQ(status.code(), code);
  EXPECT_THAT(std::string(status.message()), HasSubstr(text));
}

// numpy.random.RandomState(3).randint(0, 10, 6)
TEST(ResampleLoopTest, KeepsTheOrderOfTheGenerator) {
  const Replicates replicates =
      DrawDigits({.resamples = 6, .confidence = 0.9, .seed = 3}, 9);
  ASSERT_TRUE(replicates.ok()) << replicates.status();
  EXPECT_THAT(replicates->values,
              ElementsAre(8, 108, 9, 109, 3, 103, 8, 108, 8, 108, 0, 100));
  EXPECT_EQ(replicates->statistics, 2);
  EXPECT_EQ(replicates->resamples, 6);
  EXPECT_EQ(replicates->at(1, 1), 109);
  EXPECT_THAT(replicates->Sorted(0), ElementsAre(0, 3, 8, 8, 8, 9));
}

TEST(ResampleLoopTest, ThreadsChangeNothing) {
  for (const RandomGenerator generator : kGenerators) {
    for (const UndefinedResample rule :
         {UndefinedResample::kRedraw, UndefinedResample::kSkip}) {
      BootstrapOptions options = {.resamples = 500,
                                  .confidence = 0.9,
                                  .seed = 3,
                                  .generator = generator,
                                  .undefined = rule};
      const Replicates one = DrawDigits(options, 4);
      ASSERT_TRUE(one.ok()) << one.status();
      for (const int threads : {2, 3, 16}) {
        options.threads = threads;
        const Replicates several = DrawDigits(options, 4);
        ASSERT_TRUE(several.ok()) << several.status();
        EXPECT_EQ(several->redraws, one->redraws);
        EXPECT_EQ(several->Sorted(0), one->Sorted(0));
        for (int64_t b = 0; b < 500; ++b) {
          ASSERT_EQ(several->at(b, 1), one->at(b, 1));
        }
      }
    }
  }
}

TEST(ResampleLoopTest, RedrawDropsWholeResamples) {
  const Replicates replicates =
      DrawDigits({.resamples = 3, .confidence = 0.9, .seed = 3}, 8);
  ASSERT_TRUE(replicates.ok()) << replicates.status();
  EXPECT_THAT(replicates->values, ElementsAre(8, 108, 3, 103, 8, 108));
  EXPECT_EQ(replicates->redraws, 1);
}

TEST(ResampleLoopTest, SkipLeavesOnlyTheUndefinedValueOut) {
  const Replicates replicates =
      DrawDigits({.resamples = 3,
                  .confidence = 0.9,
                  .seed = 3,
                  .undefined = UndefinedResample::kSkip},
                 8);
  ASSERT_TRUE(replicates.ok()) << replicates.status();
  EXPECT_EQ(replicates->resamples, 3);
  EXPECT_EQ(replicates->redraws, 0);
  EXPECT_THAT(replicates->Sorted(0), ElementsAre(3, 8));
  EXPECT_THAT(replicates->Sorted(1), ElementsAre(103, 108, 109));
}

TEST(ResampleLoopTest, RefuseNamesTheFirstUndefinedValue) {
  for (const int threads : {1, 4}) {
    ExpectStatus(DrawDigits({.resamples = 50,
                             .confidence = 0.9,
                             .seed = 3,
                             .undefined = UndefinedResample::kRefuse,
                             .threads = threads},
                            8)
                     .status(),
                 absl::StatusCode::kFailedPrecondition,
                 "statistic 0 is undefined on resample 1,");
  }
}

TEST(ResampleLoopTest, GivesUpWhenNothingIsDefined) {
  for (const RandomGenerator generator : kGenerators) {
    for (const int threads : {1, 2}) {
      ExpectStatus(DrawDigits({.resamples = 4,
                               .confidence = 0.9,
                               .seed = 3,
                               .generator = generator,
                               .threads = threads},
                              -1)
                       .status(),
                   absl::StatusCode::kFailedPrecondition,
                   "undefined on 401 resamples and defined on 0 of the 4");
    }
  }
}

TEST(ResampleLoopTest, OptionsOutsideTheirRangeAreNamed) {
  const BootstrapOptions good = {.resamples = 1, .confidence = 0.5};
  EXPECT_TRUE(CheckBootstrapOptions(good).ok());
  const auto expect_invalid = [](const BootstrapOptions& options,
                                 const std::string& text) {
    ExpectStatus(CheckBootstrapOptions(options),
                 absl::StatusCode::kInvalidArgument, text);
    EXPECT_FALSE(DrawDigits(options, 9).ok());
  };
  expect_invalid({.resamples = 0, .confidence = 0.5}, "resamples: 0");
  expect_invalid({.resamples = 1, .confidence = 1.0}, "confidence: 1");
  expect_invalid({.resamples = 1, .confidence = 0.0}, "confidence: 0");
  expect_invalid({.resamples = 1, .confidence = kNan}, "confidence: nan");
  expect_invalid({.resamples = 1, .confidence = 0.5, .seed = uint64_t{1} << 32},
                 "seed: 4294967296");
  expect_invalid({.resamples = 1, .confidence = 0.5, .threads = 0},
                 "threads: 0");
}

}  // namespace
}  // namespace cxr::metrics
