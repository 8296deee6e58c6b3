// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/fine_tuner.h"

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <string>
#include <vector>

#include "ATen/ops/equal.h"
#include "ATen/ops/full_like.h"
#include "ATen/ops/linear.h"
#include "ATen/ops/zeros.h"
#include "absl/strings/str_cat.h"
#include "cxr/model/golden_testing.h"
#include "cxr/model/testing.h"

namespace cxr {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr FineTunerOptions kOptions = {.head = {.learning_rate = 0.04,
                                                .weight_decay = 0.1,
                                                .beta1 = 0.8,
                                                .beta2 = 0.95,
                                                .epsilon = 1e-6,
                                                .max_gradient_norm = 0.5},
                                       .backbone_learning_rate = 0.01};

at::Tensor Formula(const std::string& name, at::IntArrayRef shape,
                   double scale) {
  at::Tensor values = at::zeros(shape);
  FillByFormula(values, name, scale, 0);
  return values;
}

// The model of testdata/make_fine_tuner_golden.py.
struct Model {
  at::Tensor weight =
      Formula("backbone.weight", {8, 6}, 0.5).set_requires_grad(true);
  at::Tensor bias = Formula("backbone.bias", {8}, 0.5).set_requires_grad(true);
  FineTuner tuner = FineTuner(
      {{.name = "weight", .tensor = weight}, {.name = "bias", .tensor = bias}},
      [this](const at::Tensor& images) {
        return at::linear(images, weight, bias).tanh();
      },
      {.weight = Formula("head.weight", {3, 8}, 0.5),
       .bias = Formula("head.bias", {3}, 0.5)},
      kOptions);

  double Step(int step) {
    const at::Tensor ignored =
        Formula(absl::StrCat("ignored/", step), {10, 3}, 1).gt(0.6);
    at::Tensor labels = Formula(absl::StrCat("labels/", step), {10, 3}, 1)
                            .gt(0)
                            .to(at::kFloat)
                            .masked_fill(ignored, kNan);
    if (step == 2) labels = at::full_like(labels, kNan);
    return tuner.Step(Formula(absl::StrCat("images/", step), {10, 6}, 2),
                      labels);
  }
};

TEST(FineTunerTest, FiveStepsEqualPyTorchs) {
  std::map<std::string, at::Tensor> golden =
      LoadNamedNumbers("cxr/train/testdata/fine_tuner_golden.csv");
  Model model;
  for (int step = 0; step < 5; ++step) {
    EXPECT_NEAR(model.Step(step),
                golden.at(absl::StrCat("loss/", step)).item<double>(), 1e-6)
        << step;
  }
  const auto difference = [&](const at::Tensor& ours, const char* name) {
    return MaxAbsDifference(ours.detach().flatten().to(at::kDouble),
                            golden.at(name));
  };
  EXPECT_LE(difference(model.weight, "backbone.weight"), 1e-6);
  EXPECT_LE(difference(model.bias, "backbone.bias"), 1e-6);
  EXPECT_LE(difference(model.tuner.head().weight, "head.weight"), 1e-6);
  EXPECT_LE(difference(model.tuner.head().bias, "head.bias"), 1e-6);
}

TEST(FineTunerTest, GoesOnFromItsState) {
  Model whole;
  Model copy;
  whole.Step(0);
  const auto state = whole.tuner.State();
  auto into = copy.tuner.State();
  ASSERT_EQ(into.size(), state.size());
  for (size_t i = 0; i < state.size(); ++i) {
    EXPECT_EQ(into[i].first, state[i].first);
    into[i].second.copy_(state[i].second);
  }
  EXPECT_EQ(copy.Step(1), whole.Step(1));
  EXPECT_TRUE(at::equal(copy.weight, whole.weight));
}

TEST(FineTunerTest, TheLogitsAreThoseOfTheHeadOnTheFeatures) {
  Model model;
  model.Step(0);
  const at::Tensor images = Formula("images/7", {10, 6}, 2);
  const at::Tensor logits = model.tuner.Logits(images);
  EXPECT_FALSE(logits.requires_grad());
  const LinearProbe head = model.tuner.head();
  EXPECT_LE(
      MaxAbsDifference(
          logits,
          head.Logits(
              at::linear(images, model.weight, model.bias).tanh().detach())),
      1e-6);
}

}  // namespace
}  // namespace cxr
