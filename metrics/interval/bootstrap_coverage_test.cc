// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// How often intervals of 95% cover the truth, on data of known distribution.

#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "gtest/gtest.h"
#include "metrics/interval/bootstrap.h"
#include "metrics/interval/normal.h"
#include "metrics/interval/random_stream.h"
#include "metrics/interval/resampling_units.h"
#include "metrics/ranking/ranked_column.h"

namespace cxr::metrics {
namespace {

using Counts = absl::Span<const int32_t>;
using Values = absl::Span<double>;

constexpr int kSets = 1000;
// Three standard errors of a coverage of 95% in 1,000 sets.
constexpr double kChance = 0.021;

// Numbers of the distributions below, the same on every machine.
class Data {
 public:
  explicit Data(uint64_t set) : random_(2024, set) {}

  double Normal() {
    return NormalQuantile((random_.RandInt(uint64_t{1} << 32) + 0.5) * 0x1p-32);
  }
  double Exponential() {
    return -std::log((random_.RandInt(uint64_t{1} << 32) + 0.5) * 0x1p-32);
  }

 private:
  FastRandom random_;
};

struct Setting {
  IntervalKind kind = IntervalKind::kPercentile;
  double truth = 0.0;
  int resamples = 400;
};

bool Covers(const ResamplingUnits& units, const Setting& setting, uint64_t set,
            StatisticVector statistic) {
  const auto estimates = Bootstrap(units,
                                   {.resamples = setting.resamples,
                                    .confidence = 0.95,
                                    .seed = set,
                                    .generator = RandomGenerator::kFast},
                                   setting.kind, statistic);
  EXPECT_TRUE(estimates.ok()) << estimates.status();
  const BootstrapInterval& interval = estimates->front().interval;
  return interval.low <= setting.truth && setting.truth <= interval.high;
}

bool CoversMean(const ResamplingUnits& units, const Setting& setting,
                uint64_t set, const std::vector<double>& numbers) {
  const auto mean = [&](Counts counts, Values values) {
    double sum = 0.0;
    int64_t total = 0;
    for (size_t i = 0; i < numbers.size(); ++i) {
      sum += counts[i] * numbers[i];
      total += counts[i];
    }
    values[0] = sum / static_cast<double>(total);
  };
  return Covers(units, setting, set, {.size = 1, .fill = mean});
}

double CoverageOfNormalMean(IntervalKind kind) {
  const auto units = ResamplingUnits::Examples(100);
  int covered = 0;
  for (int set = 0; set < kSets; ++set) {
    Data data(set);
    std::vector<double> numbers(100);
    for (double& number : numbers) number = 3.0 + data.Normal();
    covered += CoversMean(*units, {.kind = kind, .truth = 3.0}, set, numbers);
  }
  return covered / double{kSets};
}

double CoverageOfExponentialMean(IntervalKind kind) {
  const auto units = ResamplingUnits::Examples(60);
  int covered = 0;
  for (int set = 0; set < kSets; ++set) {
    Data data(set);
    std::vector<double> numbers(60);
    for (double& number : numbers) number = data.Exponential();
    covered += CoversMean(*units, {.kind = kind, .truth = 1.0}, set, numbers);
  }
  return covered / double{kSets};
}

// 60 negatives N(0, 1) and 40 positives N(1, 1): P(positive above) is
// NormalCdf(1 / sqrt(2)).
double CoverageOfAuroc(IntervalKind kind, bool stratified) {
  std::vector<int32_t> strata(100, 0);
  std::fill(strata.begin() + 60, strata.end(), 1);
  const std::vector<uint8_t> labels(strata.begin(), strata.end());
  const auto units = stratified ? ResamplingUnits::StratifiedExamples(strata)
                                : ResamplingUnits::Examples(100);
  const Setting setting = {.kind = kind, .truth = NormalCdf(std::sqrt(0.5))};
  int covered = 0;
  for (int set = 0; set < kSets; ++set) {
    Data data(set);
    std::vector<double> scores;
    for (const int32_t label : strata) scores.push_back(label + data.Normal());
    const auto column = RankedColumn::Create(scores, labels);
    const auto auroc = [&](Counts counts, Values values) {
      values[0] = column->Auroc(counts);
    };
    covered += Covers(*units, setting, set, {.size = 1, .fill = auroc});
  }
  return covered / double{kSets};
}

// 60 patients with 4 images each, which share most of their deviation.
double CoverageOfMeanOfPatients(bool clustered) {
  constexpr int kPatients = 60;
  constexpr int kImages = 4;
  std::vector<int32_t> patients;
  for (int32_t i = 0; i < kPatients * kImages; ++i) {
    patients.push_back(i / kImages);
  }
  const auto units = clustered
                         ? ResamplingUnits::Clusters(patients)
                         : ResamplingUnits::Examples(std::ssize(patients));
  int covered = 0;
  for (int set = 0; set < kSets; ++set) {
    Data data(set);
    std::vector<double> numbers;
    for (int patient = 0; patient < kPatients; ++patient) {
      const double shared = 2.0 * data.Normal();
      for (int image = 0; image < kImages; ++image) {
        numbers.push_back(shared + data.Normal());
      }
    }
    covered += CoversMean(*units, {.truth = 0.0}, set, numbers);
  }
  return covered / double{kSets};
}

TEST(BootstrapCoverageTest, PercentileCoversANormalMean) {
  EXPECT_NEAR(CoverageOfNormalMean(IntervalKind::kPercentile), 0.95, kChance);
}

TEST(BootstrapCoverageTest, BasicCoversANormalMean) {
  EXPECT_NEAR(CoverageOfNormalMean(IntervalKind::kBasic), 0.95, kChance);
}

TEST(BootstrapCoverageTest, BcaCoversANormalMean) {
  EXPECT_NEAR(CoverageOfNormalMean(IntervalKind::kBca), 0.95, kChance);
}

// Of so skewed a distribution no bootstrap covers quite enough.
TEST(BootstrapCoverageTest, BcaCoversASkewedMeanBetter) {
  const double bca = CoverageOfExponentialMean(IntervalKind::kBca);
  EXPECT_NEAR(bca, 0.94, kChance);
  EXPECT_GT(bca, CoverageOfExponentialMean(IntervalKind::kBasic));
}

TEST(BootstrapCoverageTest, PercentileCoversAnAuroc) {
  EXPECT_NEAR(CoverageOfAuroc(IntervalKind::kPercentile, /*stratified=*/false),
              0.95, kChance);
}

TEST(BootstrapCoverageTest, BcaCoversAnAuroc) {
  EXPECT_NEAR(CoverageOfAuroc(IntervalKind::kBca, /*stratified=*/false), 0.95,
              kChance);
}

TEST(BootstrapCoverageTest, StratifiedIntervalsCoverAnAuroc) {
  EXPECT_NEAR(CoverageOfAuroc(IntervalKind::kPercentile, /*stratified=*/true),
              0.95, kChance);
  EXPECT_NEAR(CoverageOfAuroc(IntervalKind::kBca, /*stratified=*/true), 0.95,
              kChance);
}

TEST(BootstrapCoverageTest, OnlyClusteredIntervalsCoverAMeanOfPatients) {
  EXPECT_NEAR(CoverageOfMeanOfPatients(/*clustered=*/true), 0.95, kChance);
  EXPECT_LT(CoverageOfMeanOfPatients(/*clustered=*/false), 0.80);
}

}  // namespace
}  // namespace cxr::metrics
