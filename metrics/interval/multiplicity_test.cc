// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/multiplicity.h"

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metrics/golden_csv.h"
#include "metrics/interval/golden_inputs_testing.h"

namespace cxr::metrics {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsNan;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

double SumByPlace(const std::vector<double>& values) {
  double sum = 0.0;
  for (size_t i = 0; i < values.size(); ++i) {
    sum += static_cast<double>(i + 1) * values[i];
  }
  return sum;
}

// testdata/make_inference_golden.py
TEST(MultiplicityTest, AgreesWithStatsmodelsAndScipy) {
  GoldenInputs inputs(6);
  int cases = 0;
  for (const auto& row :
       ReadGoldenCsv("metrics/interval/testdata/multiplicity_golden.csv")) {
    std::vector<double> p_values(inputs.Integer(1, 40));
    for (double& p : p_values) {
      const double uniform = inputs.Uniform();
      p = std::ldexp(uniform, -static_cast<int>(inputs.Integer(0, 8)));
    }
    EXPECT_LT(GoldenError(SumByPlace(*AdjustHolm(p_values)),
                          GoldenNumber(row[0]), 0.0),
              1e-13);
    EXPECT_LT(GoldenError(SumByPlace(*AdjustBenjaminiHochberg(p_values)),
                          GoldenNumber(row[1]), 0.0),
              1e-13);
    ++cases;
  }
  EXPECT_EQ(cases, 1000);
}

// By hand: 3 x 0.01, 2 x 0.03, then 0.04 may not fall below; and 3/3 x 0.04,
// then 3/2 x 0.03 may not rise above.
TEST(MultiplicityTest, ThreeTestsByHand) {
  const std::vector<double> p_values = {0.03, 0.01, 0.04};
  const auto near = [](double p) { return DoubleNear(p, 1e-15); };
  EXPECT_THAT(*AdjustHolm(p_values),
              ElementsAre(near(0.06), near(0.03), near(0.06)));
  EXPECT_THAT(*AdjustBenjaminiHochberg(p_values),
              ElementsAre(near(0.04), near(0.03), near(0.04)));
}

TEST(MultiplicityTest, EqualPValuesStayEqualAndNoneExceedsOne) {
  EXPECT_THAT(*AdjustHolm({0.2, 0.2, 0.9, 0.0}),
              ElementsAre(0.6000000000000001, 0.6000000000000001, 0.9, 0.0));
  EXPECT_THAT(*AdjustHolm({0.8, 0.8}), ElementsAre(1.0, 1.0));
  EXPECT_THAT(*AdjustBenjaminiHochberg({1.0, 1.0}), ElementsAre(1.0, 1.0));
  EXPECT_THAT(*AdjustBenjaminiHochberg({0.5}), ElementsAre(0.5));
  EXPECT_THAT(*AdjustHolm({}), IsEmpty());
}

TEST(MultiplicityTest, UndefinedTestsAreNoMembersOfTheFamily) {
  EXPECT_THAT(*AdjustHolm({kNan, 0.25, kNan, 0.125}),
              ElementsAre(IsNan(), 0.25, IsNan(), 0.25));
  EXPECT_THAT(*AdjustBenjaminiHochberg({kNan, 0.5, kNan, 0.125}),
              ElementsAre(IsNan(), 0.5, IsNan(), 0.25));
}

TEST(MultiplicityTest, BadInputIsNamed) {
  for (const double p : {-0.5, 1.5}) {
    const absl::Status status = AdjustHolm({0.5, p}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr("p_values[1]: "));
    EXPECT_EQ(AdjustBenjaminiHochberg({0.5, p}).status(), status);
  }
}

}  // namespace
}  // namespace cxr::metrics
