// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/generator_kind.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using metrics::RandomGenerator;

TEST(GeneratorKindTest, EveryNameIsAGeneratorWithItsText) {
  const struct {
    absl::string_view name;
    RandomGenerator generator;
    absl::string_view text;
  } cases[] = {
      {"numpy_random_state", RandomGenerator::kNumpyRandomState,
       "numpy RandomState"},
      {"numpy_default_rng", RandomGenerator::kNumpyDefaultRng,
       "numpy default_rng"},
      {"scikit_learn_resample", RandomGenerator::kScikitLearnResample,
       "scikit-learn resample"},
      {"FAST", RandomGenerator::kFast, "fast generator of cxr"},
  };
  for (const auto& each : cases) {
    ASSERT_OK_AND_ASSIGN(const RandomGenerator found,
                         GeneratorCalled(each.name));
    EXPECT_EQ(found, each.generator);
    EXPECT_EQ(GeneratorText(found), each.text);
  }
}

TEST(GeneratorKindTest, OtherNamesAreRefusedWithTheNamesThereAre) {
  EXPECT_THAT(
      GeneratorCalled("mt19937"),
      StatusIs(absl::StatusCode::kInvalidArgument,
               "--generator: found 'mt19937', expected numpy_random_state, "
               "numpy_default_rng, scikit_learn_resample or fast"));
}

}  // namespace
}  // namespace cxr
