// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/paired.h"

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

using ::testing::HasSubstr;

using Counts = absl::Span<const int32_t>;
using Values = absl::Span<double>;
using Pairs = absl::StatusOr<std::vector<PairedEstimate>>;

constexpr BootstrapOptions kOptions = {
    .resamples = 80, .confidence = 0.9, .seed = 1};

// The means of two lists of scores.
Pairs CompareMeans(const std::vector<int32_t>& first,
                   const std::vector<int32_t>& second,
                   const PairedOptions& paired) {
  const auto units = ResamplingUnits::Examples(std::ssize(first));
  const auto mean_first = [&](Counts counts, Values values) {
    values[0] = GoldenMean(first, counts);
  };
  const auto mean_second = [&](Counts counts, Values values) {
    values[0] = GoldenMean(second, counts);
  };
  return PairedBootstrap(*units, kOptions, paired,
                         {.first = {.size = 1, .fill = mean_first},
                          .second = {.size = 1, .fill = mean_second}});
}

// testdata/make_design_golden.py
TEST(PairedTest, AgreesWithALoopOverNumpyDraws) {
  const auto rows =
      ReadGoldenCsv("metrics/interval/testdata/paired_golden.csv");
  ASSERT_GE(rows.size(), 1000u);
  for (const std::vector<std::string>& row : rows) {
    SCOPED_TRACE("case " + row[0]);
    const int number = static_cast<int>(GoldenNumber(row[0]));
    const DesignCase examples = MakeDesignCase(number);
    BootstrapOptions options = kOptions;
    options.seed = number;
    options.threads = 1 + number % 2;
    const auto units = ResamplingUnits::Examples(std::ssize(examples.labels));
    const auto auroc_first = [&](Counts counts, Values values) {
      values[0] = GoldenAuroc(examples.labels, examples.scores[0], counts);
    };
    const auto auroc_second = [&](Counts counts, Values values) {
      values[0] = GoldenAuroc(examples.labels, examples.scores[1], counts);
    };
    for (const PValueCorrection correction :
         {PValueCorrection::kNone, PValueCorrection::kPlusOne}) {
      const Pairs pairs =
          PairedBootstrap(*units, options, {.correction = correction},
                          {.first = {.size = 1, .fill = auroc_first},
                           .second = {.size = 1, .fill = auroc_second}});
      ASSERT_TRUE(pairs.ok()) << pairs.status();
      const PairedEstimate& pair = pairs->front();
      EXPECT_NEAR(pair.difference.value, GoldenNumber(row[1]), 1e-12);
      EXPECT_NEAR(pair.first - pair.second, GoldenNumber(row[1]), 1e-12);
      EXPECT_NEAR(pair.difference.standard_error, GoldenNumber(row[2]), 1e-12);
      EXPECT_NEAR(pair.difference.interval.low, GoldenNumber(row[3]), 1e-12);
      EXPECT_NEAR(pair.difference.interval.high, GoldenNumber(row[4]), 1e-12);
      const size_t p_field = correction == PValueCorrection::kNone ? 5 : 6;
      EXPECT_NEAR(pair.p_value, GoldenNumber(row[p_field]), 1e-12);
    }
  }
}

TEST(PairedTest, WhatSystemsHaveInCommonCancels) {
  const Pairs pairs = CompareMeans({7, 1, 9, 3}, {5, -1, 7, 1},
                                   {.correction = PValueCorrection::kNone});
  ASSERT_TRUE(pairs.ok()) << pairs.status();
  EXPECT_EQ(pairs->front().difference.value, 2.0);
  EXPECT_EQ(pairs->front().difference.standard_error, 0.0);
  EXPECT_EQ(pairs->front().difference.interval.low, 2.0);
  EXPECT_EQ(pairs->front().p_value, 0.0);
}

TEST(PairedTest, PlusOneIsNeverZero) {
  const Pairs pairs = CompareMeans({7, 1}, {5, -1}, {});
  ASSERT_TRUE(pairs.ok()) << pairs.status();
  EXPECT_DOUBLE_EQ(pairs->front().p_value, 2.0 / 81.0);
}

TEST(PairedTest, EqualSystemsHavePOne) {
  const Pairs pairs = CompareMeans({7, 1, 2}, {7, 1, 2}, {});
  ASSERT_TRUE(pairs.ok()) << pairs.status();
  EXPECT_EQ(pairs->front().p_value, 1.0);
}

TEST(PairedTest, SwappedSystemsMirrorTheInterval) {
  const std::vector<int32_t> first = {7, 1, 4, 4, 2, 8};
  const std::vector<int32_t> second = {5, 3, 4, 1, 2, 9};
  const PairedOptions basic = {.kind = IntervalKind::kBasic};
  const Pairs pairs = CompareMeans(first, second, basic);
  const Pairs swapped = CompareMeans(second, first, basic);
  ASSERT_TRUE(pairs.ok() && swapped.ok());
  EXPECT_NEAR(pairs->front().difference.interval.low,
              -swapped->front().difference.interval.high, 1e-12);
  EXPECT_EQ(pairs->front().p_value, swapped->front().p_value);
}

TEST(PairedTest, DifferentNumbersOfStatisticsAreRefused) {
  const auto units = ResamplingUnits::Examples(2);
  const auto none = [](Counts, Values) {};
  const absl::Status status =
      PairedBootstrap(*units, kOptions, {},
                      {.first = {.size = 1, .fill = none},
                       .second = {.size = 2, .fill = none}})
          .status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("2 of the second"));
}

}  // namespace
}  // namespace cxr::metrics
