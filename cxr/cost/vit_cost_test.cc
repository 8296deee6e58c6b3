// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/cost/vit_cost.h"

#include <gtest/gtest.h>

#include <utility>

#include "cxr/spec/testing.h"

namespace cxr {
namespace {

spec::VitSpec Small() {
  return ParseSpec<spec::VitSpec>(
      "layout: DINOV2 width: 384 depth: 12 heads: 6 mlp_ratio: 4 "
      "patch_size_pixels: 14 position_grid: 37 registers: 4");
}

spec::VitSpec Base() {
  spec::VitSpec vit = Small();
  vit.set_width(768);
  vit.set_heads(12);
  return vit;
}

// Paper section 3 prints three decimals of 1e9 multiply-adds.
void ExpectGiga(const Ledger& ledger, double linear, double attention,
                double patches) {
  constexpr double kRounding = 0.0005;
  EXPECT_NEAR(ledger.MultiplyAddsOf(kLinear) / 1e9, linear, kRounding);
  EXPECT_NEAR(ledger.MultiplyAddsOf(kAttention) / 1e9, attention, kRounding);
  EXPECT_NEAR(ledger.MultiplyAddsOf(kPatchEmbedding) / 1e9, patches, kRounding);
}

TEST(VitCostTest, TokensArePatchesClassAndRegisters) {
  EXPECT_EQ(TokensOf(Small(), 518, 4), 37 * 37 + 5);
  EXPECT_EQ(TokensOf(Small(), 98, 4), 54);
  EXPECT_EQ(TokensOf(Small(), 518, 0), 1370);
  EXPECT_EQ(PatchesOf(spec::VitSpec(), 518), 0);
}

TEST(VitCostTest, ForwardIsThePapersTable) {
  ExpectGiga(VitForward(Small(), 518, 4), 29.175, 17.399, 0.309);
  // The table prints 116.704, not four times S; its sums, below, do agree.
  ExpectGiga(VitForward(Base(), 518, 4), 4 * 29.17505, 34.797, 0.618);
  // RAD-DINO has no registers.
  ExpectGiga(VitForward(Base(), 518, 0), 116.360, 34.595, 0.618);
  EXPECT_NEAR(VitForward(Small(), 518, 4).Flops() / 1e9, 93.77, 0.005);
  const Ledger base = VitForward(Base(), 518, 4);
  EXPECT_NEAR(base.Flops() / 1e9, 304.23, 0.005);
  EXPECT_NEAR(base.Flops() / 1e9 - 2 * base.MultiplyAddsOf(kAttention) / 1e9,
              234.64, 0.005);
}

TEST(VitCostTest, ForwardIsTheClosedFormOfATinyOne) {
  const spec::VitSpec tiny = ParseSpec<spec::VitSpec>(
      "width: 2 depth: 3 mlp_ratio: 1 patch_size_pixels: 2");
  const Ledger ledger = VitForward(tiny, 4, 1);  // 4 patches, 6 tokens.
  EXPECT_EQ(ledger.MultiplyAddsOf(kPatchEmbedding), 4 * 12 * 2);
  EXPECT_EQ(ledger.MultiplyAddsOf(kLinear), 3 * 6 * 6 * 4);
  EXPECT_EQ(ledger.MultiplyAddsOf(kAttention), 3 * 2 * 36 * 2);
}

TEST(VitCostTest, FineTuningIsPerformancesTable) {
  // Performance section 2, "finetune step S / B": 298 and 946 GFLOP, there with
  // an attention whose backward pass costs 2.5 forwards instead of 2.
  for (const auto& [vit, giga] : {std::pair(Small(), 298), {Base(), 946}}) {
    Ledger step = VitForward(vit, 518, 4);
    step.Append(Backward(step, kBackward));
    const double recomputed = step.MultiplyAddsOf(kAttention) / 3 * 0.5;
    EXPECT_NEAR((step.Flops() + 2 * recomputed) / 1e9, giga, 0.5);
  }
}

TEST(VitCostTest, ParametersAreThoseOfTheCheckpoints) {
  // cxr/model/vit.h, which loads Meta's files.
  EXPECT_EQ(VitParameters(Small()), 22058112);
  EXPECT_EQ(VitParameters(Base()), 86583552);
}

TEST(VitCostTest, ARegisterIsOneVector) {
  spec::VitSpec none = Base();
  none.set_registers(0);
  EXPECT_EQ(VitParameters(Base()) - VitParameters(none), 4 * 768);
}

TEST(VitCostTest, LayoutsDifferInSmallThings) {
  // Without LayerScale and the token of masked patches.
  spec::VitSpec vit = Base();
  vit.set_layout(spec::TIMM);
  EXPECT_EQ(VitParameters(Base()) - VitParameters(vit), (12 * 2 + 1) * 768);
  // One norm more, a patch bias less than timm's.
  const int64_t timm = VitParameters(vit);
  vit.set_layout(spec::OPENAI_CLIP);
  EXPECT_EQ(VitParameters(vit) - timm, 768);
}

}  // namespace
}  // namespace cxr
