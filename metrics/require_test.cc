// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/require.h"

#include "gtest/gtest.h"

namespace cxr::metrics {
namespace {

TEST(RequireDeathTest, EndsTheProgramWithTheTextOnlyIfBroken) {
  Require(true, "never printed");
  EXPECT_DEATH(Require(false, "one count per example"),
               "contract broken: one count per example");
}

}  // namespace
}  // namespace cxr::metrics
