// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/cost/pretrain_cost.h"

#include <gtest/gtest.h>

#include <limits>

#include "cxr/cost/vit_cost.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

spec::VitSpec Backbone(int width) {
  spec::VitSpec vit = ParseSpec<spec::VitSpec>(
      "layout: DINOV2 depth: 12 mlp_ratio: 4 patch_size_pixels: 14 "
      "position_grid: 37 registers: 4");
  vit.set_width(width);
  return vit;
}

spec::VitSpec Small() { return Backbone(384); }
spec::VitSpec Base() { return Backbone(768); }

// The paper's (sections 2.3 to 2.7), with K prototypes.
spec::PretrainSpec Paper(int prototypes) {
  spec::PretrainSpec pretrain = ParseSpec<spec::PretrainSpec>(R"(
      crops { global_size_pixels: 518 local_size_pixels: 98 local_count: 8 }
      masking { masked_crops_fraction: 0.5 ratio_min: 0.1 ratio_max: 0.5 }
      heads {
        dino { layers: 3 hidden_width: 2048 bottleneck_width: 384 }
        separate { layers: 3 hidden_width: 2048 bottleneck_width: 256 }
      }
      batch { global_images: 1024 group_images: 64 accumulated_batches: 1 }
      schedule { epochs: 100 steps_per_epoch: 611 stop_after_steps: 60000 })");
  pretrain.mutable_heads()->mutable_dino()->set_prototypes(prototypes);
  pretrain.mutable_heads()->mutable_separate()->set_prototypes(prototypes);
  return pretrain;
}

// What performance section 2 counts: iBOT's bottleneck as wide as DINO's.
spec::PretrainSpec Prototype(int prototypes) {
  spec::PretrainSpec pretrain = Paper(prototypes);
  pretrain.mutable_heads()->mutable_separate()->set_bottleneck_width(384);
  return pretrain;
}

constexpr int kFew = 16384;
constexpr int kMany = 131072;

double GigaFlops(const spec::VitSpec& vit, const spec::PretrainSpec& pretrain) {
  return PretrainImage(vit, pretrain).Flops() / 1e9;
}

TEST(PretrainCostTest, MaskedPatchesAreThoseOfPerformancesTable) {
  // Performance section 2: mean 26,251 a group of 64 images.
  EXPECT_DOUBLE_EQ(MaskedPatches(Small(), Paper(kFew)) * 64, 26251);
  // Without rounding down it is 2 crops x 1369 x half of them x mean ratio.
  EXPECT_NEAR(MaskedPatches(Small(), Paper(kFew)), 2 * 1369 * 0.5 * 0.3, 1);
}

TEST(PretrainCostTest, MaskedPatchesAreZeroWithoutMasks) {
  spec::PretrainSpec pretrain = Paper(kFew);
  pretrain.mutable_masking()->set_masked_crops_fraction(0);
  EXPECT_EQ(MaskedPatches(Small(), pretrain), 0);
  EXPECT_EQ(MaskedPatches(Small(), spec::PretrainSpec()), 0);
}

TEST(PretrainCostTest, MaskedPatchesOfATinyGroupByHand) {
  spec::PretrainSpec pretrain = Paper(kFew);
  pretrain.mutable_crops()->set_global_size_pixels(56);  // 16 patches.
  pretrain.mutable_batch()->set_group_images(2);         // 2 of 4 crops.
  // Ratios 0.2 and 0.4: floor(3.2) + floor(6.4), over 2 images.
  EXPECT_EQ(MaskedPatches(Small(), pretrain), (3 + 6) / 2.0);
}

TEST(PretrainCostTest, FlopsAreThoseOfPerformancesTable) {
  // Its brackets, model FLOPs; rounded to 1 GFLOP there.
  EXPECT_NEAR(GigaFlops(Small(), Prototype(kFew)), 846, 0.6);
  EXPECT_NEAR(GigaFlops(Small(), Prototype(kMany)), 993, 0.6);
  EXPECT_NEAR(GigaFlops(Base(), Prototype(kFew)), 2698, 0.6);
  EXPECT_NEAR(GigaFlops(Base(), Prototype(kMany)), 2845, 0.6);
}

TEST(PretrainCostTest, ComponentsAreThoseOfPerformancesTable) {
  const Ledger image = PretrainImage(Small(), Prototype(kMany));
  const auto giga = [&](absl::string_view component) {
    return 2 * image.MultiplyAddsOf(component) / 1e9;
  };
  EXPECT_NEAR(giga(kLinear), 135.0 + 270.1 + 116.7, 0.15);
  EXPECT_NEAR(giga(kAttention), 3 * 70.0 + 69.6, 0.15);
  EXPECT_NEAR(giga(kHead), 19.3, 0.05);
  EXPECT_NEAR(giga(kPrototypes), 168.4, 0.05);
  EXPECT_NEAR(giga(kPatchEmbedding), 4.0, 0.1);
}

TEST(PretrainCostTest, ANarrowerBottleneckSavesOnMaskedPatches) {
  // The paper's iBOT head has a bottleneck of 256, not 384: 128 columns less of
  // 2048 + K products, for each masked patch 3 times in the student (forward
  // and backward) and once in the teacher. 7.7 GFLOP of 846 with K = 16384,
  // 55.9 of 993 with K = 131072.
  for (const int prototypes : {kFew, kMany}) {
    const double saved =
        2 * 128.0 * (2048 + prototypes) * 4 * (26251 / 64.0) / 1e9;
    EXPECT_NEAR(GigaFlops(Small(), Prototype(prototypes)) -
                    GigaFlops(Small(), Paper(prototypes)),
                saved, 1e-6);
  }
}

TEST(PretrainCostTest, AllImagesCostWhatThePaperSectionSays) {
  // Paper section 3, "full": 51.6 and 171.6 ExaFLOP. It counts the backward
  // pass of the patch embedding twice (0.2%) and masks a patch more.
  const spec::PretrainSpec few = Paper(kFew);
  EXPECT_EQ(PretrainImages(few), 61440000);
  EXPECT_NEAR(GigaFlops(Small(), few) * 61.44e6 / 1e9, 51.6, 0.15);
  EXPECT_NEAR(GigaFlops(Base(), Paper(kMany)) * 61.44e6 / 1e9, 171.6, 0.3);
}

TEST(PretrainCostTest, ASharedHeadCostsWhatAnEqualSecondOneDoes) {
  spec::PretrainSpec shared = Prototype(kFew);
  shared.mutable_heads()->mutable_shared();
  EXPECT_EQ(GigaFlops(Small(), shared), GigaFlops(Small(), Prototype(kFew)));
  EXPECT_EQ(
      CheckpointBytes(Small(), Prototype(kFew)) -
          CheckpointBytes(Small(), shared),
      16 * ProjectionHeadParameters(384, Prototype(kFew).heads().separate()));
}

TEST(PretrainCostTest, StudentAndTeacherAreOneNetwork) {
  spec::PretrainSpec pretrain = Paper(kFew);
  pretrain.mutable_crops()->set_local_count(0);
  const Ledger image = PretrainImage(Small(), pretrain);
  Ledger student;
  Ledger teacher;
  for (const LedgerLine& line : image.lines) {
    if (line.pass == kStudentForward) {
      student.Add("", line.component, line.multiply_adds);
    } else if (line.pass == kTeacherForward) {
      teacher.Add("", line.component, line.multiply_adds);
    }
  }
  EXPECT_EQ(student.MultiplyAdds(), teacher.MultiplyAdds());
  EXPECT_EQ(
      image.MultiplyAdds(),
      4 * teacher.MultiplyAdds() -
          VitForward(Small(), 518, 4).MultiplyAddsOf(kPatchEmbedding) * 2);
}

TEST(PretrainCostTest, ImagesAreStepsTimesBatches) {
  spec::PretrainSpec pretrain = Paper(kFew);
  pretrain.mutable_schedule()->set_stop_after_steps(0);
  EXPECT_EQ(PretrainSteps(pretrain.schedule()), 61100);
  EXPECT_EQ(PretrainImages(pretrain), 61100 * 1024);
  pretrain.mutable_batch()->set_accumulated_batches(3);
  EXPECT_EQ(PretrainImages(pretrain), 3 * 61100 * 1024);
}

TEST(PretrainCostTest, TheLargestNumbersDoNotOverflow) {
  spec::PretrainSpec pretrain = Paper(16777216);
  pretrain.mutable_schedule()->set_stop_after_steps(0);
  pretrain.mutable_schedule()->set_epochs(1000000);
  pretrain.mutable_schedule()->set_steps_per_epoch(10000000);
  pretrain.mutable_batch()->set_accumulated_batches(65536);
  EXPECT_EQ(PretrainImages(pretrain), std::numeric_limits<int64_t>::max());
}

TEST(PretrainCostTest, HeadsAreAsLargeAsThePaperSectionSays) {
  // Paper section 2.5, in millions: dino S and B, then ibot S and B.
  const auto millions = [](int width, const spec::ProjectionHeadSpec& head) {
    return ProjectionHeadParameters(width, head) / 1e6;
  };
  const spec::PretrainSpec few = Paper(kFew);
  EXPECT_NEAR(millions(384, few.heads().dino()), 12.1, 0.05);
  EXPECT_NEAR(millions(768, few.heads().dino()), 12.9, 0.05);
  EXPECT_NEAR(millions(384, few.heads().separate()), 9.7, 0.05);
  EXPECT_NEAR(millions(768, few.heads().separate()), 10.5, 0.05);
  const spec::PretrainSpec many = Paper(kMany);
  EXPECT_NEAR(millions(384, many.heads().dino()), 56.2, 0.05);
  EXPECT_NEAR(millions(768, many.heads().separate()), 40.0, 0.05);
}

TEST(PretrainCostTest, AHeadOfOneLayerByHand) {
  const auto head = ParseSpec<spec::ProjectionHeadSpec>(
      "layers: 1 hidden_width: 99 bottleneck_width: 5 prototypes: 7");
  // 3 x 5 weights, 5 biases, 5 x 7 prototypes, 7 lengths.
  EXPECT_EQ(ProjectionHeadParameters(3, head), 15 + 5 + 35 + 7);
}

TEST(PretrainCostTest, ACheckpointIsFourNetworks) {
  const spec::PretrainSpec pretrain = Paper(kFew);
  const int64_t parameters =
      22058112 + ProjectionHeadParameters(384, pretrain.heads().dino()) +
      ProjectionHeadParameters(384, pretrain.heads().separate());
  EXPECT_EQ(TeacherBytes(Small(), pretrain), 4 * parameters);
  EXPECT_EQ(CheckpointBytes(Small(), pretrain), 16 * parameters);
}

}  // namespace
}  // namespace cxr
