// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/smooth_step.h"

#include <gtest/gtest.h>

namespace cxr::synth {
namespace {

TEST(SmoothStepTest, IsFlatAtItsEndsAndHalfInTheMiddle) {
  EXPECT_EQ(SmoothStep(-0.1), 0.0);
  EXPECT_EQ(SmoothStep(0.5), 0.5);
  EXPECT_EQ(SmoothStep(1.1), 1.0);
  EXPECT_LT(SmoothStep(0.01), 0.001);
}

TEST(SmoothStepTest, GoesFromOneValueToAnotherEvenDownwards) {
  EXPECT_EQ(SmoothStep(2.0, 2.0, 4.0), 0.0);
  EXPECT_EQ(SmoothStep(2.5, 2.0, 4.0), SmoothStep(0.25));
  EXPECT_EQ(SmoothStep(5.0, 2.0, 4.0), 1.0);
  EXPECT_EQ(SmoothStep(2.5, 4.0, 2.0), SmoothStep(0.75));
}

}  // namespace
}  // namespace cxr::synth
