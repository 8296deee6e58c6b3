// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/counting.h"

#include <gtest/gtest.h>

namespace cxr {
namespace {

TEST(CountingTest, TheMostFrequentComesFirst) {
  const auto found = FoundCounts({{"a", 1}, {"b", 3}, {"c", 1}});
  ASSERT_EQ(found.size(), 3);
  EXPECT_EQ(found[0].name(), "b");
  EXPECT_EQ(found[0].count(), 3);
  EXPECT_EQ(found[1].name(), "a");
  EXPECT_EQ(found[2].name(), "c");
}

TEST(CountingTest, RangesHaveAMiddle) {
  const spec::FoundRange odd = RangeOf({5, 1, 9});
  EXPECT_EQ(odd.smallest(), 1);
  EXPECT_EQ(odd.median(), 5);
  EXPECT_EQ(odd.largest(), 9);
  EXPECT_EQ(RangeOf({4, 1, 3, 2}).median(), 2);
  EXPECT_EQ(RangeOf({7}).median(), 7);
}

}  // namespace
}  // namespace cxr
