// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/plan_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "cxr/data/source/make_dataset.h"

namespace cxr::synth {
namespace {

TEST(PlanSourceTest, EverySourceButTheSamplesIsDrawn) {
  const std::vector<spec::Source> drawn = DrawnSources();
  for (int i = spec::Source_MIN; i <= spec::Source_MAX; ++i) {
    if (!spec::Source_IsValid(i) || i == spec::SOURCE_UNSPECIFIED) {
      continue;
    }
    const auto source = static_cast<spec::Source>(i);
    const bool is_drawn =
        std::find(drawn.begin(), drawn.end(), source) != drawn.end();
    EXPECT_EQ(is_drawn, !IsSample(source)) << SourceName(source);
  }
  EXPECT_FALSE(PlanSource(spec::NIH64, {}).has_value());
}

TEST(PlanSourceTest, PlansNameTheirSourceAndHaveNoFileTwice) {
  for (const spec::Source source : DrawnSources()) {
    const SynthOptions options = {
        .seed = 1, .patients = 4, .scale = 0.03, .defects = true};
    const std::optional<SourcePlan> plan = PlanSource(source, options);
    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(plan->truth.source(), SourceName(source));
    EXPECT_EQ(plan->truth.patients(), 4);
    EXPECT_GT(plan->truth.images_size(), 0);
    std::set<std::string> paths;
    for (const PlannedFile& file : plan->files) {
      EXPECT_TRUE(paths.insert(file.path).second) << file.path;
    }
  }
}

// What is drawn of one source says nothing of another.
TEST(PlanSourceTest, SourcesHavePeopleOfTheirOwn) {
  const SynthOptions options = {.seed = 1, .patients = 8, .scale = 0.03};
  const SourcePlan brax = *PlanSource(spec::BRAX, options);
  const SourcePlan nih = *PlanSource(spec::NIH_CXR8, options);
  int same = 0;
  const int images =
      std::min(brax.truth.images_size(), nih.truth.images_size());
  for (int i = 0; i < images; ++i) {
    const auto& a = brax.truth.images(i).landmarks();
    const auto& b = nih.truth.images(i).landmarks();
    same += a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin());
  }
  EXPECT_EQ(same, 0);
}

}  // namespace
}  // namespace cxr::synth
