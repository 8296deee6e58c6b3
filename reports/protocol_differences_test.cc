// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/protocol_differences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cxr::reports {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

ResolvedExperiment Named(const std::string& name, int width, int depth) {
  ResolvedExperiment experiment = {.name = name};
  experiment.spec.set_description("not of its identity");
  experiment.spec.mutable_backbone()->set_width(width);
  if (depth > 0) experiment.spec.mutable_backbone()->set_depth(depth);
  return experiment;
}

TEST(ProtocolDifferencesTest, EqualExperimentsDifferInNothing) {
  EXPECT_THAT(DifferencesBetween({Named("a", 1, 2)}, {Named("a", 1, 2)}),
              IsEmpty());
}

TEST(ProtocolDifferencesTest, EqualDifferencesAreOneWithAllItsPlaces) {
  const std::vector<spec::ProtocolDifference> differences = DifferencesBetween(
      {Named("a", 1, 2), Named("b", 1, 2), Named("c", 1, 2)},
      {Named("a", 3, 2), Named("b", 3, 2), Named("c", 4, 0)});
  ASSERT_EQ(differences.size(), 3u);
  EXPECT_EQ(differences[0].field(), "backbone.depth");
  EXPECT_EQ(differences[0].first(), "2");
  EXPECT_EQ(differences[0].second(), "-");
  EXPECT_THAT(differences[0].experiments(), ElementsAre("c"));
  EXPECT_EQ(differences[1].field(), "backbone.width");
  EXPECT_EQ(differences[1].second(), "3");
  EXPECT_THAT(differences[1].experiments(), ElementsAre("a", "b"));
  EXPECT_EQ(differences[2].second(), "4");
}

TEST(ProtocolDifferencesTest, AnExperimentOfOneSideIsWhollyDifferent) {
  const auto differences = DifferencesBetween({Named("a", 1, 0)}, {});
  ASSERT_EQ(differences.size(), 1u);
  EXPECT_EQ(differences[0].second(), "-");
}

}  // namespace
}  // namespace cxr::reports
