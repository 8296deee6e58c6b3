// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/resampling_units.h"

#include <cstdint>
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
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;

using Units = absl::StatusOr<ResamplingUnits>;

// The count of each example if unit u was drawn 10 + u times.
std::vector<int32_t> Expand(const ResamplingUnits& units) {
  std::vector<int32_t> unit_counts;
  for (int32_t u = 0; u < units.units(); ++u) unit_counts.push_back(10 + u);
  std::vector<int32_t> memory(units.units_are_examples() ? 0
                                                         : units.examples());
  const auto counts = units.CountExamples(unit_counts, absl::MakeSpan(memory));
  return {counts.begin(), counts.end()};
}

void ExpectInvalid(const Units& units, const std::string& text) {
  EXPECT_EQ(units.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(units.status().message()), HasSubstr(text));
}

TEST(ResamplingUnitsTest, ExamplesAreTheirOwnUnits) {
  const Units units = ResamplingUnits::Examples(3);
  ASSERT_TRUE(units.ok()) << units.status();
  EXPECT_EQ(units->units(), 3);
  EXPECT_TRUE(units->units_are_examples());
  EXPECT_THAT(units->stratum_sizes(), ElementsAre(3));
  EXPECT_THAT(Expand(*units), ElementsAre(10, 11, 12));
}

TEST(ResamplingUnitsTest, ClustersRepeatAllTheirExamples) {
  const Units units = ResamplingUnits::Clusters({2, 0, 1, 0, 2, 2});
  ASSERT_TRUE(units.ok()) << units.status();
  EXPECT_EQ(units->units(), 3);
  EXPECT_EQ(units->examples(), 6);
  EXPECT_THAT(units->stratum_sizes(), ElementsAre(3));
  EXPECT_THAT(Expand(*units), ElementsAre(12, 10, 11, 10, 12, 12));
}

TEST(ResamplingUnitsTest, ClustersOfOneInOrderNeedNoCopy) {
  const Units units = ResamplingUnits::Clusters({0, 1, 2});
  ASSERT_TRUE(units.ok()) << units.status();
  EXPECT_TRUE(units->units_are_examples());
}

TEST(ResamplingUnitsTest, StrataKeepTheOrderOfTheirExamples) {
  const Units units = ResamplingUnits::StratifiedExamples({1, 0, 1, 2, 0});
  ASSERT_TRUE(units.ok()) << units.status();
  EXPECT_THAT(units->stratum_sizes(), ElementsAre(2, 2, 1));
  EXPECT_THAT(Expand(*units), ElementsAre(12, 10, 13, 14, 11));
}

TEST(ResamplingUnitsTest, StratifiedClustersAreOrderedByStratum) {
  // Clusters 0, 1, 2 in strata 1, 0, 1.
  const Units units =
      ResamplingUnits::StratifiedClusters({0, 1, 2, 0, 1}, {1, 0, 1, 1, 0});
  ASSERT_TRUE(units.ok()) << units.status();
  EXPECT_THAT(units->stratum_sizes(), ElementsAre(1, 2));
  EXPECT_THAT(Expand(*units), ElementsAre(11, 10, 12, 11, 10));
}

TEST(ResamplingUnitsTest, OneStratumChangesNothing) {
  const std::vector<int32_t> clusters = {2, 0, 1, 0, 2};
  const Units units =
      ResamplingUnits::StratifiedClusters(clusters, {0, 0, 0, 0, 0});
  ASSERT_TRUE(units.ok()) << units.status();
  EXPECT_THAT(units->stratum_sizes(), ElementsAre(3));
  EXPECT_THAT(Expand(*units),
              ElementsAreArray(Expand(*ResamplingUnits::Clusters(clusters))));
}

TEST(ResamplingUnitsTest, BadInputIsNamed) {
  ExpectInvalid(ResamplingUnits::Examples(0), "examples: no example");
  ExpectInvalid(ResamplingUnits::Examples(-1), "examples: -1");
  ExpectInvalid(ResamplingUnits::Examples(int64_t{1} << 31),
                "examples: 2147483648");
  ExpectInvalid(ResamplingUnits::Clusters({}), "cluster_of_example: no");
  ExpectInvalid(ResamplingUnits::Clusters({0, -1}),
                "cluster_of_example[1]: -1");
  ExpectInvalid(ResamplingUnits::Clusters({0, 2}), "cluster_of_example[1]: 2");
  ExpectInvalid(ResamplingUnits::Clusters({0, 2, 2}),
                "cluster 1 of 3 has no example");
  ExpectInvalid(ResamplingUnits::StratifiedExamples({1, 1}),
                "stratum 0 of 2 has no example");
  ExpectInvalid(ResamplingUnits::StratifiedClusters({0}, {0, 0}),
                "1 clusters, 2 strata");
  ExpectInvalid(ResamplingUnits::StratifiedClusters({0, 1}, {0, 7}),
                "stratum_of_example[1]: 7");
}

TEST(ResamplingUnitsTest, AClusterInTwoStrataIsRefused) {
  ExpectInvalid(ResamplingUnits::StratifiedClusters({0, 1, 0}, {0, 1, 1}),
                "stratum_of_example[2]: 1, expected stratum 0 as in the other "
                "examples of cluster 0");
}

TEST(ResamplingUnitsDeathTest, SizesMustFit) {
  const Units units = ResamplingUnits::Clusters({0, 1, 0});
  std::vector<int32_t> memory(2);
  EXPECT_DEATH(units->CountExamples({1}, absl::MakeSpan(memory)),
               "one count per unit");
  EXPECT_DEATH(units->CountExamples({1, 1}, absl::MakeSpan(memory)),
               "memory for a count");
}

}  // namespace
}  // namespace cxr::metrics
