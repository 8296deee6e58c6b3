// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/film_testing.h"

#include <gtest/gtest.h>

#include <vector>

namespace cxr::synth {
namespace {

TEST(FilmTestingTest, APlainRequestHasNoFindingAndWithAddsOne) {
  const FilmRequest plain = PlainRequest(64);
  const FilmRequest ill = With({Finding::kMass, 0.4, -1}, plain);
  for (int i = 0; i < kFindings; ++i) {
    EXPECT_EQ(plain.study.severity[FindingAt(i)], 0.0);
    EXPECT_EQ(ill.study.severity[FindingAt(i)],
              FindingAt(i) == Finding::kMass ? 0.4 : 0.0);
  }
  EXPECT_EQ(ill.study.side[Finding::kMass], -1);
}

TEST(FilmTestingTest, CorrelationIsOneOfEqualsAndMinusOneOfOpposites) {
  const std::vector<float> a = {1.0f, 2.0f, 4.0f};
  const std::vector<float> twice = {3.0f, 5.0f, 9.0f};
  const std::vector<float> opposite = {-1.0f, -2.0f, -4.0f};
  EXPECT_NEAR(Correlation(a, twice), 1.0, 1e-12);
  EXPECT_NEAR(Correlation(a, opposite), -1.0, 1e-12);
}

TEST(FilmTestingTest, MeasuresAPlane) {
  const Plane plane{
      .width = 2, .height = 2, .values = {0.0f, 1.0f, 2.0f, 5.0f}};
  EXPECT_EQ(MeanOf(plane), 2.0);
  EXPECT_EQ(LargestOf(plane), 5.0);
  EXPECT_EQ(ValueAt(plane, {.width = 2, .height = 2}, {0.75, 0.25}), 1.0);
}

}  // namespace
}  // namespace cxr::synth
