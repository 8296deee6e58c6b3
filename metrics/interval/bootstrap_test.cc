// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/bootstrap.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metrics/golden_csv.h"
#include "metrics/ranking/macro.h"
#include "metrics/ranking/ranked_column.h"

namespace cxr::metrics {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;

using Counts = absl::Span<const int32_t>;
using Values = absl::Span<double>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Findings {
  std::vector<int32_t> patients;
  std::vector<RankedColumn> columns;
};

Findings ReadFindings() {
  const auto rows =
      ReadGoldenCsv("metrics/interval/testdata/bootstrap_examples.csv");
  Findings findings;
  for (const auto& row : rows) {
    findings.patients.push_back(static_cast<int32_t>(GoldenNumber(row[0])));
  }
  for (size_t field = 1; field < rows[0].size(); field += 2) {
    std::vector<double> scores;
    std::vector<uint8_t> labels;
    for (const auto& row : rows) {
      scores.push_back(GoldenNumber(row[field]));
      labels.push_back(row[field + 1] == "1");
    }
    absl::StatusOr<RankedColumn> column = RankedColumn::Create(scores, labels);
    EXPECT_TRUE(column.ok()) << column.status();
    findings.columns.push_back(*std::move(column));
  }
  return findings;
}

std::vector<int32_t> OneClusterEach(int examples) {
  std::vector<int32_t> clusters(examples);
  std::iota(clusters.begin(), clusters.end(), 0);
  return clusters;
}

// The golden script draws again where a label has one class, whatever the
// statistic, so the average precision is made undefined there.
double MacroOfCounts(const Findings& findings, bool auroc, Counts counts) {
  std::vector<double> values;
  for (const RankedColumn& column : findings.columns) {
    const double area = column.Auroc(counts);
    values.push_back(
        auroc || std::isnan(area) ? area : column.AveragePrecision(counts));
  }
  return MacroMean(values, UndefinedColumns::kNanIfAnyUndefined);
}

void ExpectInvalid(const std::vector<int32_t>& clusters,
                   const BootstrapOptions& options, const std::string& text) {
  const absl::Status status = ClusteredBootstrap(clusters, options, [](Counts) {
                                return 0.0;
                              }).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr(text));
}

// testdata/make_bootstrap_golden.py
TEST(BootstrapTest, AgreesWithScikitLearnInALoop) {
  const Findings findings = ReadFindings();
  const auto rows =
      ReadGoldenCsv("metrics/interval/testdata/bootstrap_golden.csv");
  ASSERT_EQ(rows.size(), 12u);
  for (const std::vector<std::string>& row : rows) {
    SCOPED_TRACE(testing::PrintToString(row));
    const BootstrapOptions options = {
        .resamples = static_cast<int>(GoldenNumber(row[2])),
        .confidence = GoldenNumber(row[3]),
        .seed = static_cast<uint32_t>(GoldenNumber(row[4]))};
    const absl::StatusOr<BootstrapInterval> interval = ClusteredBootstrap(
        row[1] == "patient" ? findings.patients
                            : OneClusterEach(findings.patients.size()),
        options, [&](Counts counts) {
          return MacroOfCounts(findings, row[0] == "auroc", counts);
        });
    ASSERT_TRUE(interval.ok()) << interval.status();
    EXPECT_NEAR(interval->low, GoldenNumber(row[5]), 1e-12);
    EXPECT_NEAR(interval->high, GoldenNumber(row[6]), 1e-12);
    EXPECT_NEAR(interval->median, GoldenNumber(row[7]), 1e-12);
    EXPECT_EQ(interval->redraws, GoldenNumber(row[8]));
    EXPECT_EQ(interval->resamples, options.resamples);
  }
}

TEST(BootstrapTest, ExamplesOfOneClusterComeTogether) {
  const std::vector<int32_t> clusters = {2, 0, 1, 0, 2, 2};
  const auto statistic = [](Counts counts) {
    EXPECT_EQ(counts[1], counts[3]);
    EXPECT_EQ(counts[0], counts[4]);
    EXPECT_EQ(counts[0], counts[5]);
    EXPECT_EQ(counts[0] + counts[1] + counts[2], 3) << "three clusters drawn";
    return 0.0;
  };
  EXPECT_TRUE(
      ClusteredBootstrap(
          clusters, {.resamples = 50, .confidence = 0.9, .seed = 1}, statistic)
          .ok());
}

TEST(BootstrapTest, OneClusterLeavesNoVariation) {
  const auto statistic = [](Counts counts) {
    EXPECT_THAT(counts, Each(1));
    return 0.25;
  };
  const absl::StatusOr<BootstrapInterval> interval = ClusteredBootstrap(
      {0, 0, 0}, {.resamples = 7, .confidence = 0.95, .seed = 1}, statistic);
  ASSERT_TRUE(interval.ok()) << interval.status();
  EXPECT_EQ(interval->low, 0.25);
  EXPECT_EQ(interval->median, 0.25);
  EXPECT_EQ(interval->high, 0.25);
}

// Statistics 1 to 5: numpy.percentile([1..5], [10, 50, 90]) is 1.4, 3, 4.6.
TEST(BootstrapTest, PercentilesInterpolateAndSkipUndefinedResamples) {
  int calls = 0;
  const auto statistic = [&calls](Counts) {
    ++calls;
    return calls % 2 == 1 ? kNan : 6.0 - calls / 2;
  };
  const absl::StatusOr<BootstrapInterval> interval = ClusteredBootstrap(
      {0, 1}, {.resamples = 5, .confidence = 0.8, .seed = 1}, statistic);
  ASSERT_TRUE(interval.ok()) << interval.status();
  EXPECT_NEAR(interval->low, 1.4, 1e-12);
  EXPECT_NEAR(interval->median, 3.0, 1e-12);
  EXPECT_NEAR(interval->high, 4.6, 1e-12);
  EXPECT_EQ(interval->redraws, 5);
}

TEST(BootstrapTest, GivesUpWhenNearlyNothingIsDefined) {
  int64_t calls = 0;
  const auto statistic = [&calls](Counts) { return ++calls, kNan; };
  const absl::Status status =
      ClusteredBootstrap(
          {0, 1}, {.resamples = 3, .confidence = 0.95, .seed = 1}, statistic)
          .status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("undefined on 301 resamples"));
  EXPECT_EQ(calls, 301);
}

TEST(BootstrapTest, ClusteredBootstrapIsBootstrapOfClusters) {
  const Findings findings = ReadFindings();
  const auto units = ResamplingUnits::Clusters(findings.patients);
  const BootstrapOptions options = {
      .resamples = 100, .confidence = 0.9, .seed = 4};
  const auto auroc = [&](Counts counts) {
    return findings.columns[0].Auroc(counts);
  };
  const auto fill = [&](Counts counts, Values values) {
    values[0] = auroc(counts);
  };
  const auto interval = ClusteredBootstrap(findings.patients, options, auroc);
  const auto estimates = Bootstrap(*units, options, IntervalKind::kPercentile,
                                   {.size = 1, .fill = fill});
  ASSERT_TRUE(interval.ok() && estimates.ok());
  EXPECT_EQ(estimates->front().value, findings.columns[0].Auroc());
  EXPECT_EQ(estimates->front().interval.low, interval->low);
  EXPECT_EQ(estimates->front().interval.high, interval->high);
  EXPECT_EQ(estimates->front().interval.median, interval->median);
  EXPECT_EQ(estimates->front().interval.redraws, interval->redraws);
}

// The rare third finding is undefined on some resamples, which costs the others
// nothing under kSkip and everything under kRefuse.
TEST(BootstrapTest, SeveralStatisticsShareTheirResamples) {
  const Findings findings = ReadFindings();
  const auto units = ResamplingUnits::Clusters(findings.patients);
  BootstrapOptions options = {.resamples = 200,
                              .confidence = 0.9,
                              .seed = 4,
                              .undefined = UndefinedResample::kSkip};
  const auto all = [&](Counts counts, Values values) {
    for (size_t k = 0; k < 3; ++k) {
      values[k] = findings.columns[k].Auroc(counts);
    }
    values[3] = (values[0] + values[1] + values[2]) / 3.0;
  };
  const auto estimates = Bootstrap(*units, options, IntervalKind::kBasic,
                                   {.size = 4, .fill = all});
  ASSERT_TRUE(estimates.ok()) << estimates.status();
  EXPECT_EQ((*estimates)[0].interval.resamples, 200);
  EXPECT_LT((*estimates)[2].interval.resamples, 200);
  EXPECT_EQ((*estimates)[3].interval.resamples,
            (*estimates)[2].interval.resamples);
  for (size_t k = 0; k < 3; ++k) {
    const auto one = [&](Counts counts, Values values) {
      values[0] = findings.columns[k].Auroc(counts);
    };
    const auto alone = Bootstrap(*units, options, IntervalKind::kBasic,
                                 {.size = 1, .fill = one});
    ASSERT_TRUE(alone.ok()) << alone.status();
    EXPECT_EQ(alone->front().interval.low, (*estimates)[k].interval.low);
    EXPECT_EQ(alone->front().standard_error, (*estimates)[k].standard_error);
  }
  options.undefined = UndefinedResample::kRefuse;
  EXPECT_EQ(
      Bootstrap(*units, options, IntervalKind::kBasic, {.size = 4, .fill = all})
          .status()
          .code(),
      absl::StatusCode::kFailedPrecondition);
}

TEST(BootstrapTest, ThreadsAndOrderChangeNothing) {
  const Findings findings = ReadFindings();
  const auto units = ResamplingUnits::Clusters(findings.patients);
  const auto fill = [&](Counts counts, Values values) {
    values[0] = MacroOfCounts(findings, /*auroc=*/true, counts);
  };
  for (const RandomGenerator generator :
       {RandomGenerator::kFast, RandomGenerator::kNumpyRandomState}) {
    BootstrapOptions options = {
        .resamples = 300, .confidence = 0.9, .seed = 4, .generator = generator};
    const auto one = Bootstrap(*units, options, IntervalKind::kBca,
                               {.size = 1, .fill = fill});
    options.threads = 5;
    const auto five = Bootstrap(*units, options, IntervalKind::kBca,
                                {.size = 1, .fill = fill});
    ASSERT_TRUE(one.ok() && five.ok());
    EXPECT_GT(one->front().interval.redraws, 0);
    EXPECT_EQ(one->front().interval.redraws, five->front().interval.redraws);
    EXPECT_EQ(one->front().interval.low, five->front().interval.low);
    EXPECT_EQ(one->front().interval.high, five->front().interval.high);
    EXPECT_EQ(one->front().standard_error, five->front().standard_error);
  }
}

// A mean's influences are the deviations themselves.
TEST(BootstrapTest, AccelerationOfAMeanIsASixthOfItsSkewness) {
  const std::vector<double> numbers = {0.0, 0.0, 0.0, 1.0, 9.0};
  const auto units = ResamplingUnits::Examples(5);
  const auto mean = [&](Counts counts, Values values) {
    double sum = 0.0;
    double total = 0.0;
    for (size_t i = 0; i < numbers.size(); ++i) {
      sum += counts[i] * numbers[i];
      total += counts[i];
    }
    values[0] = sum / total;
  };
  double squares = 0.0;
  double cubes = 0.0;
  for (const double number : numbers) {
    squares += std::pow(number - 2.0, 2.0);
    cubes += std::pow(number - 2.0, 3.0);
  }
  EXPECT_NEAR(Accelerations(*units, 2, {.size = 1, .fill = mean})[0],
              cubes / (6.0 * std::pow(squares, 1.5)), 1e-12);
}

TEST(BootstrapTest, SidesOfZeroAreCounted) {
  const auto units = ResamplingUnits::Examples(2);
  int calls = 0;
  const auto fill = [&](Counts, Values values) {
    values[0] = (calls++ % 5) - 1.0;  // -1, 0, 1, 2, 3
  };
  const auto estimates =
      Bootstrap(*units, {.resamples = 5, .confidence = 0.8, .seed = 1},
                IntervalKind::kPercentile, {.size = 1, .fill = fill});
  ASSERT_TRUE(estimates.ok()) << estimates.status();
  EXPECT_EQ(estimates->front().at_most_zero, 2);
  EXPECT_EQ(estimates->front().at_least_zero, 4);
}

TEST(BootstrapTest, BadInputIsNamed) {
  const BootstrapOptions good = {.resamples = 1, .confidence = 0.5, .seed = 0};
  ExpectInvalid({}, good, "no example");
  ExpectInvalid({0, -1}, good, "cluster_of_example[1]: -1");
  ExpectInvalid({0, 2}, good, "cluster_of_example[1]: 2");
  ExpectInvalid({0, 2, 2}, good, "cluster 1 of 3 has no example");
  ExpectInvalid({0}, {.resamples = 0, .confidence = 0.5, .seed = 0},
                "resamples: 0");
  ExpectInvalid({0}, {.resamples = 1, .confidence = 1.0, .seed = 0},
                "confidence: 1");
  ExpectInvalid({0}, {.resamples = 1, .confidence = kNan, .seed = 0},
                "confidence: nan");
}

}  // namespace
}  // namespace cxr::metrics
