// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/cost/ledger.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace cxr {
namespace {

Ledger Forward() {
  Ledger ledger;
  ledger.Add(kForward, kPatchEmbedding, 3);
  ledger.Add(kForward, kLinear, 10);
  ledger.Add(kForward, kAttention, 7);
  return ledger;
}

TEST(LedgerTest, AMultiplyAddIsTwoOperations) {
  EXPECT_EQ(Forward().MultiplyAdds(), 20);
  EXPECT_EQ(Forward().Flops(), 40);
  EXPECT_EQ(Ledger().Flops(), 0);
}

TEST(LedgerTest, EqualPassAndComponentAreOneLine) {
  Ledger ledger = Forward();
  ledger.Append(Forward(), 4);
  ASSERT_EQ(ledger.lines.size(), 3u);
  EXPECT_EQ(ledger.MultiplyAdds(), 5 * Forward().MultiplyAdds());
  EXPECT_EQ(ledger.MultiplyAddsOf(kAttention), 35);
  ledger.Add(kBackward, kAttention, 1);
  EXPECT_EQ(ledger.lines.size(), 4u);
  EXPECT_EQ(ledger.MultiplyAddsOf(kAttention), 36);
}

TEST(LedgerTest, ALineCanBeLeftOut) {
  const Ledger all = Forward();
  EXPECT_EQ(all.MultiplyAdds() - all.MultiplyAddsOf(kAttention), 13);
  EXPECT_EQ(all.MultiplyAddsOf("prototypes"), 0);
}

TEST(LedgerTest, RenamingKeepsTheSum) {
  Ledger both = Forward();
  both.Append(Renamed(Forward(), kBackward));
  const Ledger renamed = Renamed(both, "student forward");
  EXPECT_EQ(renamed.lines.size(), 3u);
  EXPECT_EQ(renamed.lines[0].pass, "student forward");
  EXPECT_EQ(renamed.MultiplyAdds(), both.MultiplyAdds());
}

TEST(LedgerTest, BackwardIsTwiceForwardButForThePixels) {
  const Ledger backward = Backward(Forward(), "student backward");
  EXPECT_EQ(backward.MultiplyAdds(), 3 + 2 * 10 + 2 * 7);
  EXPECT_EQ(backward.lines[1].pass, "student backward");
}

TEST(WholeNumberTest, StaysWithinItsType) {
  EXPECT_EQ(WholeNumber(0.9), 0);
  EXPECT_EQ(WholeNumber(61.44e6), 61440000);
  EXPECT_EQ(WholeNumber(-5), 0);
  EXPECT_EQ(WholeNumber(1e30), std::numeric_limits<int64_t>::max());
  EXPECT_EQ(WholeNumber(std::nan("")), 0);
}

}  // namespace
}  // namespace cxr
