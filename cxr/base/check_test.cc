// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/check.h"

#include <gtest/gtest.h>

namespace cxr {
namespace {

TEST(CheckTest, PassesSilently) {
  int evaluations = 0;
  CXR_CHECK(++evaluations == 1) << "not streamed";
  EXPECT_EQ(evaluations, 1);
}

TEST(CheckDeathTest, EndsWithFileConditionAndText) {
  EXPECT_EXIT(CXR_CHECK(1 > 2) << "order " << 3, ::testing::ExitedWithCode(70),
              "check_test.cc:[0-9]+: check failed: 1 > 2 order 3");
}

}  // namespace
}  // namespace cxr
