// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/with_commas.h"

#include <gtest/gtest.h>

namespace cxr {
namespace {

TEST(WithCommasTest, CountsHaveGroupsOfThree) {
  EXPECT_EQ(WithCommas(0), "0");
  EXPECT_EQ(WithCommas(999), "999");
  EXPECT_EQ(WithCommas(1000), "1,000");
  EXPECT_EQ(WithCommas(22058112), "22,058,112");
}

}  // namespace
}  // namespace cxr
