// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/operating_rates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

const std::vector<double> kScores = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6};
const std::vector<uint8_t> kLabels = {0, 0, 1, 0, 1, 1};

TEST(OperatingRatesTest, YoudensThresholdAndWhatItDoes) {
  ASSERT_OK_AND_ASSIGN(const OperatingRates rates,
                       FindOperatingRates(kScores, kLabels, std::nullopt));
  // Thresholds 0.5 (2 of 3, 3 of 3) and 0.3 (3 of 3, 2 of 3) are as good: the
  // higher one.
  ASSERT_EQ(rates.thresholds.size(), 2u);
  EXPECT_EQ(rates.thresholds[0].name, "youden_threshold");
  EXPECT_EQ(rates.thresholds[0].threshold, 0.5);
  ASSERT_EQ(rates.rates.size(), 3u);
  EXPECT_EQ(rates.rates[0].name, "sensitivity_at_youden");
  EXPECT_EQ(rates.rates[0].right.size(), 2u);
  EXPECT_EQ(rates.rates[0].rows(), 3);
  EXPECT_EQ(rates.rates[1].name, "specificity_at_youden");
  EXPECT_EQ(rates.rates[1].value(), 1.0);
  EXPECT_EQ(rates.rates[2].name, "sensitivity_at_specificity_0.9");
  EXPECT_NEAR(rates.rates[2].value(), 2.0 / 3.0, 1e-15);
}

TEST(OperatingRatesTest, AResampleKeepsTheThreshold) {
  ASSERT_OK_AND_ASSIGN(const OperatingRates rates,
                       FindOperatingRates(kScores, kLabels, std::nullopt));
  const OperatingRate& sensitivity = rates.rates[0];
  const std::vector<int32_t> ones(6, 1);
  EXPECT_EQ(sensitivity.On(ones), sensitivity.value());
  const std::vector<int32_t> counts = {5, 0, 3, 9, 1, 0};
  EXPECT_EQ(sensitivity.On(counts), 0.25);
  const std::vector<int32_t> negatives = {1, 1, 0, 1, 0, 0};
  EXPECT_TRUE(std::isnan(sensitivity.On(negatives)));
}

TEST(OperatingRatesTest, OneClassHasNone) {
  const std::vector<uint8_t> labels(6, 1);
  ASSERT_OK_AND_ASSIGN(const OperatingRates rates,
                       FindOperatingRates(kScores, labels, std::nullopt));
  EXPECT_TRUE(rates.thresholds.empty());
  EXPECT_TRUE(rates.rates.empty());
}

TEST(OperatingRatesTest, SpecificityAtASensitivityIsToldIfAskedFor) {
  ASSERT_OK_AND_ASSIGN(const OperatingRates rates,
                       FindOperatingRates(kScores, kLabels, 0.75));
  // Three of three positives need the threshold 0.3: one false alarm.
  ASSERT_EQ(rates.thresholds.size(), 3u);
  EXPECT_EQ(rates.thresholds[2].name, "threshold_at_sensitivity_0.75");
  EXPECT_EQ(rates.thresholds[2].threshold, 0.3);
  ASSERT_EQ(rates.rates.size(), 4u);
  EXPECT_EQ(rates.rates[3].name, "specificity_at_sensitivity_0.75");
  EXPECT_NEAR(rates.rates[3].value(), 2.0 / 3.0, 1e-15);
  EXPECT_THAT(FindOperatingRates(kScores, kLabels, 1.5),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       ::testing::HasSubstr("1.5")));
}

TEST(OperatingRatesTest, AThresholdMayCallNothingPositive) {
  const std::vector<double> scores = {0.1, 0.9};
  const std::vector<uint8_t> labels = {1, 0};
  ASSERT_OK_AND_ASSIGN(const OperatingRates rates,
                       FindOperatingRates(scores, labels, std::nullopt));
  EXPECT_TRUE(std::isinf(rates.thresholds[1].threshold));
  EXPECT_EQ(rates.rates[2].value(), 0.0);
}

}  // namespace
}  // namespace cxr
