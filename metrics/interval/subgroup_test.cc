// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/subgroup.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metrics/golden_csv.h"
#include "metrics/interval/golden_case_testing.h"

namespace cxr::metrics {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Counts = absl::Span<const int32_t>;
using Values = absl::Span<double>;
using Subgroups = absl::StatusOr<std::vector<SubgroupEstimate>>;

constexpr BootstrapOptions kOptions = {.resamples = 80,
                                       .confidence = 0.9,
                                       .seed = 1,
                                       .undefined = UndefinedResample::kSkip};

Subgroups MeansOfGroups(const std::vector<int32_t>& scores,
                        const Grouping& grouping,
                        const BootstrapOptions& options) {
  const auto units = ResamplingUnits::Examples(std::ssize(scores));
  const auto mean = [&](Counts counts, Values values) {
    values[0] = GoldenMean(scores, counts);
  };
  return SubgroupBootstrap(*units, options, grouping,
                           {.size = 1, .fill = mean});
}

void ExpectInterval(const BootstrapEstimate& estimate,
                    const std::vector<std::string>& row, size_t field) {
  const BootstrapInterval& interval = estimate.interval;
  EXPECT_EQ(interval.resamples, GoldenNumber(row[field]));
  if (interval.resamples == 0) {
    EXPECT_TRUE(std::isnan(interval.low));
    EXPECT_EQ(row[field + 1], "nan");
    return;
  }
  EXPECT_NEAR(interval.low, GoldenNumber(row[field + 1]), 1e-12);
  EXPECT_NEAR(interval.high, GoldenNumber(row[field + 2]), 1e-12);
}

// testdata/make_design_golden.py
TEST(SubgroupTest, AgreesWithALoopOverNumpyDraws) {
  const auto rows =
      ReadGoldenCsv("metrics/interval/testdata/subgroup_golden.csv");
  ASSERT_GE(rows.size(), 1000u);
  for (const std::vector<std::string>& row : rows) {
    SCOPED_TRACE("case " + row[0] + ", group " + row[1]);
    const int number = static_cast<int>(GoldenNumber(row[0]));
    const DesignCase examples = MakeDesignCase(number);
    const auto units = ResamplingUnits::Examples(std::ssize(examples.labels));
    const auto auroc = [&](Counts counts, Values values) {
      values[0] = GoldenAuroc(examples.labels, examples.scores[0], counts);
    };
    const Grouping grouping = {.groups = 3,
                               .group_of_example = examples.groups};
    BootstrapOptions options = kOptions;
    options.seed = number;
    const Subgroups subgroups = SubgroupBootstrap(*units, options, grouping,
                                                  {.size = 1, .fill = auroc});
    ASSERT_TRUE(subgroups.ok()) << subgroups.status();
    const auto group = static_cast<size_t>(GoldenNumber(row[1]));
    EXPECT_EQ((*subgroups)[group].examples, GoldenNumber(row[2]));
    const std::vector<uint8_t> labels(examples.labels.begin(),
                                      examples.labels.end());
    const auto positives = CountGroupPositives(grouping, labels);
    ASSERT_TRUE(positives.ok()) << positives.status();
    EXPECT_EQ((*positives)[group], GoldenNumber(row[3]));
    ExpectInterval((*subgroups)[group].group[0], row, 4);
    ExpectInterval((*subgroups)[group].rest[0], row, 7);
    ExpectInterval((*subgroups)[group].difference[0], row, 10);
  }
}

TEST(SubgroupTest, UnknownExamplesAreInNeitherPart) {
  const Subgroups subgroups =
      MeansOfGroups({1, 1, 50, 4, 4}, {2, {0, 0, -1, 1, 1}}, kOptions);
  ASSERT_TRUE(subgroups.ok()) << subgroups.status();
  EXPECT_EQ((*subgroups)[0].group[0].value, 1.0);
  EXPECT_EQ((*subgroups)[0].rest[0].value, 4.0);
  EXPECT_EQ((*subgroups)[0].difference[0].value, -3.0);
  EXPECT_EQ((*subgroups)[1].difference[0].value, 3.0);
  EXPECT_EQ((*subgroups)[0].examples, 2);
}

TEST(SubgroupTest, AnEmptyGroupIsUndefined) {
  const Subgroups subgroups = MeansOfGroups({1, 2}, {2, {0, 0}}, kOptions);
  ASSERT_TRUE(subgroups.ok()) << subgroups.status();
  EXPECT_TRUE(std::isnan((*subgroups)[1].group[0].value));
  EXPECT_EQ((*subgroups)[1].group[0].interval.resamples, 0);
  EXPECT_EQ((*subgroups)[1].examples, 0);
  EXPECT_EQ((*subgroups)[0].group[0].interval.resamples, 80);
}

TEST(SubgroupTest, PositivesAreCountedByGroup) {
  const auto positives =
      CountGroupPositives({3, {0, 1, 1, -1, 0}}, {1, 1, 1, 1, 0});
  ASSERT_TRUE(positives.ok()) << positives.status();
  EXPECT_THAT(*positives, ElementsAre(1, 2, 0));
}

TEST(SubgroupTest, BadInputIsNamed) {
  const auto expect_invalid = [](const absl::Status& status,
                                 const std::string& text) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr(text));
  };
  const auto means = [](const Grouping& grouping) {
    return MeansOfGroups({1, 2}, grouping, kOptions).status();
  };
  expect_invalid(means({0, {0, 0}}), "groups: 0");
  expect_invalid(means({1, {0}}), "1 numbers for 2 examples");
  expect_invalid(means({2, {0, 2}}), "group_of_example[1]: 2");
  expect_invalid(means({2, {-2, 0}}), "group_of_example[0]: -2");
  BootstrapOptions redraw = kOptions;
  redraw.undefined = UndefinedResample::kRedraw;
  expect_invalid(MeansOfGroups({1, 2}, {1, {0, 0}}, redraw).status(), "kSkip");
  expect_invalid(CountGroupPositives({1, {0, 0}}, {0, 2}).status(),
                 "labels[1]: 2");
}

}  // namespace
}  // namespace cxr::metrics
