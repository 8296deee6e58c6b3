// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/equal_mass_error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

TEST(EqualMassErrorTest, OneRowABinIsItsOwnDistance) {
  // Fifteen rows, so that each is a bin of its own.
  std::vector<double> probabilities;
  std::vector<uint8_t> labels;
  double sum = 0.0;
  for (int i = 0; i < 15; ++i) {
    probabilities.push_back((i + 0.5) / 16.0);
    labels.push_back(i % 2);
    sum += std::abs(probabilities.back() - labels.back());
  }
  ASSERT_OK_AND_ASSIGN(const EqualMassError error,
                       EqualMassError::Create(probabilities, labels));
  EXPECT_DOUBLE_EQ(error.value(), sum / 15.0);
}

TEST(EqualMassErrorTest, AResampleEqualsItsRowsWrittenOut) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 1000; ++round) {
    const int rows = 1 + static_cast<int>(random() % 60);
    const int levels = round % 2 == 0 ? 8 : 1 << 20;  // with ties, and without
    std::vector<double> probabilities;
    std::vector<uint8_t> labels;
    std::vector<int32_t> counts;
    std::vector<double> drawn;
    std::vector<uint8_t> drawn_labels;
    for (int i = 0; i < rows; ++i) {
      probabilities.push_back(static_cast<double>(random() % levels) / levels);
      labels.push_back(random() % 2);
      counts.push_back(static_cast<int32_t>(random() % 4));
      drawn.insert(drawn.end(), counts[i], probabilities[i]);
      drawn_labels.insert(drawn_labels.end(), counts[i], labels[i]);
    }
    ASSERT_OK_AND_ASSIGN(const EqualMassError error,
                         EqualMassError::Create(probabilities, labels));
    EXPECT_NEAR(error.On(std::vector<int32_t>(rows, 1)), error.value(), 1e-14);
    if (drawn.empty()) {
      EXPECT_TRUE(std::isnan(error.On(counts)));
      continue;
    }
    ASSERT_OK_AND_ASSIGN(const EqualMassError written_out,
                         EqualMassError::Create(drawn, drawn_labels));
    EXPECT_NEAR(error.On(counts), written_out.value(), 1e-14);
  }
}

TEST(EqualMassErrorTest, ANumberThatIsNoProbabilityIsAnError) {
  const double probabilities[] = {0.5, 1.5};
  const uint8_t labels[] = {0, 1};
  EXPECT_THAT(EqualMassError::Create(probabilities, labels),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       ::testing::HasSubstr("1.5")));
}

}  // namespace
}  // namespace cxr
