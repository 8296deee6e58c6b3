// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/probabilities.h"

#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::metrics {
namespace {

using ::testing::HasSubstr;

template <typename Probability>
std::string Complaint(const std::vector<Probability>& probabilities,
                      const std::vector<uint8_t>& labels) {
  return std::string(
      CheckProbabilities(absl::MakeConstSpan(probabilities), labels).message());
}

TEST(CheckProbabilitiesTest, TakesTheClosedUnitInterval) {
  EXPECT_EQ(Complaint<double>({0.0, -0.0, 0.5, 1.0}, {0, 1, 1, 0}), "");
  EXPECT_EQ(Complaint<float>({}, {}), "");
}

TEST(CheckProbabilitiesTest, BadInputNamesTheIndex) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(Complaint<double>({.1, .2}, {1}),
              HasSubstr("2 probabilities, 1 labels"));
  EXPECT_THAT(Complaint<double>({.1, 1.5}, {0, 1}),
              HasSubstr("probabilities[1]: 1.5"));
  EXPECT_THAT(Complaint<float>({-0.5f}, {0}),
              HasSubstr("probabilities[0]: -0.5"));
  EXPECT_THAT(Complaint<double>({.1, nan}, {0, 1}),
              HasSubstr("probabilities[1]: nan"));
  EXPECT_THAT(Complaint<double>({.1, .2}, {0, 3}), HasSubstr("labels[1]: 3"));
}

}  // namespace
}  // namespace cxr::metrics
