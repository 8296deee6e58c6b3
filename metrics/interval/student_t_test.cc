// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/student_t.h"

#include <cmath>
#include <limits>

#include "gtest/gtest.h"
#include "metrics/golden_csv.h"
#include "metrics/interval/golden_inputs_testing.h"
#include "metrics/interval/normal.h"

namespace cxr::metrics {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// testdata/make_inference_golden.py
TEST(StudentTTest, AgreesWithFiftyDigits) {
  GoldenInputs inputs(2);
  int cases = 0;
  for (const auto& row :
       ReadGoldenCsv("metrics/interval/testdata/student_t_golden.csv")) {
    SCOPED_TRACE(testing::PrintToString(row));
    const double few = static_cast<double>(inputs.Integer(1, 30));
    const double many = static_cast<double>(inputs.Integer(31, 3000));
    const double fraction = 0.25 + 10.0 * inputs.Uniform();
    const double freedom = cases % 3 == 0   ? few
                           : cases % 3 == 1 ? many
                                            : fraction;
    const double uniform = inputs.Uniform();
    const double t = std::ldexp(2.0 * uniform - 1.0,
                                static_cast<int>(inputs.Integer(-10, 6)));
    const double tail = inputs.Uniform();
    const double p = std::ldexp(tail, -static_cast<int>(inputs.Integer(1, 60)));
    EXPECT_LT(
        GoldenError(StudentTSurvival(t, freedom), GoldenNumber(row[0]), 0.0),
        1e-12)
        << t << " " << freedom;
    EXPECT_EQ(StudentTCdf(-t, freedom), StudentTSurvival(t, freedom));
    EXPECT_LT(
        GoldenError(StudentTQuantile(p, freedom), GoldenNumber(row[1]), 0.0),
        1e-12)
        << p << " " << freedom;
    ++cases;
  }
  EXPECT_EQ(cases, 1000);
}

// One degree of freedom: P(T > t) = 1/2 - arctan(t) / pi.
TEST(StudentTTest, OneDegreeOfFreedomIsCauchy) {
  for (const double t : {1e-12, 0.1, 1.0, 7.0, 1e8, 1e150}) {
    EXPECT_LT(
        GoldenError(StudentTSurvival(t, 1.0), std::atan2(1.0, t) / M_PI, 0.0),
        1e-12);
    EXPECT_LT(
        GoldenError(StudentTQuantile(std::atan2(1.0, t) / M_PI, 1.0), -t, 1e-3),
        1e-12);
  }
}

TEST(StudentTTest, ManyDegreesOfFreedomAreNearlyNormal) {
  // The first term of the difference is (t^3 + t) / (4 n) times the density.
  const double t = 2.0;
  const double density = std::exp(-2.0) / std::sqrt(2.0 * M_PI);
  for (const double freedom : {1e6, 1e9, 1e12}) {
    const double excess = StudentTSurvival(t, freedom) - NormalSurvival(t);
    EXPECT_NEAR(excess, 10.0 / (4.0 * freedom) * density,
                2.0 / freedom / freedom + 1e-15);
  }
  EXPECT_EQ(StudentTSurvival(t, kInfinity), NormalSurvival(t));
  EXPECT_EQ(StudentTQuantile(0.1, kInfinity), NormalQuantile(0.1));
}

TEST(StudentTTest, EndsAndNonsense) {
  EXPECT_EQ(StudentTSurvival(0.0, 3.0), 0.5);
  EXPECT_EQ(StudentTSurvival(kInfinity, 3.0), 0.0);
  EXPECT_EQ(StudentTCdf(kInfinity, 3.0), 1.0);
  EXPECT_EQ(StudentTQuantile(0.5, 3.0), 0.0);
  EXPECT_EQ(StudentTQuantile(0.0, 3.0), -kInfinity);
  EXPECT_EQ(StudentTQuantile(1.0, 3.0), kInfinity);
  EXPECT_EQ(StudentTQuantile(1e-300, 0.5), -kInfinity) << "about -1e599";
  EXPECT_TRUE(std::isnan(StudentTQuantile(0.5, 0.0)));
  EXPECT_TRUE(std::isnan(StudentTQuantile(1.5, 3.0)));
  EXPECT_TRUE(std::isnan(StudentTSurvival(1.0, kNan)));
  EXPECT_TRUE(std::isnan(StudentTSurvival(kNan, 3.0)));
}

}  // namespace
}  // namespace cxr::metrics
