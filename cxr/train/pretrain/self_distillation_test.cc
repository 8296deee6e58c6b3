// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/pretrain/self_distillation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "ATen/ops/zeros.h"
#include "ATen/ops/zeros_like.h"
#include "cxr/model/distillation/projection_head.h"
#include "cxr/model/random_weights.h"
#include "cxr/train/pretrain/pretrain_batch.h"

namespace cxr {
namespace {

constexpr int64_t kImages = 4;
constexpr int64_t kGroup = 2;
constexpr int64_t kPrototypes = 12;

DistillationNetwork Network(uint64_t seed) {
  const ProjectionHeadOptions head = {.input_width = 8,
                                      .layers = 2,
                                      .hidden_width = 6,
                                      .bottleneck_width = 4,
                                      .prototypes = kPrototypes};
  DistillationNetwork network(DistillationNetworkOptions{
      .backbone = {.width = 8, .depth = 1, .heads = 2, .position_grid = 2},
      .dino_head = head,
      .ibot_head = head});
  FillRandomWeights(*network->backbone,
                    {.seed = seed, .linear_std = 0.3, .position_std = 1});
  FillProjectionHead(*network->dino_head, seed);
  FillProjectionHead(*network->ibot_head, seed + 1);
  return network;
}

// Images first .. last - 1 of a batch of kImages; both are ends of groups.
PretrainBatch Batch(int64_t first = 0, int64_t last = kImages) {
  std::vector<std::vector<GrayImage>> views;
  std::vector<std::vector<BlockMask>> masks;
  for (int64_t i = first; i < last; ++i) {
    auto& of_image = views.emplace_back();
    for (int view = 0; view < 3; ++view) {
      const int side = view < 2 ? 28 : 14;
      GrayImage image = {.width = side, .height = side};
      for (int p = 0; p < side * side; ++p) {
        image.pixels.push_back(
            static_cast<uint8_t>((p * (3 + i) + 37 * view + 11 * i) % 256));
      }
      of_image.push_back(std::move(image));
    }
    if (i % kGroup == 0) {
      masks.push_back({{1, 0, 0, 1}, {0, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 0, 0}});
    }
  }
  return MakePretrainBatch(views, masks,
                           {.group_images = kGroup,
                            .local_count = 1,
                            .mean = {0.5F, 0.5F, 0.5F},
                            .std = {0.25F, 0.25F, 0.25F}});
}

DistillationCenters Centers() {
  return {.dino = at::zeros({kPrototypes}), .ibot = at::zeros({kPrototypes})};
}

SelfDistillationOptions Options() { return {.global_images = kImages}; }

std::vector<at::Tensor> GradientsOf(DistillationNetworkImpl& network) {
  std::vector<at::Tensor> gradients;
  for (const at::Tensor& parameter : network.parameters()) {
    gradients.push_back(parameter.grad().defined() ? parameter.grad().clone()
                                                   : at::zeros_like(parameter));
  }
  return gradients;
}

// Two processes that have half of a batch each add up to one that has all,
// where nothing but sums passes between them.
TEST(SelfDistillationTest, HalvesAddUpToTheWhole) {
  DistillationNetwork teacher = Network(1);
  DistillationNetwork whole = Network(2);
  DistillationCenters centers = Centers();
  const DistillationLosses all =
      ComputeLosses(*whole, *teacher, Batch(), 0.05, Options(), centers);
  all.total.backward();

  DistillationNetwork halves = Network(2);
  double total = 0;
  for (const int64_t first : {int64_t{0}, kGroup}) {
    DistillationCenters mine = Centers();
    const DistillationLosses half = ComputeLosses(
        *halves, *teacher, Batch(first, first + kGroup), 0.05, Options(), mine);
    half.total.backward();
    total += half.total.item<double>();
  }
  EXPECT_NEAR(total, all.total.item<double>(), 1e-5);
  const std::vector<at::Tensor> expected = GradientsOf(*whole);
  const std::vector<at::Tensor> found = GradientsOf(*halves);
  for (size_t i = 0; i < found.size(); ++i) {
    // To the rounding of float32: gradients of KoLeo are large where tokens are
    // close.
    const double largest = expected[i].abs().max().item<double>();
    EXPECT_LT((found[i] - expected[i]).abs().max().item<double>(),
              1e-5 * std::max(1.0, largest))
        << i;
  }
}

TEST(SelfDistillationTest, CentersMoveTowardsTheMeanOfAllProcesses) {
  DistillationNetwork teacher = Network(1);
  DistillationNetwork student = Network(2);
  DistillationCenters alone = Centers();
  ComputeLosses(*student, *teacher, Batch(), 0.05, Options(), alone);
  EXPECT_GT(alone.dino.abs().max().item<double>(), 0);

  // What the first half would get from the second, added by hand: their
  // reduced tensors are met in the order of the calls.
  std::vector<at::Tensor> of_second;
  const SumOverProcesses keep = [&](at::Tensor& tensor) {
    of_second.push_back(tensor.clone());
  };
  DistillationCenters unused = Centers();
  ComputeLosses(*student, *teacher, Batch(kGroup, kImages), 0.05, Options(),
                unused, keep);
  size_t next = 0;
  const SumOverProcesses add = [&](at::Tensor& tensor) {
    tensor.add_(of_second.at(next++));
  };
  DistillationCenters shared = Centers();
  ComputeLosses(*student, *teacher, Batch(0, kGroup), 0.05, Options(), shared,
                add);
  EXPECT_EQ(next, of_second.size());
  EXPECT_LT((shared.dino - alone.dino).abs().max().item<double>(), 1e-6);
  EXPECT_LT((shared.ibot - alone.ibot).abs().max().item<double>(), 1e-6);
}

TEST(SelfDistillationTest, TheTeacherLearnsNothing) {
  DistillationNetwork teacher = Network(1);
  DistillationNetwork student = Network(2);
  DistillationCenters centers = Centers();
  ComputeLosses(*student, *teacher, Batch(), 0.05, Options(), centers)
      .total.backward();
  for (const at::Tensor& parameter : teacher->parameters()) {
    EXPECT_FALSE(parameter.grad().defined());
  }
}

TEST(SelfDistillationTest, EntropiesLieBetweenNothingAndLogK) {
  DistillationNetwork teacher = Network(1);
  DistillationNetwork student = Network(2);
  DistillationCenters centers = Centers();
  const DistillationLosses losses =
      ComputeLosses(*student, *teacher, Batch(), 0.05, Options(), centers);
  const double most = std::log(static_cast<double>(kPrototypes));
  for (const at::Tensor& entropy :
       {losses.teacher_entropy, losses.student_entropy}) {
    EXPECT_GT(entropy.item<double>(), 0);
    EXPECT_LT(entropy.item<double>(), most);
  }
  EXPECT_GT(losses.teacher_information.item<double>(), 0);
}

// Equal images get equal answers, which tell nothing.
TEST(SelfDistillationTest, AnswersToEqualImagesHoldNoInformation) {
  DistillationNetwork teacher = Network(1);
  DistillationNetwork student = Network(2);
  DistillationCenters centers = Centers();
  PretrainBatch batch = Batch();
  batch.global_crops =
      batch.global_crops.narrow(0, 0, 1).expand_as(batch.global_crops);
  const DistillationLosses losses =
      ComputeLosses(*student, *teacher, batch, 0.05, Options(), centers);
  EXPECT_NEAR(losses.teacher_information.item<double>(), 0, 1e-6);
}

TEST(SelfDistillationTest, Bfloat16IsClose) {
  DistillationNetwork teacher = Network(1);
  DistillationNetwork student = Network(2);
  DistillationCenters centers = Centers();
  const double exact =
      ComputeLosses(*student, *teacher, Batch(), 0.05, Options(), centers)
          .total.item<double>();
  SelfDistillationOptions options = Options();
  options.compute_type = at::kBFloat16;
  DistillationCenters fresh = Centers();
  const double close =
      ComputeLosses(*student, *teacher, Batch(), 0.05, options, fresh)
          .total.item<double>();
  EXPECT_NE(close, exact);
  EXPECT_NEAR(close, exact, 0.05 * std::abs(exact));
}

}  // namespace
}  // namespace cxr
