// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/parameter_store.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "ATen/ops/arange.h"
#include "ATen/ops/equal.h"
#include "ATen/ops/full.h"
#include "ATen/ops/ones.h"
#include "ATen/ops/tensor.h"
#include "ATen/ops/zeros.h"
#include "c10/util/Exception.h"
#include "cxr/model/testing.h"

namespace cxr {
namespace {

const TrainingRule kPlain = {.clip_unit = "backbone"};
const TrainingRule kNoDecay = {.weight_decay_factor = 0,
                               .clip_unit = "backbone"};
const TrainingRule kHead = {.clip_unit = "head"};

at::Tensor Counting(at::IntArrayRef shape, double from) {
  int64_t count = 1;
  for (const int64_t size : shape) count *= size;
  return at::arange(from, from + static_cast<double>(count)).view(shape);
}

// Two blocks, the second parameter of which stands between those of the first.
std::vector<NamedParameter> Layered() {
  return {{"weight", Counting({2, 3}, 0).requires_grad_(), kPlain},
          {"bias", Counting({2}, 100).requires_grad_(), kNoDecay},
          {"weight2", Counting({1, 2}, 6).requires_grad_(), kPlain}};
}

TEST(ParameterStoreTest, PutsParametersOfARuleSideBySide) {
  const ParameterStore store(Layered(), /*gradients=*/true);
  ASSERT_EQ(store.blocks().size(), 2u);
  const ParameterBlock& first = store.blocks()[0];
  EXPECT_EQ(first.rule, kPlain);
  EXPECT_EQ(first.names, (std::vector<std::string>{"weight", "weight2"}));
  EXPECT_EQ(first.offsets, (std::vector<int64_t>{0, 6, 8}));
  EXPECT_TRUE(at::equal(first.values, Counting({8}, 0)));
  EXPECT_TRUE(at::equal(first.gradients, at::zeros({8})));
  EXPECT_EQ(store.blocks()[1].rule, kNoDecay);
  EXPECT_TRUE(at::equal(store.blocks()[1].values, Counting({2}, 100)));
  EXPECT_EQ(store.numel(), 10);
}

TEST(ParameterStoreTest, ParametersStayThemselvesAndSeeTheirBlock) {
  const std::vector<NamedParameter> parameters = Layered();
  const at::Tensor alias = parameters[2].tensor;
  ParameterStore store(parameters, /*gradients=*/true);
  EXPECT_TRUE(alias.requires_grad() && alias.is_leaf());
  EXPECT_TRUE(at::equal(alias, Counting({1, 2}, 6)));
  store.blocks()[0].values.narrow(0, 6, 2).fill_(-1);
  EXPECT_TRUE(at::equal(alias, at::full({1, 2}, -1.0)));
}

// Twice with a loss of its own, without setting gradients to zero between.
TEST(ParameterStoreTest, AutogradAddsToTheBlocksInPlace) {
  const std::vector<NamedParameter> parameters = Layered();
  const ParameterStore store(parameters, /*gradients=*/true);
  const at::Tensor& weight = parameters[0].tensor;
  const at::Tensor& weight2 = parameters[2].tensor;
  const void* const memory = weight2.grad().const_data_ptr();
  for (int pass = 0; pass < 2; ++pass) {
    (weight.sum() * 3 + weight2.matmul(weight).square().sum()).backward();
  }
  const at::Tensor& gradients = store.blocks()[0].gradients;
  EXPECT_EQ(weight2.grad().const_data_ptr(), memory);
  EXPECT_EQ(memory, gradients.narrow(0, 6, 2).const_data_ptr());
  // d/dw2 |w2 w|^2 = 2 w2 w w^T with w2 w = (21, 34, 47).
  EXPECT_TRUE(at::equal(gradients.narrow(0, 6, 2),
                        at::tensor({512., 1736.}, at::kFloat)));
  EXPECT_TRUE(at::equal(weight.grad().flatten(), gradients.narrow(0, 0, 6)));
  EXPECT_EQ(gradients[0].item<double>(), 2 * (3 + 2 * 6 * 21));
  EXPECT_TRUE(at::equal(store.blocks()[1].gradients, at::zeros({2})));
}

TEST(ParameterStoreTest, ZeroGradientsLeavesThemInPlace) {
  const std::vector<NamedParameter> parameters = Layered();
  ParameterStore store(parameters, /*gradients=*/true);
  parameters[0].tensor.sum().backward();
  EXPECT_EQ(store.blocks()[0].gradients.sum().item<double>(), 6);
  store.ZeroGradients();
  EXPECT_TRUE(at::equal(parameters[0].tensor.grad(), at::zeros({2, 3})));
  parameters[0].tensor.sum().backward();
  EXPECT_EQ(store.blocks()[0].gradients.sum().item<double>(), 6);
}

TEST(ParameterStoreTest, WithoutGradientsThereAreNone) {
  const std::vector<NamedParameter> parameters = Layered();
  ParameterStore store(parameters, /*gradients=*/false);
  store.ZeroGradients();
  EXPECT_FALSE(store.blocks()[0].gradients.defined());
  EXPECT_FALSE(parameters[0].tensor.grad().defined());
  EXPECT_THROW(ClipGradients(store, 1), c10::Error);
}

TEST(ParameterStoreTest, RejectsWhatItCannotMove) {
  const auto make = [](std::vector<NamedParameter> parameters) {
    return ParameterStore(parameters, /*gradients=*/false);
  };
  const at::Tensor one = at::ones({2, 3});
  EXPECT_THROW(make({}), c10::Error);
  EXPECT_THROW(make({{"transposed", one.t()}}), c10::Error);
  EXPECT_THROW(make({{"twice", one}, {"again", one}}), c10::Error);
  EXPECT_THROW(make({{"brain", one.to(at::kBFloat16)}}), c10::Error);
  EXPECT_THROW(make({{"float", one}, {"double", one.to(at::kDouble)}}),
               c10::Error);
}

// Backbone gradients (3, 4) and (12) in two blocks: norm 13; head: norm 2.
ParameterStore StoreToClip() {
  ParameterStore store({{"weight", at::zeros({2}), kPlain},
                        {"head", at::zeros({1}), kHead},
                        {"bias", at::zeros({1}), kNoDecay}},
                       /*gradients=*/true);
  store.blocks()[0].gradients.copy_(at::tensor({3., 4.}));
  store.blocks()[1].gradients.fill_(-2);
  store.blocks()[2].gradients.fill_(12);
  return store;
}

TEST(ClipGradientsTest, ClipsEachUnitByItself) {
  ParameterStore store = StoreToClip();
  const std::vector<UnitNorm> norms = ClipGradients(store, 6.5);
  ASSERT_EQ(norms.size(), 2u);
  EXPECT_EQ(norms[0].unit, "backbone");
  EXPECT_EQ(norms[0].norm.item<double>(), 13);
  EXPECT_EQ(norms[1].unit, "head");
  EXPECT_EQ(norms[1].norm.item<double>(), 2);
  EXPECT_LE(MaxAbsDifference(store.blocks()[0].gradients,
                             at::tensor({1.5, 2.}, at::kFloat)),
            1e-6);
  EXPECT_NEAR(store.blocks()[2].gradients.item<double>(), 6, 1e-6);
  EXPECT_EQ(store.blocks()[1].gradients.item<double>(), -2);
}

TEST(ClipGradientsTest, ZeroOnlyMeasures) {
  ParameterStore store = StoreToClip();
  EXPECT_EQ(ClipGradients(store, 0)[0].norm.item<double>(), 13);
  EXPECT_EQ(store.blocks()[2].gradients.item<double>(), 12);
  EXPECT_THROW(ClipGradients(store, -1), c10::Error);
}

TEST(ClipGradientsTest, NormOfMillionsIsRightToFloat) {
  const int64_t size = 5'000'001;
  ParameterStore store({{"weight", at::zeros({size}), kPlain}},
                       /*gradients=*/true);
  FillByFormula(store.blocks()[0].gradients, "gradient", 1, 0);
  const double expected =
      store.blocks()[0].gradients.to(at::kDouble).norm().item<double>();
  EXPECT_NEAR(ClipGradients(store, 0)[0].norm.item<double>() / expected, 1,
              2e-7);
}

TEST(ClipGradientsTest, NotANumberStaysVisible) {
  ParameterStore store = StoreToClip();
  store.blocks()[2].gradients.fill_(std::numeric_limits<float>::quiet_NaN());
  EXPECT_TRUE(std::isnan(ClipGradients(store, 1)[0].norm.item<double>()));
  EXPECT_TRUE(std::isnan(store.blocks()[0].gradients[0].item<double>()));
  EXPECT_FALSE(std::isnan(store.blocks()[1].gradients[0].item<double>()));
}

TEST(MoveAverageTest, MixesBlockByBlock) {
  const std::vector<NamedParameter> teacher = {
      {"a", at::full({3}, 2.0, at::kDouble), kPlain},
      {"b", at::full({2}, -1.0, at::kDouble), kHead}};
  ParameterStore average(teacher, /*gradients=*/false);
  const ParameterStore student({{"a", at::full({3}, 4.0, at::kDouble), kPlain},
                                {"b", at::full({2}, 9.0, at::kDouble), kHead}},
                               /*gradients=*/true);
  MoveAverage(average, student, 0.9);
  EXPECT_LE(
      MaxAbsDifference(teacher[0].tensor, at::full({3}, 2.2, at::kDouble)),
      1e-15);
  EXPECT_LE(
      MaxAbsDifference(teacher[1].tensor, at::full({2}, 0.0, at::kDouble)),
      1e-15);
  EXPECT_EQ(student.blocks()[1].values[0].item<double>(), 9);
}

TEST(MoveAverageTest, MomentumOneAndZero) {
  const ParameterStore student({{"a", at::ones({3}), kPlain}},
                               /*gradients=*/false);
  const std::vector<NamedParameter> teacher = {{"a", Counting({3}, 5), kPlain}};
  ParameterStore average(teacher, /*gradients=*/false);
  MoveAverage(average, student, 1);
  EXPECT_TRUE(at::equal(teacher[0].tensor, Counting({3}, 5)));
  MoveAverage(average, student, 0);
  EXPECT_TRUE(at::equal(teacher[0].tensor, at::ones({3})));
}

TEST(MoveAverageTest, RejectsAnotherLayout) {
  ParameterStore average({{"a", at::ones({3}), kPlain}}, /*gradients=*/false);
  EXPECT_THROW(MoveAverage(average,
                           ParameterStore({{"a", at::ones({4}), kPlain}},
                                          /*gradients=*/false),
                           0.5),
               c10::Error);
}

}  // namespace
}  // namespace cxr
