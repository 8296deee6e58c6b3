// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/patient/finding_rates.h"

#include <gtest/gtest.h>

#include <string>

namespace cxr::synth {
namespace {

double ChanceWith(Finding finding, Cause cause) {
  const FindingRates& rates = RatesOf(finding);
  for (const CausedRate& caused : rates.causes) {
    if (caused.cause != Cause::kNone && caused.cause == cause) {
      return caused.chance;
    }
  }
  return rates.background;
}

// Of one of the two at least.
double ChanceOfEither(Finding a, Finding b, Cause cause) {
  return 1.0 - (1.0 - ChanceWith(a, cause)) * (1.0 - ChanceWith(b, cause));
}

TEST(FindingRatesTest, RowsStandInTheOrderOfFindings) {
  for (int i = 0; i < kFindings; ++i) {
    EXPECT_EQ(RatesOf(FindingAt(i)).finding, FindingAt(i))
        << FindingName(FindingAt(i));
  }
}

TEST(FindingRatesTest, ChancesAreChances) {
  for (int i = 0; i < kFindings; ++i) {
    const FindingRates& rates = RatesOf(FindingAt(i));
    SCOPED_TRACE(std::string(FindingName(FindingAt(i))));
    EXPECT_GE(rates.background, 0.0);
    EXPECT_LE(rates.background + rates.aging, 1.0);
    EXPECT_GE(rates.aging, 0.0);
    for (const CausedRate& caused : rates.causes) {
      if (caused.cause == Cause::kNone) continue;
      EXPECT_GT(caused.chance, rates.background);
      EXPECT_LE(caused.chance + rates.aging, 1.0);
    }
  }
}

// The prototype's lesion and fracture.
TEST(FindingRatesTest, PairsTogetherHaveTheRateOfWhatTheyMakeUp) {
  EXPECT_NEAR(ChanceOfEither(Finding::kNodule, Finding::kMass, Cause::kTumor),
              0.8, 1e-12);
  EXPECT_NEAR(ChanceOfEither(Finding::kNodule, Finding::kMass, Cause::kNone),
              0.04, 1e-12);
  EXPECT_NEAR(ChanceOfEither(Finding::kRibFracture, Finding::kClavicleFracture,
                             Cause::kTrauma),
              0.6, 1e-12);
  EXPECT_NEAR(ChanceOfEither(Finding::kRibFracture, Finding::kClavicleFracture,
                             Cause::kNone),
              0.03, 1e-12);
}

// A patient's chronic finding must not come and go with an acute illness.
TEST(FindingRatesTest, NoAcuteCauseHasAChronicEffect) {
  for (int i = 0; i < kFindings; ++i) {
    const FindingRates& rates = RatesOf(FindingAt(i));
    if (!rates.chronic) continue;
    for (const CausedRate& caused : rates.causes) {
      EXPECT_NE(caused.cause, Cause::kPneumonia) << i;
      EXPECT_NE(caused.cause, Cause::kTrauma) << i;
      EXPECT_NE(caused.cause, Cause::kIntensiveCare) << i;
    }
  }
}

}  // namespace
}  // namespace cxr::synth
