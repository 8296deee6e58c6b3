// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/adamw.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "ATen/Parallel.h"
#include "ATen/ops/equal.h"
#include "ATen/ops/tensor.h"
#include "ATen/ops/zeros.h"
#include "absl/strings/str_cat.h"
#include "c10/util/Exception.h"
#include "cxr/model/golden_testing.h"
#include "cxr/model/testing.h"
#include "cxr/train/parameter_store.h"

namespace cxr {
namespace {

constexpr int kSteps = 20;
constexpr int kFrozenSteps = 6;
constexpr double kMaxNorm = 3;

at::Tensor Formula(const std::string& name, at::IntArrayRef shape, double scale,
                   at::ScalarType type) {
  at::Tensor values = at::zeros(shape);
  FillByFormula(values, name, scale, 0);
  return values.to(type);
}

// Those of testdata/make_adamw_golden.py.
std::vector<NamedParameter> Parameters(at::ScalarType type) {
  return {{.name = "weight",
           .tensor = Formula("weight", {5, 7}, 0.25, type),
           .rule = {.learning_rate_factor = 0.9, .clip_unit = "backbone"}},
          {.name = "norm",
           .tensor = Formula("norm", {7}, 0.25, type),
           .rule = {.learning_rate_factor = 0.9,
                    .weight_decay_factor = 0,
                    .clip_unit = "backbone"}},
          {.name = "last_layer",
           .tensor = Formula("last_layer", {9, 4}, 0.25, type),
           .rule = {.is_prototype = true, .clip_unit = "dino_head"}}};
}

AdamW::Rates RatesOf(int step) {
  const double rate = 0.01 * (step + 1) / kSteps;
  return {.learning_rate = rate,
          .prototype_learning_rate = step < kFrozenSteps ? 0 : rate,
          .weight_decay = 0.04 + 0.01 * step};
}

using Golden = std::map<std::string, at::Tensor>;

Golden LoadGolden() {
  return LoadNamedNumbers("cxr/train/testdata/adamw_golden.csv");
}

void ExpectNear(const at::Tensor& actual, const at::Tensor& expected,
                double tolerance, const std::string& name) {
  EXPECT_LE(MaxAbsDifference(actual.flatten().to(at::kDouble), expected),
            tolerance)
      << name;
}

// Runs the golden's steps and compares all of it.
void ExpectGoldenSteps(at::ScalarType type, const std::string& kind,
                       double tolerance) {
  const Golden golden = LoadGolden();
  const std::vector<NamedParameter> parameters = Parameters(type);
  ParameterStore store(parameters, /*gradients=*/true);
  AdamW adamw(store, {});
  for (int step = 0; step < kSteps; ++step) {
    for (const NamedParameter& parameter : parameters) {
      parameter.tensor.grad().copy_(
          Formula(absl::StrCat(parameter.name, "/", step),
                  parameter.tensor.sizes(), 0.3 + 0.1 * step, type));
    }
    for (const UnitNorm& unit : ClipGradients(store, kMaxNorm)) {
      const at::Tensor norms =
          golden.at(absl::StrCat(kind, "/norm/", unit.unit));
      EXPECT_EQ(unit.norm.scalar_type(), at::kFloat);
      EXPECT_NEAR(unit.norm.item<double>(), norms[step].item<double>(), 1e-5);
    }
    adamw.Step(store, RatesOf(step));
  }
  for (size_t i = 0; i < parameters.size(); ++i) {
    const std::string& name = parameters[i].name;
    const auto golden_of = [&](const char* what) {
      return golden.at(absl::StrCat(kind, "/", what, "/", name));
    };
    ExpectNear(parameters[i].tensor, golden_of("values"), tolerance, name);
    const AdamW::BlockState& state = adamw.state()[i];
    ExpectNear(state.first_moments, golden_of("first"), tolerance, name);
    ExpectNear(state.second_moments, golden_of("second"), tolerance, name);
    EXPECT_EQ(state.steps.item<double>(), kSteps);
  }
}

TEST(AdamWTest, TwentyClippedStepsEqualPyTorchsInDouble) {
  ExpectGoldenSteps(at::kDouble, "float64", 1e-12);
}

TEST(AdamWTest, TwentyClippedStepsEqualPyTorchsInFloat) {
  ExpectGoldenSteps(at::kFloat, "float32", 1e-6);
}

TEST(AdamWTest, FrozenPrototypesKeepTheirValuesAndMoveTheirMoments) {
  const std::vector<NamedParameter> parameters = Parameters(at::kFloat);
  ParameterStore store(parameters, /*gradients=*/true);
  AdamW adamw(store, {});
  for (ParameterBlock& block : store.blocks()) block.gradients.fill_(0.5);
  const at::Tensor prototypes = store.blocks()[2].values.clone();
  const at::Tensor weight = store.blocks()[0].values.clone();
  adamw.Step(store, {.learning_rate = 0.1, .weight_decay = 0.2});
  EXPECT_TRUE(at::equal(store.blocks()[2].values, prototypes));
  EXPECT_FALSE(at::equal(store.blocks()[0].values, weight));
  EXPECT_NEAR(adamw.state()[2].first_moments.min().item<double>(), 0.05, 1e-8);
  EXPECT_EQ(adamw.state()[2].steps.item<double>(), 1);
}

// Whatever the size of a gradient, Adam's own first step is its sign.
TEST(AdamWTest, FirstStepIsTheSignOfTheGradientAndTheDecay) {
  const at::Tensor value = at::tensor({2.0, -2.0}, at::kDouble);
  ParameterStore store({{.name = "value", .tensor = value}},
                       /*gradients=*/true);
  value.grad().copy_(at::tensor({3.0, -0.25}, at::kDouble));
  AdamW(store, {}).Step(store, {.learning_rate = 0.1, .weight_decay = 0.5});
  EXPECT_LE(MaxAbsDifference(value, at::tensor({1.8, -1.8}, at::kDouble)),
            1e-8);
}

TEST(AdamWTest, ASavedStateGoesOnWithTheSameBits) {
  const std::vector<NamedParameter> parameters = Parameters(at::kFloat);
  ParameterStore store(parameters, /*gradients=*/true);
  for (ParameterBlock& block : store.blocks()) block.gradients.fill_(0.5);
  AdamW adamw(store, {});
  adamw.Step(store, RatesOf(10));
  std::vector<NamedParameter> copies = Parameters(at::kFloat);
  ParameterStore other(copies, /*gradients=*/true);
  AdamW resumed(other, {});
  for (size_t i = 0; i < adamw.state().size(); ++i) {
    other.blocks()[i].values.copy_(store.blocks()[i].values);
    other.blocks()[i].gradients.fill_(0.5);
    resumed.state()[i].first_moments.copy_(adamw.state()[i].first_moments);
    resumed.state()[i].second_moments.copy_(adamw.state()[i].second_moments);
    resumed.state()[i].steps.copy_(adamw.state()[i].steps);
  }
  adamw.Step(store, RatesOf(11));
  resumed.Step(other, RatesOf(11));
  for (size_t i = 0; i < copies.size(); ++i) {
    EXPECT_TRUE(at::equal(copies[i].tensor, parameters[i].tensor)) << i;
  }
}

// A million values, so that LibTorch shares them out.
std::vector<at::Tensor> StepWithThreads(int threads) {
  const int before = at::get_num_threads();
  at::set_num_threads(threads);
  at::Tensor value = Formula("value", {1000003}, 1, at::kFloat);
  ParameterStore store({{.name = "value", .tensor = value}},
                       /*gradients=*/true);
  value.grad().copy_(Formula("gradient", {1000003}, 1, at::kFloat));
  AdamW adamw(store, {});
  const std::vector<UnitNorm> norms = ClipGradients(store, kMaxNorm);
  adamw.Step(store, RatesOf(3));
  at::set_num_threads(before);
  return {norms[0].norm, value, adamw.state()[0].second_moments};
}

TEST(AdamWTest, ThreadsChangeNoBit) {
  const std::vector<at::Tensor> one = StepWithThreads(1);
  const std::vector<at::Tensor> three = StepWithThreads(3);
  for (size_t i = 0; i < one.size(); ++i) {
    EXPECT_TRUE(at::equal(one[i], three[i])) << i;
  }
}

TEST(AdamWTest, RejectsAnotherLayoutAndNoGradients) {
  const std::vector<NamedParameter> parameters = Parameters(at::kFloat);
  ParameterStore store(parameters, /*gradients=*/true);
  AdamW adamw(store, {});
  ParameterStore small({parameters[0]}, /*gradients=*/true);
  EXPECT_THROW(adamw.Step(small, RatesOf(0)), c10::Error);
  ParameterStore teacher(Parameters(at::kFloat), /*gradients=*/false);
  EXPECT_THROW(adamw.Step(teacher, RatesOf(0)), c10::Error);
  EXPECT_THROW(AdamW(store, {.beta1 = 1}), c10::Error);
}

}  // namespace
}  // namespace cxr
